import { randomBytes } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { readKubeconfig } from "../src/kubernetes/access.ts";
import { connect } from "../src/kubernetes/client.ts";
import { runBundle } from "../test/action-process.ts";
import type { MainRun } from "../test/action-process.ts";
import { openOutside } from "../test/outside.ts";
import type { Outside } from "../test/outside.ts";
import { claimAddress } from "./address.ts";
import type { Commit } from "./commits.ts";

/** Where the demo plays: a sandbox or what stands in for it, a working copy of the example, and a runner for the bundled actions. */
export interface Stage {
  readonly outside: Outside;
  /** Where users find the app's two services. */
  readonly serverUrl: string;
  readonly authUrl: string;
  /** The working copy of examples/backstage. */
  readonly workspace: string;
  /** What would be a secret of the GitHub environment. */
  readonly jwtSecret: string;
  /** Where the job summaries are kept. */
  readonly summaries: string;
  /** Runs an action as the runner does, its post step included. */
  act(action: string, step: ActStep): Promise<MainRun>;
  /** Pods of the app that are not on their way out, name to uid. */
  pods(component: string): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export interface ActStep {
  readonly commit: Commit;
  readonly inputs: Readonly<Record<string, string>>;
  /** The summary's file name, without its ending. */
  readonly summary: string;
  readonly tell: (line: string) => void;
}

const example = join(import.meta.dirname, "../examples/backstage");

/** The NodePorts of examples/backstage. */
const ports = { server: 30_001, auth: 30_002 };

/** Builds the stage. Once `signal` is aborted, a running action is cancelled, and no other one runs. */
export async function openStage(signal: AbortSignal): Promise<Stage> {
  const claim = await claimAddress(Object.values(ports));
  const outside = await openOutside({ nodeAddress: claim.address });
  const close = async (): Promise<void> => {
    await outside.stop();
    claim.release();
  };
  try {
    const stage = await setUp(outside, signal);
    return {
      ...stage,
      close: async () => {
        stage.leave();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function setUp(outside: Outside, signal: AbortSignal): Promise<Omit<Stage, "close"> & { leave(): void }> {
  // In a folder that goes with what is outside, however this process ends. Only the summaries stay.
  const folder = join(dirname(outside.kubeconfig), "demo");
  const workspace = join(folder, "workspace");
  await cp(example, workspace, { recursive: true });
  const summaries = await mkdtemp(join(tmpdir(), "slipway-demo-"));
  const api = connect(readKubeconfig(await readFile(outside.kubeconfig, "utf8")));
  let runs = 0;
  return {
    outside,
    serverUrl: `http://${outside.nodeAddress}:${ports.server}`,
    authUrl: `http://${outside.nodeAddress}:${ports.auth}`,
    workspace,
    summaries,
    jwtSecret: randomBytes(32).toString("hex"),
    async act(action, { commit, inputs, summary, tell }) {
      signal.throwIfAborted();
      const job = join(folder, "jobs", String((runs += 1)));
      await mkdir(job, { recursive: true });
      const run = await runBundle({
        action,
        inputs,
        folder: job,
        workspace,
        signal,
        env: environment(outside, action === "build-push" ? commit.backend : commit.sha, runs),
        onLine: (line) => tell(line.replace(/^::\w+[^:]*::/, "")),
      });
      await run.post();
      signal.throwIfAborted();
      if (run.summary !== "") await writeFile(join(summaries, `${summary}.md`), run.summary);
      return run;
    },
    async pods(component) {
      const query = { labelSelector: `app.kubernetes.io/name=${component}` };
      const list = await api.request<{ items: KubernetesObject[] }>({
        method: "GET",
        path: "/api/v1/namespaces/backstage/pods",
        query,
      });
      const staying = list.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      return new Map(staying.map(({ metadata }) => [metadata.name, metadata.uid ?? ""]));
    },
    leave: () => api.close(),
  };
}

/** A run of the example's workflow. The images are those of the last commit that touched the backend. */
function environment(outside: Outside, sha: string, run: number): Record<string, string> {
  return {
    DIGITALOCEAN_API_URL: outside.digitaloceanApiUrl,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: "acme/backstage",
    GITHUB_ACTOR: "ada",
    GITHUB_RUN_ID: String(1000 + run),
    SOURCE_DATE_EPOCH: "1767323045",
  };
}
