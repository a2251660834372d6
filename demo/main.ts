/**
 * `npm run demo`: the life of a release on this machine alone. The bundled actions run as GitHub's runner runs them, against the sandbox.
 * With `-- --keep` the sandbox stays up at the end.
 */
import { readdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { formatDuration } from "../src/runner/duration.ts";
import { cannotStart, newBanner, openToEverybody, WorkingCopy } from "./commits.ts";
import type { Commit } from "./commits.ts";
import { Expectations } from "./expectations.ts";
import { describeRelease, readHistory } from "./history.ts";
import { runPipeline } from "./pipeline.ts";
import type { PipelineRun } from "./pipeline.ts";
import { openStage } from "./stage.ts";
import type { Stage } from "./stage.ts";
import { Terminal } from "./terminal.ts";
import { Users } from "./users.ts";

const { values: options } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
const address = "127.0.0.1";
const serverUrl = `http://${address}:30001`;
const authUrl = `http://${address}:30002`;

const terminal = new Terminal(process.stdout);
const expect = new Expectations(terminal);
const users = new Users();
const started = performance.now();

await main();

async function main(): Promise<void> {
  terminal.title("Slipway: the life of a release, on this machine alone");
  const stage = await terminal.during(
    "sandbox",
    () => openStage(address),
    () => "a cluster, a registry and a DigitalOcean API, on loopback",
  );
  terminal.fact("app", `examples/backstage: server on ${serverUrl}, auth on ${authUrl}`);
  try {
    await tell(stage);
    await conclude(stage);
    if (options.keep) await keep(stage);
  } finally {
    await users.stop();
    await stage.close();
  }
}

async function tell(stage: Stage): Promise<void> {
  const copy = new WorkingCopy(stage.workspace);
  const release = (number: number, commit: Commit): Promise<PipelineRun> =>
    runPipeline({ stage, terminal, commit, number, serverUrl, authUrl });

  terminal.chapter(1, "A first release");
  const good = await copy.commit();
  const first = await release(1, good);
  expect.equal("it is up, and its smoke test passed", outcomes(first), ["succeeded", "succeeded", undefined]);
  const setup = await get(`${serverUrl}/setup`);
  users.ask([`${serverUrl}/setup`, `${authUrl}/health`]);
  terminal.fact("users", "ask both services on new connections, from here to the end");

  terminal.chapter(2, "A release that looks well to Kubernetes, and is broken for users");
  const second = await release(2, await copy.commit(openToEverybody));
  terminal.quote(
    second.smokeTest?.annotations.filter(({ level }) => level === "error").map(({ message }) => firstLine(message)) ??
      [],
  );
  expect.equal("every pod came up, the smoke test found it, the last verified release is back", outcomes(second), [
    "succeeded",
    "failed",
    "succeeded",
  ]);
  expect.equal("users see the first release's content again", await get(`${serverUrl}/setup`), setup);
  await copy.revert(good, openToEverybody);

  terminal.chapter(3, "A release that cannot start");
  const third = await release(3, await copy.commit(cannotStart));
  terminal.quote(verdictLines(third));
  expect.equal("the deploy failed, and took itself back", outcomes(third), ["failed", undefined, undefined]);
  expect.hold(
    "the crash's last words are told, at the manifest's line",
    blamesManifest(third),
    JSON.stringify(third.deploy.annotations),
  );
  expect.hold(
    "the verdict came within seconds",
    third.deploy.durationMs < 30_000,
    formatDuration(third.deploy.durationMs),
  );
  expect.equal("users still see the first release's content", await get(`${serverUrl}/setup`), setup);
  await copy.revert(good, cannotStart);

  terminal.chapter(4, "A release that changes one value of one ConfigMap");
  const before = { server: await stage.pods("backstage-server"), auth: await stage.pods("backstage-auth") };
  const config = await copy.commit(newBanner);
  const fourth = await release(4, config);
  expect.equal("it is up, and verified", outcomes(fourth), ["succeeded", "succeeded", undefined]);
  expect.equal(
    "users see the new value",
    (JSON.parse(await get(`${serverUrl}/setup`)) as { banner?: string }).banner,
    "Welcome aboard",
  );
  const server = await stage.pods("backstage-server");
  expect.hold(
    "the pods that read it were replaced",
    [...server.keys()].every((name) => !before.server.has(name)),
    [...server.keys()].join(),
  );
  expect.equal("no other pod was touched", await stage.pods("backstage-auth"), before.auth);

  terminal.chapter(5, "The same release again");
  const fifth = await release(5, config);
  expect.equal(
    "there was nothing to do",
    [fifth.deploy.outputs.changed, fifth.deploy.outputs.revision],
    ["false", fourth.deploy.outputs.revision],
  );
}

async function conclude(stage: Stage): Promise<void> {
  await users.stop();
  terminal.title("What is left of it");
  const history = await readHistory(stage.sandbox.kubeconfig);
  for (const each of history) terminal.fact("", describeRelease(each));
  terminal.line("");
  terminal.fact("users", `${users.answered} requests answered, ${users.failed.length} failed`);
  terminal.quote(users.failed.slice(0, 5).map(({ url, at, why }) => `${at.toISOString()} ${url}: ${why}`));
  terminal.fact("summaries", `${(await readdir(stage.summaries)).length} job summaries in ${stage.summaries}`);
  terminal.fact("time", formatDuration(performance.now() - started));
  terminal.line("");
  expect.hold(
    "no user's request failed",
    users.failed.length === 0 && users.answered > 0,
    `${users.failed.length} of ${users.answered} did`,
  );
  terminal.line("");
  if (expect.broken === 0) return;
  terminal.line(
    `${expect.broken === 1 ? "One of the demo's promises was" : `${expect.broken} of the demo's promises were`} not kept.\n`,
  );
  process.exitCode = 1;
}

/** Leaves the sandbox up until Ctrl-C, and says how to look around in it. */
async function keep(stage: Stage): Promise<void> {
  const { kubeconfig, registry, digitaloceanApiUrl } = stage.sandbox;
  terminal.line("The sandbox stays up until Ctrl-C. In another terminal:\n");
  terminal.line(`  export KUBECONFIG=${kubeconfig}`);
  terminal.line(`  kubectl -n backstage get pods,secrets,events`);
  terminal.line(`  curl ${serverUrl}/setup\n`);
  terminal.line(`The registry is ${registry}, the DigitalOcean API ${digitaloceanApiUrl}.\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    // A signal handler alone does not keep a process.
    stage.sandbox.process.once("exit", () => resolve());
  });
}

/** How deploy, smoke test and rollback ended; undefined for what did not run. */
function outcomes({ deploy, smokeTest, rollback }: PipelineRun): (string | undefined)[] {
  return [deploy, smokeTest, rollback].map((run) => run?.outputs.outcome);
}

/** As somebody sees it who comes just now: a connection that was kept would still lead to a pod on its way out. */
async function get(url: string): Promise<string> {
  return (await fetch(url, { headers: { connection: "close" } })).text();
}

function verdictLines({ deploy }: PipelineRun): string[] {
  return deploy.annotations
    .filter(({ level }) => level === "error")
    .flatMap(({ message, file, line }) => [`${file ?? ""}:${line ?? ""}`, ...message.split("\n")])
    .map((line) => (line.length > 110 ? `${line.slice(0, 110)}…` : line));
}

function blamesManifest({ deploy }: PipelineRun): boolean {
  const blamed = deploy.annotations.some(
    ({ level, file }) => level === "error" && file === "k8s/digitalocean/03-server.yaml",
  );
  return blamed && deploy.stdout.includes("ERR_MODULE_NOT_FOUND");
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
