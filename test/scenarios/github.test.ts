import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ActionStep, MainRun } from "../action-process.ts";
import { commit, testGitHub } from "../github.ts";
import type { TestGitHub } from "../github.ts";
import { answering, configMap, deployment, ingress } from "./manifest-text.ts";
import { openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const earlierCommit = "1".repeat(40);

/** An app of its own, and a GitHub that its jobs tell of it. */
interface Stage {
  readonly github: TestGitHub;
  readonly app: App;
  /** Deploys a ConfigMap that holds `value`, or `objects`, as the workflow run `run`. */
  readonly deploy: (how: Deploying) => Promise<MainRun>;
}

interface Deploying {
  readonly run: string;
  readonly value?: string;
  readonly objects?: readonly string[];
  readonly commit?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly step?: Partial<ActionStep>;
}

async function onStage(name: string, scenario: (stage: Stage) => Promise<void>): Promise<void> {
  const github = await testGitHub();
  const app = world.app(name);
  const deploy = ({ run, value = "one", objects, commit: sha = commit, inputs, step }: Deploying): Promise<MainRun> =>
    app.deploy(
      objects ?? [configMap("a", `k: ${value}`)],
      { "github-token": github.token, ...inputs },
      { ...step, env: { ...github.env, GITHUB_RUN_ID: run, GITHUB_SHA: sha } },
    );
  try {
    await scenario({ github, app, deploy });
  } finally {
    await github.close();
  }
}

const slow = (): string => deployment({ image: world.image, script: `setTimeout(() => { ${answering("1")} }, 60000)` });
const crashing = (): string => deployment({ image: world.image, script: 'throw new Error("no database")' });
const production = { environment: "production" };

describe("the GitHub Deployment of a deploy", () => {
  it.concurrent("is the one that GitHub made for the job's environment, and no other is made", () =>
    onStage("own-env", async ({ github, deploy }) => {
      await github.startJob({ environment: "production", run: "41" });
      const ofJob = await github.startJob({ environment: "production", run: "42" });
      const run = await deploy({ run: "42" });
      expect(run.annotations).toEqual([]);
      const [other, used, ...more] = await github.deployments();
      expect(more).toEqual([]);
      expect(other?.states).toEqual(["in_progress"]);
      expect(used).toMatchObject({
        id: ofJob,
        states: ["in_progress", "success"],
        description: expect.stringMatching(/^r1 is up after \d/),
        logUrl: "https://github.com/acme/backstage/actions/runs/42/job/77",
      });
      const asked = github.requests.length;
      expect((await run.post()).annotations).toEqual([]);
      expect(github.requests).toHaveLength(asked);
    }),
  );

  it.concurrent(
    "is made for the environment that is given, says where the app is, and ends the app's earlier one",
    () =>
      onStage("named-env", async ({ github, deploy }) => {
        const objects = [configMap("a", "k: v"), ingress("web", "shop.example.com")];
        // Nobody gives an Ingress its address here.
        const inputs = { ...production, wait: "false" };
        const first = await deploy({ run: "50", objects, inputs, commit: earlierCommit });
        expect(first.outputs).toMatchObject({ outcome: "succeeded", url: "http://shop.example.com/" });
        const second = await deploy({ run: "51", objects, inputs });
        expect(second.annotations).toEqual([]);
        expect(await github.deployments()).toMatchObject([
          { sha: earlierCommit, states: ["in_progress", "success", "inactive"] },
          {
            sha: commit,
            environment: "production",
            isProduction: true,
            isTransient: false,
            states: ["in_progress", "success"],
            description: "r1 was in place already.",
            url: "http://shop.example.com/",
            logUrl: "https://github.com/acme/backstage/actions/runs/51",
          },
        ]);
      }),
  );

  it.concurrent("says what failed and what is back, and leaves the one that is live", () =>
    onStage("failing-env", async ({ github, deploy }) => {
      await deploy({ run: "60", inputs: production, commit: earlierCommit });
      const failed = await deploy({ run: "61", inputs: production, objects: [configMap("a", "k: two"), crashing()] });
      expect(failed.outputs).toMatchObject({ outcome: "failed" });
      expect(await github.deployments()).toMatchObject([
        { sha: earlierCommit, states: ["in_progress", "success"] },
        {
          sha: commit,
          states: ["in_progress", "failure"],
          description: expect.stringMatching(/^r2 failed: Deployment\/web: container app ends/),
          url: "",
        },
      ]);
    }),
  );

  it.concurrent("fails with what is refused before anything is done", () =>
    onStage("refused-env", async ({ github, deploy }) => {
      await deploy({ run: "65", inputs: production, objects: ["kind: ConfigMap"] });
      const [refused] = await github.deployments();
      expect(refused).toMatchObject({
        states: ["in_progress", "failure"],
        description: expect.stringMatching(/^Cannot /),
      });
    }),
  );

  it.concurrent("does not exist without an environment, and is left alone where several jobs' could be meant", () =>
    onStage("no-env", async ({ github, deploy }) => {
      expect((await deploy({ run: "70" })).annotations).toEqual([]);
      expect(await github.deployments()).toEqual([]);
      await github.startJob({ environment: "eu", run: "71" });
      await github.startJob({ environment: "us", run: "71" });
      expect((await deploy({ run: "71" })).annotations).toEqual([
        { level: "notice", message: expect.stringContaining("The input environment says which is meant") },
      ]);
      expect((await github.deployments()).map(({ states }) => states)).toEqual([["in_progress"], ["in_progress"]]);
      expect((await deploy({ run: "71", inputs: { environment: "us" } })).annotations).toEqual([]);
      expect((await github.deployments()).map(({ states }) => states)).toEqual([
        ["in_progress"],
        ["in_progress", "success"],
      ]);
    }),
  );

  it.concurrent("ends when the job is cancelled", () =>
    onStage("cancelled-env", async ({ github, deploy }) => {
      const cancel = new AbortController();
      const running = deploy({ run: "80", inputs: production, objects: [slow()], step: { signal: cancel.signal } });
      await until("deployment", async () => (await github.deployments())[0]?.states.includes("in_progress"));
      cancel.abort();
      const run = await running;
      expect(run.outputs).toMatchObject({ outcome: "cancelled" });
      expect(run.durationMs).toBeLessThan(30_000);
      expect(await github.deployments()).toMatchObject([{ states: ["in_progress", "error"] }]);
    }),
  );

  it.concurrent("ends in the post step when the action was killed", () =>
    onStage("killed-env", async ({ github, deploy }) => {
      const kill = new AbortController();
      const running = deploy({ run: "85", inputs: production, objects: [slow()], step: { kill: kill.signal } });
      await until("deployment", async () => (await github.deployments())[0]?.states.includes("in_progress"));
      kill.abort();
      const run = await running;
      expect(run.exitCode).toBe(137);
      expect((await run.post()).annotations).toEqual([]);
      expect(await github.deployments()).toMatchObject([
        { states: ["in_progress", "error"], description: "The run was ended before it could say how this went." },
      ]);
    }),
  );
});

describe("the GitHub Deployment of a rollback", () => {
  const rollBack = ({ github, app }: Stage, inputs: object, run: string): Promise<MainRun> =>
    app.act(
      "rollback",
      { to: "previous", timeout: "30s", "github-token": github.token, ...inputs },
      { env: { ...github.env, GITHUB_RUN_ID: run } },
    );

  it.concurrent("is of the commit that is back, and the one that was taken back ends", () =>
    onStage("back-env", async (stage) => {
      const { github, deploy } = stage;
      await deploy({ run: "90", inputs: production, commit: earlierCommit });
      await deploy({ run: "91", inputs: production, value: "two" });
      const back = await rollBack(stage, production, "92");
      expect(back.annotations).toEqual([]);
      expect(await github.deployments()).toMatchObject([
        { sha: earlierCommit, states: ["in_progress", "success", "inactive"] },
        { sha: commit, states: ["in_progress", "success", "inactive"] },
        {
          sha: earlierCommit,
          environment: "production",
          states: ["in_progress", "success"],
          description: expect.stringMatching(/^r3 is up after .*\. r1 is back\.$/),
        },
      ]);
    }),
  );

  it.concurrent("takes the environment from the job's own, which keeps telling of its own commit", () =>
    onStage("back-job", async (stage) => {
      const { github, deploy } = stage;
      await github.startJob({ environment: "production", run: "95", sha: earlierCommit });
      await deploy({ run: "95", commit: earlierCommit });
      const ofJob = await github.startJob({ environment: "production", run: "96" });
      await deploy({ run: "96", value: "two" });
      const back = await rollBack(stage, {}, "96");
      expect(back.annotations).toEqual([]);
      await github.endJob(ofJob, "failure");
      expect((await github.deployments()).map(({ sha, states }) => [sha, states])).toEqual([
        [earlierCommit, ["in_progress", "success"]],
        [commit, ["in_progress", "success", "inactive", "failure"]],
        [earlierCommit, ["in_progress", "success"]],
      ]);
    }),
  );
});
