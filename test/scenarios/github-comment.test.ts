import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MainRun } from "../action-process.ts";
import { commit, testGitHub } from "../github.ts";
import type { TestGitHub } from "../github.ts";
import { configMap } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Pushed {
  /** The workflow run. */
  readonly run: string;
  readonly objects?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly fromFork?: boolean;
}

/** An app with a pull request, whose workflow makes the plan. */
interface Stage {
  readonly github: TestGitHub;
  readonly app: App;
  readonly plan: (pushed: Pushed) => Promise<MainRun>;
}

async function onStage(name: string, scenario: (stage: Stage) => Promise<void>): Promise<void> {
  const github = await testGitHub();
  const app = world.app(name);
  const plan = ({ run, objects, inputs, fromFork = false }: Pushed): Promise<MainRun> =>
    app.deploy(
      objects ?? [configMap("a", "k: v")],
      { "dry-run": "true", "github-token": fromFork ? github.readOnlyToken : github.token, ...inputs },
      {
        env: { ...github.env, GITHUB_RUN_ID: run, GITHUB_EVENT_NAME: "pull_request", GITHUB_SHA: "9".repeat(40) },
        event: {
          pull_request: {
            number: 7,
            head: { sha: commit, repo: { full_name: fromFork ? "mallory/backstage" : "acme/backstage" } },
            base: { repo: { full_name: "acme/backstage" } },
          },
        },
      },
    );
  try {
    await scenario({ github, app, plan });
  } finally {
    await github.close();
  }
}

describe("the comment on a pull request", () => {
  it.concurrent("shows the plan, is updated in place, and makes no Deployment", () =>
    onStage("plan", async ({ github, plan }) => {
      const first = await plan({ run: "10", inputs: { environment: "production" } });
      expect(first.annotations).toEqual([]);
      expect(await github.comments()).toEqual([
        {
          author: "github-actions[bot]",
          body: expect.stringMatching(
            /^<!-- slipway:plan plan\/plan\/production run=10 -->\n## ✅ Plan for plan[^]*2 to create[^]*ConfigMap\/a[^]*\[run 10\]\(https:\/\/github.com\/acme\/backstage\/actions\/runs\/10\) for production\.<\/sub>\n$/,
          ),
        },
      ]);
      await plan({ run: "11", inputs: { environment: "production" }, objects: [configMap("b", "k: v")] });
      const [updated, ...more] = await github.comments();
      expect(more).toEqual([]);
      expect(updated?.body).toMatch(/run=11[^]*ConfigMap\/b/);
      expect(updated?.body).not.toContain("ConfigMap/a");
      expect(await github.deployments()).toEqual([]);
    }),
  );

  it.concurrent("is one for each environment", () =>
    onStage("plans", async ({ github, plan }) => {
      await plan({ run: "10", inputs: { environment: "eu" } });
      await plan({ run: "10", inputs: { environment: "us --> <b>" } });
      await plan({ run: "10", inputs: { environment: "us --> <b>" } });
      expect((await github.comments()).map(({ body }) => body.split("\n")[0])).toEqual([
        "<!-- slipway:plan plans/plans/eu run=10 -->",
        "<!-- slipway:plan plans/plans/us%20--%3E%20%3Cb%3E run=10 -->",
      ]);
    }),
  );

  it.concurrent("is not overwritten by an older run", () =>
    onStage("older", async ({ github, plan }) => {
      await plan({ run: "21", objects: [configMap("newer", "k: v")] });
      await plan({ run: "9", objects: [configMap("older", "k: v")] });
      const [only, ...more] = await github.comments();
      expect(more).toEqual([]);
      expect(only?.body).toContain("ConfigMap/newer");
    }),
  );

  it.concurrent("is never somebody else's, who has copied its marker", () =>
    onStage("copied", async ({ github, plan }) => {
      const copy = "<!-- slipway:plan copied/copied/ run=1 -->\nNothing to see here";
      await github.comment(copy);
      await plan({ run: "10" });
      await plan({ run: "11" });
      expect((await github.comments()).map(({ author, body }) => [author, body.split("\n")[0]])).toEqual([
        ["mallory", copy.split("\n")[0]],
        ["github-actions[bot]", "<!-- slipway:plan copied/copied/ run=11 -->"],
      ]);
    }),
  );

  it.concurrent("says what is wrong once the manifests are", () =>
    onStage("wrong", async ({ github, plan }) => {
      await plan({ run: "10" });
      const refused = await plan({ run: "11", objects: ["apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n"] });
      expect(refused.outputs).toMatchObject({ outcome: "failed" });
      const [comment, ...more] = await github.comments();
      expect(more).toEqual([]);
      expect(comment?.body).toMatch(/run=11 -->\n## ❌ Deploy of wrong[^]*k8s\/app.yaml/);
    }),
  );

  it.concurrent("says how a deploy of the pull request went, and its Deployment is for its own commit", () =>
    onStage("preview", async ({ github, plan }) => {
      await plan({ run: "10", inputs: { "dry-run": "false", environment: "pr-7" } });
      expect((await github.comments())[0]?.body).toMatch(/## ✅ Deploy of preview r1: succeeded/);
      expect(await github.deployments()).toMatchObject([
        {
          sha: commit,
          environment: "pr-7",
          isTransient: true,
          isProduction: false,
          states: ["in_progress", "success"],
        },
      ]);
    }),
  );

  it.concurrent("holds no secret, and shows what others have written as text", () =>
    onStage("hostile", async ({ github, plan }) => {
      const value = "s3cr3t-canary-0123456789";
      const nasty = `"@octocat <img src=x onerror=alert(1)> [x](https://evil.test) #1 ${value}"`;
      await plan({
        run: "10",
        inputs: { secrets: `[{ name: keys, data: { password: ${value} } }]` },
        objects: [configMap("a", "k: one")],
      });
      await plan({ run: "11", inputs: { "dry-run": "false" }, objects: [configMap("a", "k: one")] });
      await plan({
        run: "12",
        inputs: { secrets: `[{ name: keys, data: { password: ${value} } }]` },
        objects: [configMap("a", `k: ${nasty}`)],
      });
      const body = (await github.comments())[0]?.body ?? "";
      expect(body).toContain("octocat");
      expect(body).not.toContain(value);
      expect(body).not.toContain(Buffer.from(value).toString("base64"));
      // It stands in code, where no mention, picture or link is looked for.
      expect(body.replaceAll(/^(```+)\w*\n[^]*?^\1$/gm, "").replaceAll(/(`+).*?\1/g, "")).not.toMatch(
        /@octocat|<img|evil|#1/,
      );
    }),
  );

  it.concurrent("is no longer than GitHub takes it, however much changes", () =>
    onStage("long", async ({ github, plan }) => {
      const many = Array.from({ length: 95 }, (_, index) => configMap(`a${index}`, "k: one"));
      await plan({ run: "10", inputs: { "dry-run": "false" }, objects: many });
      const long = ["a", "b", "c", "d", "e", "f"].map((key) => `  ${key}: ${"x".repeat(200)}\n`).join("");
      const run = await plan({ run: "11", objects: many.map((text) => text + long) });
      expect(run.annotations).toEqual([]);
      const body = (await github.comments())[0]?.body ?? "";
      expect(body).toMatch(/run=11 [^]*95 to update/);
      expect(body.length).toBeLessThanOrEqual(65_536);
    }),
  );

  it.concurrent("is missing for a fork, whose token may only read: one notice says so, and nothing fails", () =>
    onStage("fork", async ({ github, plan }) => {
      const run = await plan({ run: "10", fromFork: true });
      expect(run.exitCode).toBe(0);
      expect(run.annotations).toEqual([{ level: "notice", message: expect.stringMatching(/only in the job summary/) }]);
      expect(run.summary).toContain("Plan for fork");
      expect(await github.comments()).toEqual([]);
    }),
  );
});
