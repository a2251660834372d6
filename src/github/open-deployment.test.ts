import { afterEach, describe, expect, it } from "@jest/globals";
import { startGitHub } from "../../sandbox/github/server.ts";
import { systemClock } from "../runner/clock.ts";
import { openGitHub } from "./client.ts";
import { Deployments } from "./deployments.ts";
import { openDeployment } from "./open-deployment.ts";
import type { OpenDeployment } from "./open-deployment.ts";
import { retireReplaced } from "./retire.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const sha = "a".repeat(40);
const otherSha = "b".repeat(40);
const owner = { app: "shop", namespace: "shop", run: "42", attempt: "1" };
const { signal } = new AbortController();

/** A deployment as it was made before, and its statuses, oldest first; a link is a status's log. */
interface Known {
  readonly environment?: string;
  readonly commit?: string;
  readonly by?: "job" | "shop" | "api" | "mallory";
  readonly statuses: readonly (readonly [state: string, link?: string])[];
}

const runLink = (run: number): string => `https://github.com/acme/shop/actions/runs/${run}/job/7`;
const ofJob = (run: number, state = "in_progress", more: Partial<Known> = {}): Known => ({
  statuses: [[state, runLink(run)]],
  ...more,
});

/** A GitHub that knows these deployments. Gives their ids. */
async function setUp(known: readonly Known[]) {
  const accounts = [{ token: "ghs_job" }, { token: "ghp_m", login: "mallory" }];
  const server = await startGitHub({ accounts });
  cleanups.push(() => server.close());
  const open = (token: string) =>
    openGitHub({ token, env: { GITHUB_API_URL: server.url }, clock: systemClock, signal });
  const api = open("ghs_job");
  cleanups.push(() => api.close());
  const post = async (path: string, body: object, token = "ghs_job"): Promise<{ id: number }> => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/repos/acme/shop${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { id: number };
  };
  const ids: number[] = [];
  for (const { environment = "production", commit = sha, by = "job", statuses } of known) {
    const payload = by === "shop" || by === "api" ? { slipway: { ...owner, app: by, run: "41" } } : {};
    const made = await post(
      "/deployments",
      { ref: commit, environment, payload },
      by === "mallory" ? "ghp_m" : "ghs_job",
    );
    for (const [state, log_url = ""] of statuses) await post(`/deployments/${made.id}/statuses`, { state, log_url });
    ids.push(made.id);
  }
  return { deployments: new Deployments(api, "acme/shop"), ids };
}

const subject = {
  repository: "acme/shop",
  commits: [sha],
  runId: "42",
  runAttempt: "1",
  runUrl: "https://github.com/run",
};

async function opened(
  deployments: Deployments,
  wanted: { environment?: string; commit?: string },
): Promise<OpenDeployment | "several" | undefined> {
  const { environment, commit } = wanted;
  return openDeployment(
    deployments,
    { subject, owner, environment, commit },
    { signal, sleep: (ms, until) => systemClock.sleep(ms, until) },
  );
}

describe("openDeployment()", () => {
  const given = { environment: "production" };
  it.each<
    [string, readonly Known[], { environment?: string; commit?: string }, number | "new" | "several" | undefined]
  >([
    ["takes the job's own", [ofJob(42)], {}, 0],
    ["takes the job's own, by its environment", [ofJob(42, "in_progress", { environment: "eu" }), ofJob(42)], given, 1],
    ["takes the one of this run, not of another", [ofJob(42), ofJob(43), ofJob(420)], {}, 0],
    ["takes the newest attempt's", [ofJob(42, "failure"), ofJob(42)], {}, 1],
    ["takes one that a step before has ended, if its environment is given", [ofJob(42, "success")], given, 0],
    ["but not without: it may be another job's", [ofJob(42, "success")], {}, undefined],
    ["does not choose between two that are open", [ofJob(42), ofJob(42)], given, "several"],
    ["makes one where there is none", [], given, "new"],
    ["makes none without an environment", [], {}, undefined],
    ["makes one beside another commit's", [ofJob(42, "in_progress", { commit: otherSha })], given, "new"],
    ["makes one beside what somebody else has made", [{ ...ofJob(42), by: "mallory" }], given, "new"],
    ["makes one beside its own of another run", [{ ...ofJob(41), by: "shop" }], given, "new"],
    [
      "takes the only open one that links nowhere, as on older servers",
      [{ statuses: [["queued"], ["in_progress"]] }],
      given,
      0,
    ],
    ["but no one of those where there are two", [{ statuses: [["queued"]] }, { statuses: [] }], given, "new"],
    ["makes one for a commit that is brought back, in the job's environment", [ofJob(42)], { commit: otherSha }, "new"],
    ["takes the job's own where that is the commit brought back", [ofJob(42, "success")], { commit: sha }, 0],
    [
      "does not choose between two environments to bring a commit back in",
      [ofJob(42), ofJob(42, "success", { environment: "eu" })],
      { commit: otherSha },
      "several",
    ],
  ])("%s", async (_, known, wanted, expected) => {
    const { deployments, ids } = await setUp(known);
    const found = await opened(deployments, wanted);
    if (expected === "new") {
      expect(found).toMatchObject({
        environment: "production",
        isOurs: true,
        isStarted: false,
        logUrl: subject.runUrl,
      });
      expect(ids).not.toContain((found as OpenDeployment).id);
      // Looked for again, it is the same one.
      expect(await opened(deployments, wanted)).toEqual(found);
    } else if (typeof expected === "number") {
      expect(found).toMatchObject({ id: ids[expected], isOurs: false });
    } else {
      expect(found).toBe(expected);
    }
  });

  it("says of the job's own where its log is, and whether it has begun", async () => {
    const { deployments } = await setUp([ofJob(42, "queued")]);
    expect(await opened(deployments, {})).toMatchObject({ isStarted: false, logUrl: runLink(42) });
  });
});

describe("retireReplaced()", () => {
  it("ends what was live or was killed of this app, what was taken back, and nothing else", async () => {
    const { deployments, ids } = await setUp([
      { by: "shop", statuses: [["in_progress"], ["success"]] },
      { by: "shop", statuses: [["in_progress"], ["failure"]] },
      { by: "shop", statuses: [["in_progress"]] },
      { by: "api", statuses: [["success"]] },
      { by: "mallory", statuses: [["success"]] },
      ofJob(41, "success", { commit: otherSha }),
      ofJob(40, "success"),
      { by: "shop", environment: "eu", statuses: [["success"]] },
      { by: "shop", statuses: [["success"]] },
    ]);
    const id = ids.at(-1) ?? 0;
    const by = { id, environment: "production", isOurs: true, isStarted: true, logUrl: "" };
    await retireReplaced(deployments, { by, owner, takenBack: otherSha });
    const states = await Promise.all(ids.map(async (each) => (await deployments.statuses(each))[0]?.state));
    expect(states).toEqual([
      "inactive",
      "failure",
      "inactive",
      "success",
      "success",
      "inactive",
      "success",
      "success",
      "success",
    ]);
  });
});
