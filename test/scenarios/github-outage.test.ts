import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ScriptedFault } from "../../sandbox/faults.ts";
import { testGitHub } from "../github.ts";
import type { TestGitHub } from "../github.ts";
import { hostileServer } from "../hostile-server.ts";
import { answering, configMap, deployment } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Fault = Omit<ScriptedFault, "service">;

const refusal = (status: number, message: string, headers = {}): ScriptedFault["fault"] => {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ message }) };
};
const forEver = (fault: ScriptedFault["fault"]): Fault => ({ times: Infinity, fault });
const creating = { method: "POST", path: "/repos/acme/backstage/deployments" } as const;

/** Deploys on a pull request while requests to GitHub go wrong, and says by how much that takes longer than the deploy itself. */
async function deployDespite(name: string, github: TestGitHub, faults: readonly Fault[]) {
  for (const fault of faults) github.fail(fault);
  let upAt = 0;
  const run = await world.app(name).deploy(
    [configMap("a", "k: v")],
    { "github-token": github.token, environment: "staging" },
    {
      env: { ...github.env, GITHUB_EVENT_NAME: "pull_request" },
      event: { pull_request: { number: 7 } },
      onLine(line) {
        if (line.includes("r1: succeeded")) upAt = performance.now();
      },
    },
  );
  return { run, lateMs: performance.now() - upAt };
}

async function withGitHub(scenario: (github: TestGitHub) => Promise<void>): Promise<void> {
  const github = await testGitHub();
  try {
    await scenario(github);
  } finally {
    await github.close();
  }
}

describe("a deploy succeeds, is late by seconds at most, and gives one warning, when GitHub", () => {
  it.concurrent.each<[string, Fault, RegExp]>([
    ["is broken", forEver(refusal(500, "Server Error")), /GitHub answered 500: Server Error/],
    ["hangs", forEver({ delayMs: 8_000 }), /GitHub did not answer in time/],
    ["cuts every connection", forEver({ reset: true }), /gave no answer: the connection was cut/],
    ["takes in requests and answers none", forEver({ lost: true }), /gave no answer: the connection was cut/],
    ["does not know the token", forEver(refusal(401, "Bad credentials")), /does not accept the token/],
    [
      "does not allow it",
      forEver(refusal(403, "Resource not accessible by integration")),
      /not accessible by integration\. Give the job the permission `deployments: write`[^]*`pull-requests: write`/,
    ],
    ["does not show it", forEver(refusal(404, "Not Found")), /GitHub answered 404/],
    ["does not take it", forEver(refusal(422, "Validation Failed")), /GitHub answered 422: Validation Failed/],
    [
      "limits requests for an hour",
      forEver(refusal(403, "You have exceeded a secondary rate limit", { "retry-after": "3600" })),
      /GitHub limits the requests/,
    ],
    [
      "limits requests for a minute",
      forEver(refusal(429, "You have exceeded a secondary rate limit", { "retry-after": "60" })),
      /GitHub limits the requests/,
    ],
    [
      "answers with something else",
      forEver({ status: 200, body: "<html>Sign in</html>" }),
      /not what its API promises/,
    ],
  ])("%s", (name, fault, says) =>
    withGitHub(async (github) => {
      const { run, lateMs } = await deployDespite(name.replaceAll(/[^a-z]+/gi, "-"), github, [fault]);
      expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
      expect(run.exitCode).toBe(0);
      const [warning, ...more] = run.annotations;
      expect(more).toEqual([]);
      expect(warning).toMatchObject({ level: "warning", message: expect.stringMatching(says) });
      expect(warning?.message).toMatch(/^GitHub was not told all of this\. The release itself is not affected\.\n/);
      expect(lateMs).toBeLessThan(9_000);
      expect(run.stdout).not.toContain(github.token);
    }),
  );
});

describe("a deploy is told of all the same, and once, when GitHub", () => {
  it.concurrent.each<[string, readonly Fault[]]>([
    ["is broken for a moment", [{ times: 2, fault: refusal(502, "Server Error") }]],
    ["cuts a connection", [{ fault: { reset: true } }]],
    [
      "limits requests for a second",
      [{ times: 2, fault: refusal(403, "secondary rate limit", { "retry-after": "1" }) }],
    ],
    ["loses its answer after it has made the deployment", [{ ...creating, fault: { lost: true } }]],
    ["breaks before it makes the deployment", [{ ...creating, fault: refusal(500, "Server Error") }]],
  ])("%s", (name, faults) =>
    withGitHub(async (github) => {
      const { run } = await deployDespite(`past-${name.replaceAll(/[^a-z]+/gi, "-")}`.slice(0, 60), github, faults);
      expect(run.annotations).toEqual([]);
      expect((await github.deployments()).map(({ states }) => states)).toEqual([["in_progress", "success"]]);
      expect(await github.comments()).toHaveLength(1);
    }),
  );
});

it("a post step that cannot end a deployment is a warning", () =>
  withGitHub(async (github) => {
    // Whatever comes after the creation is refused, so the deployment stays as it is.
    const path = "/repos/acme/backstage/deployments/";
    const { run } = await deployDespite("post", github, [{ path, ...forEver(refusal(403, "No")) }]);
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    expect(post.annotations).toMatchObject([
      { level: "warning", message: expect.stringContaining("GitHub answered 403") },
    ]);
  }));

it("a cancelled deploy waits two seconds for a GitHub that hangs, and ends in time", async () => {
  const silent = await hostileServer(() => undefined);
  const cancel = new AbortController();
  try {
    const script = `setTimeout(() => { ${answering("1")} }, 60000)`;
    let cancelledAt = 0;
    const run = await world.app("cancelled").deploy(
      [deployment({ image: world.image, script })],
      { "github-token": "ghs_canary0123456789", environment: "staging" },
      {
        env: { GITHUB_API_URL: silent.url },
        signal: cancel.signal,
        onLine(line) {
          if (!line.includes("Deployment/web") || cancel.signal.aborted) return;
          cancelledAt = performance.now();
          cancel.abort();
        },
      },
    );
    expect(run.outputs).toMatchObject({ outcome: "cancelled" });
    // Sooner than the runner, which kills it after ten seconds.
    expect(performance.now() - cancelledAt).toBeLessThan(7_500);
    expect(run.annotations.map(({ level }) => level)).toEqual(["warning", "warning"]);
  } finally {
    await silent.close();
  }
});
