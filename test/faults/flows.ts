import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { releaseStore } from "../../src/release/record/store.ts";
import type { Contents } from "../../sandbox/kubernetes/api/store.ts";
import type { Outcome } from "../../src/error.ts";
import { writeWorkspaces } from "./app.ts";
import type { Version } from "./app.ts";
import { startCluster } from "./cluster.ts";
import type { TestCluster } from "./cluster.ts";
import type { Sighting } from "./fault-proxy.ts";
import { play } from "./play.ts";
import type { ActionCall } from "./run-action.ts";
import { app, namespace, readState } from "./state.ts";
import type { State } from "./state.ts";

export const flowNames = ["first deploy", "update", "no change", "prune", "rollback", "taken back"] as const;
export type FlowName = (typeof flowNames)[number];

/** One thing that users do, and what comes of it where nothing goes wrong. */
export interface Flow {
  readonly name: FlowName;
  /** What the cluster holds before. */
  readonly before: Contents;
  /** The state that it leads to, and stays in however often it is repeated. */
  readonly expected: State;
  readonly outcome: Outcome;
  /** What was there before. */
  readonly earlier: State;
  /** The states of the releases that one can go back to, by their revisions. */
  readonly good: ReadonlyMap<number, State>;
  /** Every request of it. */
  readonly sightings: readonly Sighting[];
  /** The objects that were there before and are to stay, by name, with their ids. */
  readonly kept: ReadonlyMap<string, string>;
  call(runId: number): ActionCall;
}

/** Plays the flows one after the other, each on what those before have led to, and keeps what they came to. */
export async function openFlows(folder: string): Promise<readonly Flow[]> {
  const workspaces = await writeWorkspaces(join(folder, "workspaces"));
  const temp = await mkdtemp(join(folder, "temp-"));
  const deploying = (version: Version) => (runId: number) =>
    deployCall({ workspace: workspaces[version], temp, runId });
  const rollingBack = (runId: number): ActionCall => ({
    action: "rollback",
    inputs: { app, namespace },
    workspace: workspaces.first,
    temp,
    runId: String(runId),
  });
  await warmUp(deploying("first")(1000));
  const first = await openFlow({ name: "first deploy", call: deploying("first") });
  const verified = await edited(first.after, verifyFirst);
  const firstOnly = new Map([[1, first.expected]]);
  const update = await openFlow({ name: "update", before: verified, good: firstOnly, call: deploying("second") });
  const both = { before: update.after, good: new Map([...firstOnly, [2, update.expected]]) };
  return [
    first,
    update,
    await openFlow({ ...both, name: "no change", call: deploying("second") }),
    await openFlow({ ...both, name: "prune", call: deploying("third") }),
    await openFlow({ ...both, name: "rollback", call: rollingBack }),
    await openFlow({ ...both, name: "taken back", call: deploying("broken"), outcome: "failed" }),
  ];
}

const secrets = "- name: backstage-secrets\n  data: { jwt-secret: 0123456789abcdef0123456789abcdef }\n";

function deployCall(o: { readonly workspace: string; readonly temp: string; readonly runId: number }): ActionCall {
  const inputs = { app, namespace, manifests: "k8s", secrets, timeout: "3m" };
  return { ...o, action: "deploy-doks", inputs, runId: String(o.runId) };
}

async function openFlow(o: {
  readonly name: FlowName;
  readonly before?: Contents;
  readonly good?: Flow["good"];
  readonly call: Flow["call"];
  readonly outcome?: Outcome;
}): Promise<Flow & { readonly after: Contents }> {
  const { name, call, outcome = "succeeded", good = new Map() } = o;
  const start = await startCluster(o.before);
  const before = start.contents();
  const earlier = await readState(start);
  try {
    const { told, sightings } = await play(start, call(2000), () => undefined);
    if (told?.outcome !== outcome)
      throw new Error(`${name} ended as ${told?.outcome ?? "killed"}:\n${told?.log.join("\n") ?? ""}`);
    const expected = await readState(start);
    const kept = new Map([...earlier.ids].filter(([key, id]) => expected.ids.get(key) === id));
    return {
      name,
      before,
      earlier,
      good,
      expected,
      outcome,
      sightings,
      kept,
      call,
      after: start.contents(),
    };
  } finally {
    await start.stop();
  }
}

/** Loads everything that a run needs: modules are compiled in threads whose work looks like waiting. */
async function warmUp(call: ActionCall): Promise<void> {
  const cluster = await startCluster();
  await play(cluster, { ...call, inputs: { ...call.inputs, timeout: "10h", "dry-run": "true" } }, () => undefined);
  await cluster.stop();
}

/** The same cluster, after `edit`. */
async function edited(contents: Contents, edit: (cluster: TestCluster) => Promise<void>): Promise<Contents> {
  const cluster = await startCluster(contents);
  try {
    await edit(cluster);
    return cluster.contents();
  } finally {
    await cluster.stop();
  }
}

/** As smoke-test does. */
async function verifyFirst(cluster: TestCluster): Promise<void> {
  const store = releaseStore(cluster.api, { app, namespace });
  const [release] = await store.history();
  if (release === undefined) throw new Error("the first deploy left no record");
  await store.annotate({ ...release, verified: "2026-11-20T12:00:00.000Z" });
}
