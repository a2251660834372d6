import { setTimeout as sleep } from "node:timers/promises";
import { formatDuration } from "../src/runner/duration.ts";
import { cannotStart, newBanner, openToEverybody, WorkingCopy } from "./commits.ts";
import type { Commit } from "./commits.ts";
import type { Expectations } from "./expectations.ts";
import { errorsOf, runPipeline } from "./pipeline.ts";
import type { PipelineRun } from "./pipeline.ts";
import type { Stage } from "./stage.ts";
import type { Terminal } from "./terminal.ts";
import type { Users } from "./users.ts";

export interface Cast {
  readonly stage: Stage;
  readonly terminal: Terminal;
  readonly expect: Expectations;
  readonly users: Users;
}

/** How long a node may lead users to pods that are on their way out. */
const lagMs = 5_000;

/** Four releases and a repetition. Each chapter builds on those before it, so the story ends where one goes wrong. */
export class Story {
  readonly #cast: Cast;
  readonly #copy: WorkingCopy;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.#copy = new WorkingCopy(cast.stage.workspace);
  }

  async tell(): Promise<void> {
    const { expect } = this.#cast;
    const good = await this.#copy.commit();
    const content = await this.#firstRelease(good);
    if (expect.broken === 0) await this.#brokenForUsers(good, content);
    if (expect.broken === 0) await this.#cannotStart(good, content);
    if (expect.broken === 0) await this.#oneValue();
  }

  /** Gives what users see of it. */
  async #firstRelease(good: Commit): Promise<string> {
    const { stage, terminal, expect, users } = this.#cast;
    terminal.chapter(1, "A first release");
    const run = await this.#release(1, good);
    expect.equal("it is up, and its smoke test passed", outcomes(run), ["succeeded", "succeeded", undefined]);
    users.ask([`${stage.serverUrl}/setup`, `${stage.authUrl}/health`]);
    terminal.fact("users", "ask both services on new connections, from here to the end");
    return this.#setup();
  }

  async #brokenForUsers(good: Commit, content: string): Promise<void> {
    const { terminal, expect } = this.#cast;
    terminal.chapter(2, "A release that looks well to Kubernetes, and is broken for users");
    const run = await this.#release(2, await this.#copy.commit(openToEverybody));
    expect.equal("every pod came up, the smoke test found it, the last verified release is back", outcomes(run), [
      "succeeded",
      "failed",
      "succeeded",
    ]);
    expect.equal("users see the first release's content again", await this.#setup((now) => now === content), content);
    await this.#copy.revert(good, openToEverybody);
  }

  async #cannotStart(good: Commit, content: string): Promise<void> {
    const { terminal, expect } = this.#cast;
    terminal.chapter(3, "A release that cannot start");
    const run = await this.#release(3, await this.#copy.commit(cannotStart));
    const { durationMs, annotations } = run.deploy;
    expect.equal("the deploy failed, and took itself back", outcomes(run), ["failed", undefined, undefined]);
    expect.hold(
      "the crash's last words are told, at the manifest's line",
      blamesManifest(run),
      JSON.stringify(annotations),
    );
    expect.hold("the verdict came within seconds", durationMs < 30_000, formatDuration(durationMs));
    expect.equal("users still see the first release's content", await this.#setup(), content);
    await this.#copy.revert(good, cannotStart);
  }

  /** And once more, which finds nothing to do. */
  async #oneValue(): Promise<void> {
    const { stage, terminal, expect } = this.#cast;
    terminal.chapter(4, "A release that changes one value of one ConfigMap");
    const before = { server: await stage.pods("backstage-server"), auth: await stage.pods("backstage-auth") };
    const config = await this.#copy.commit(newBanner);
    const run = await this.#release(4, config);
    expect.equal("it is up, and verified", outcomes(run), ["succeeded", "succeeded", undefined]);
    const isNew = (now: string): boolean => now.includes('"banner":"Welcome aboard"');
    const setup = await this.#setup(isNew);
    expect.hold("users see the new value", isNew(setup), `got ${setup}`);
    const server = [...(await stage.pods("backstage-server")).keys()];
    const replaced = server.every((name) => !before.server.has(name));
    expect.hold("the pods that read it were replaced", replaced, server.join());
    expect.equal("no other pod was touched", [...(await stage.pods("backstage-auth"))], [...before.auth]);
    if (expect.broken > 0) return;

    terminal.chapter(5, "The same release again");
    const { changed, revision } = (await this.#release(5, config)).deploy.outputs;
    expect.equal("there was nothing to do", [changed, revision], ["false", run.deploy.outputs.revision]);
  }

  async #release(number: number, commit: Commit): Promise<PipelineRun> {
    const { stage, terminal } = this.#cast;
    return runPipeline({ stage, terminal, commit, number });
  }

  /**
   * What somebody is told who comes just now: a connection that was kept would still lead to a pod on its way out. A node goes on leading
   * new ones there too for a moment, so what is wanted may come with a later answer.
   */
  async #setup(isWanted: (answer: string) => boolean = () => true): Promise<string> {
    const deadline = performance.now() + lagMs;
    for (;;) {
      const answer = await fetch(`${this.#cast.stage.serverUrl}/setup`, { headers: { connection: "close" } });
      const text = await answer.text();
      if (isWanted(text) || performance.now() > deadline) return text;
      await sleep(100);
    }
  }
}

/** How deploy, smoke test and rollback ended; undefined for what did not run. */
function outcomes({ deploy, smokeTest, rollback }: PipelineRun): (string | undefined)[] {
  return [deploy, smokeTest, rollback].map((run) => run?.outputs.outcome);
}

function blamesManifest({ deploy }: PipelineRun): boolean {
  const blamed = errorsOf(deploy).some(({ file }) => file === "k8s/digitalocean/03-server.yaml");
  return blamed && deploy.stdout.includes("ERR_MODULE_NOT_FOUND");
}
