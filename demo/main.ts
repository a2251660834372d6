/**
 * `npm run demo`: the life of a release on this machine alone. The bundled actions run as GitHub's runner runs them, against the sandbox.
 * With `-- --keep` it stays up at the end. SLIPWAY_WORLD=control-plane or =node plays it on real engines instead.
 */
import { readdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { stopRequested } from "../sandbox/stop-requested.ts";
import { formatDuration } from "../src/runner/duration.ts";
import { worldName } from "../test/outside.ts";
import { Expectations } from "./expectations.ts";
import { describeRelease, readHistory } from "./history.ts";
import { openStage } from "./stage.ts";
import type { Stage } from "./stage.ts";
import { Story } from "./story.ts";
import { Terminal } from "./terminal.ts";
import { Users } from "./users.ts";

const terminal = new Terminal(process.stdout);
const expect = new Expectations(terminal);
const users = new Users();
const started = performance.now();
const stopped = new AbortController();

try {
  await main();
} catch (error) {
  process.exitCode = stopped.signal.aborted ? 130 : 1;
  const why = error instanceof Error ? error.message : String(error);
  terminal.line(stopped.signal.aborted ? "\nStopped. Nothing of it runs any more.\n" : `\n${why}\n`);
}

async function main(): Promise<void> {
  const { values: options } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  void stopRequested().then(() => stopped.abort());
  terminal.title("Slipway: the life of a release, on this machine alone");
  const stage = await terminal.during(
    worldName,
    () => openStage(stopped.signal),
    () => "cluster, registry and DigitalOcean API, on loopback",
  );
  try {
    terminal.fact("app", "examples/backstage");
    terminal.fact("", `server on ${stage.serverUrl}, auth on ${stage.authUrl}`);
    await new Story({ stage, terminal, expect, users }).tell();
    await conclude(stage);
    if (options.keep) await keep(stage);
  } finally {
    await users.stop();
    await stage.close();
  }
}

async function conclude(stage: Stage): Promise<void> {
  await users.stop();
  terminal.title("What is left of it");
  const history = await readHistory(stage.outside.kubeconfig);
  for (const each of history) terminal.fact("", describeRelease(each));
  terminal.line("");
  const { answered, failed } = users;
  terminal.fact("users", `${answered} requests answered, ${failed.length} failed`);
  terminal.quote(failed.slice(0, 5).map(({ url, at, why }) => `${at.toISOString()} ${url}: ${why}`));
  terminal.fact("summaries", `${(await readdir(stage.summaries)).length} job summaries in ${stage.summaries}`);
  terminal.fact("time", formatDuration(performance.now() - started));
  terminal.line("");
  const noneFailed = failed.length === 0 && answered > 0;
  expect.hold("no user's request failed", noneFailed, `${failed.length} of ${answered} did`);
  terminal.line("");
  if (expect.broken === 0) return;
  const what = expect.broken === 1 ? "One of the demo's promises was" : `${expect.broken} of the demo's promises were`;
  terminal.line(`${what} not kept.\n`);
  process.exitCode = 1;
}

/** Leaves all of it up until Ctrl-C, and says how to look around in it. */
async function keep({ outside, serverUrl }: Stage): Promise<void> {
  terminal.line("It all stays up until Ctrl-C. In another terminal:\n");
  terminal.line(`  export KUBECONFIG='${outside.kubeconfig}'`);
  terminal.line(`  kubectl -n backstage get pods,secrets,events`);
  terminal.line(`  curl ${serverUrl}/setup\n`);
  terminal.line(`The registry is ${outside.registry}, the DigitalOcean API ${outside.digitaloceanApiUrl}.\n`);
  await new Promise<void>((resolve) => {
    stopped.signal.addEventListener("abort", () => resolve());
    // A signal handler alone does not keep a process.
    void outside.ended.then(resolve);
  });
}
