import type { Outcome } from "../error.ts";
import type { SmokeReport } from "../report/smoke-report.ts";
import { systemClock } from "../runner/clock.ts";
import { formatDuration } from "../runner/duration.ts";
import type { Log, Runner } from "../runner/runner.ts";
import { within } from "../runner/within.ts";
import type { Check, CheckResult, Mismatch } from "./check.ts";
import { describeMismatch } from "./check.ts";
import { credentialsIn } from "./credentials.ts";
import type { SmokeTestInputs } from "./inputs.ts";
import { planChecks } from "./plan.ts";
import { probe } from "./probe.ts";
import type { ProbeOptions } from "./probe.ts";
import { readChecks } from "./read-checks.ts";
import { runCheck } from "./run-check.ts";
import { markVerified, openRelease } from "./verify.ts";
import type { Verdict } from "./verify.ts";
import { writeSmokeReports } from "./write-reports.ts";

/** One request takes no longer than this, in ms, unless its check allows a longer latency. */
const longestRequestMs = 10_000;
/** How far beyond the deadline a request may go that began before it, in ms. */
const graceMs = 1_000;
/** How often what a check waits for is told again, in ms. */
const tellAgainMs = 5_000;

/** Asks every check until it passes or the time is up, and marks the release verified when all did. */
export async function run(runner: Runner, inputs: SmokeTestInputs): Promise<Outcome> {
  const started = systemClock.now();
  const given = readChecks(runner.workspace, inputs.checks);
  const { signal } = runner;
  const reach = { clock: systemClock, signal, ms: inputs.timeout, doing: "read the release's record" };
  const release = await within(reach, () => openRelease(runner, inputs));
  try {
    const resolved = inputs.resolve ?? new Map<string, string>();
    const checks = planChecks({ ...given, url: inputs.url, release: release?.summary, resolved });
    for (const { headers, url } of checks) credentialsIn(headers, url).forEach((secret) => runner.mask(secret));
    const results = await runChecks(runner, checks, { resolved, deadline: started + inputs.timeout });
    for (const each of results) announce(runner.log, each);
    const isGood = results.every(({ passed }) => passed);
    const verdict = isGood && release !== undefined ? await markVerified(release) : undefined;
    if (verdict !== undefined) announceVerdict(runner.log, inputs, verdict);
    const outcome = isGood ? (verdict?.error?.outcome ?? "succeeded") : "failed";
    await report(runner, inputs, { outcome, results, verdict, durationMs: systemClock.now() - started });
    if (verdict?.error !== undefined) throw verdict.error;
    return outcome;
  } finally {
    release?.close();
  }
}

/**
 * All checks, in their order: first those of a version, side by side, then the others. While a rollout's old pods answer too, what they
 * say of anything else says nothing of the release. What ends one of them early, other than its result, ends the others too.
 */
async function runChecks(
  runner: Runner,
  checks: readonly Check[],
  { resolved, deadline }: Pick<ProbeOptions, "resolved"> & { readonly deadline: number },
): Promise<CheckResult[]> {
  const stopped = new AbortController();
  const signal = AbortSignal.any([runner.signal, stopped.signal]);
  const ask = (check: Check): ReturnType<typeof probe> => {
    const leftMs = deadline + graceMs - systemClock.now();
    const mayTakeMs = Math.max(longestRequestMs, check.expect.latencyMs ?? 0);
    const timeoutMs = Math.max(1, Math.min(leftMs, mayTakeMs));
    return probe(check, { signal, env: runner.env, resolved, timeoutMs });
  };
  const onWrong = tellWaiting(runner.log);
  try {
    const run = (check: Check): Promise<CheckResult> =>
      runCheck(check, { clock: systemClock, signal, deadline, ask, onWrong });
    const ofVersions = checks.filter(({ version }) => version !== undefined);
    const versions = new Map(ofVersions.map((check) => [check, run(check)]));
    await Promise.all(versions.values());
    return await Promise.all(checks.map((check) => versions.get(check) ?? run(check)));
  } finally {
    stopped.abort();
  }
}

/** Tells what each check waits for: when that changes, but not all the time. */
function tellWaiting(log: Log): (check: Check, mismatches: readonly Mismatch[]) => void {
  const told = new Map<Check, { readonly text: string; readonly at: number }>();
  return (check, mismatches) => {
    const text = mismatches.map(describeMismatch).join("; ");
    const before = told.get(check);
    const now = systemClock.now();
    if (before !== undefined && (before.text === text || now - before.at < tellAgainMs)) return;
    told.set(check, { text, at: now });
    log.info(`waiting for ${check.name}: ${text}`);
  };
}

function announce(log: Log, { name, target, passed, mismatches, hint, ...numbers }: CheckResult): void {
  const { attempts, durationMs, share } = numbers;
  const tries = attempts === 1 ? [] : [`${attempts} tries`];
  const shares =
    share === undefined || !passed ? [] : [`the expected version on ${share.right} of ${share.of} connections`];
  const facts = [formatDuration(durationMs), ...tries, ...shares].join(", ");
  if (passed) log.info(`passed  ${name} (${facts})`);
  else {
    const lines = [`${name}: ${mismatches.map(describeMismatch).join("; ")}`, `${target} (${facts})`];
    log.error([...lines, ...(hint === undefined ? [] : [hint])].join("\n"), { title: "Smoke test failed" });
  }
}

function announceVerdict(log: Log, { app }: SmokeTestInputs, { verified, text }: Verdict): void {
  const sentence = `${app ?? ""} ${text}`;
  if (verified) log.notice(sentence);
  else log.warning(sentence);
}

async function report(
  runner: Runner,
  { app, revision, url }: SmokeTestInputs,
  done: Pick<SmokeReport, "outcome" | "results" | "verdict" | "durationMs">,
): Promise<void> {
  const paths = await writeSmokeReports(runner, { app, revision, url, ...done });
  const passed = done.results.filter((each) => each.passed).length;
  runner.setOutput("passed", passed);
  runner.setOutput("failed", done.results.length - passed);
  runner.setOutput("report", paths.report);
  runner.setOutput("junit", paths.junit);
  runner.setOutput("summary", paths.summary);
}
