import { SlipwayError } from "../error.ts";
import { parseRetryAfter } from "../kubernetes/client-answer.ts";
import { inParallel } from "../parallel.ts";
import type { Clock } from "../runner/clock.ts";
import { neutralise } from "../runner/untrusted.ts";
import type { Answer, Check, CheckResult, Mismatch, Share, VersionCheck } from "./check.ts";
import { credentialsIn, hider, shownAddress } from "./credentials.ts";
import { evaluate, isVersion, versionIn } from "./evaluate.ts";

/** Waits between tries grow from the first to the last of these, in ms. */
const firstWaitMs = 200;
const longestWaitMs = 3_000;
/** Between passes in a row: long enough to see a service that comes and goes. */
const betweenPassesMs = 250;
/** Connections of one version check at a time. */
const parallelConnections = 5;
/** What came is told on a line, in characters. */
const longestGot = 160;

export interface RunCheckOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** On the clock's own scale, in ms. */
  readonly deadline: number;
  /** One request of the check, on a connection of its own. */
  readonly ask: (check: Check) => Promise<Answer>;
  /** Told after each try that did not pass and is not the last. */
  readonly onWrong: (check: Check, mismatches: readonly Mismatch[]) => void;
}

interface Attempt {
  readonly mismatches: readonly Mismatch[];
  readonly hint?: string | undefined;
  readonly answer?: Answer | undefined;
  readonly share?: Share | undefined;
}

/**
 * Asks until the check has passed as often in a row as it must, or the time is up. A wrong answer is asked again just like none: load
 * balancers, caches and warming services lag behind a rollout that Kubernetes calls complete, and nobody can tell theirs from a bug.
 */
export async function runCheck(check: Check, options: RunCheckOptions): Promise<CheckResult> {
  const { clock, signal, deadline } = options;
  const started = clock.now();
  let wrong: Attempt | undefined;
  let inARow = 0;
  for (let attempts = 1; ; attempts++) {
    signal.throwIfAborted();
    const attempt = await tryOnce(check, options);
    const passes = attempt.mismatches.length === 0;
    const leftMs = deadline - clock.now();
    inARow = passes ? inARow + 1 : 0;
    // An answer that the deadline cut off says less than the one before it.
    if (!passes && (attempt.answer !== undefined || leftMs > 0)) wrong = attempt;
    const passed = inARow >= check.consecutive;
    if (passed || leftMs <= 0 || (!passes && !check.retry)) {
      const ended = { passed, attempts, inARow, durationMs: clock.now() - started };
      return result(check, passed ? attempt : (wrong ?? attempt), ended);
    }
    if (!passes) options.onWrong(check, attempt.mismatches);
    // The last try is made when the time is up, whatever wait was due.
    await clock.sleep(Math.min(passes ? betweenPassesMs : nextWait(attempts, attempt.answer), leftMs), signal);
  }
}

function result(
  { name, method, url, consecutive }: Check,
  { mismatches, answer, hint, share }: Attempt,
  { inARow, ...ended }: Pick<CheckResult, "passed" | "attempts" | "durationMs"> & { readonly inARow: number },
): CheckResult {
  const tooFew = { is: `it did not pass ${consecutive} times in a row`, got: `${inARow} when the time was up` };
  return {
    name,
    target: `${method} ${shownAddress(url)}`,
    mismatches: consecutive > 1 && !ended.passed ? [...mismatches, tooFew] : mismatches,
    hint,
    ...ended,
    latencyMs: answer?.latencyMs,
    share,
  };
}

/** One try: one request, or one on each connection of a version check. */
async function tryOnce(check: Check, { ask }: RunCheckOptions): Promise<Attempt> {
  const { version } = check;
  const of = version?.connections ?? 1;
  const replies = await inParallel(Array.from({ length: of }), parallelConnections, () => reply(check, ask));
  const wrong = replies.filter(({ mismatches }) => mismatches.length > 0);
  const { mismatches = [], hint, answer } = wrong[0] ?? replies[0] ?? {};
  const suffix = of > 1 ? `, on ${wrong.length} of ${of} connections` : "";
  const told = mismatches.map((mismatch) => ({ ...mismatch, is: mismatch.is + suffix }));
  const tell = teller(check);
  const isAnswered = replies.some((each) => each.answer !== undefined);
  if (version === undefined || !isAnswered) return { mismatches: told.map(tell), hint, answer };
  const { share, mismatches: wrongVersions } = compareVersions(replies, version);
  return { mismatches: [...wrongVersions, ...told].map(tell), hint, answer, share };
}

async function reply(check: Check, ask: RunCheckOptions["ask"]): Promise<Attempt> {
  try {
    const answer = await ask(check);
    return { answer, mismatches: evaluate(answer, check.expect) };
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.code !== "unreachable") throw error;
    return { mismatches: [{ is: `there was no answer because ${error.message}` }], hint: error.hint };
  }
}

/** While old and new answer side by side, one good answer proves nothing. */
function compareVersions(
  replies: readonly Attempt[],
  version: VersionCheck,
): Required<Pick<Attempt, "mismatches" | "share">> {
  const told = replies.map(({ answer }) => answer && versionIn(answer, version));
  const others = told.filter((each) => !isVersion(each, version));
  const share = { right: told.length - others.length, of: told.length };
  if (others.length === 0) return { mismatches: [], share };
  const different = [...new Set(others.map((each) => each ?? "none"))].slice(0, 3).join(", ");
  const is = `not every connection reached version ${version.equals[0] ?? ""}`;
  return { mismatches: [{ is, got: `${share.right} of ${share.of}, the others ${different}` }], share };
}

/** Makes a mismatch fit to be told: without the check's credentials, which services echo, harmless where it is printed, and short. */
function teller(check: Check): (mismatch: Mismatch) => Mismatch {
  const hide = hider(credentialsIn(check.headers, check.url));
  const shorten = (text: string): string => (text.length > longestGot ? `${text.slice(0, longestGot)}…` : text);
  const tell = (text: string): string => neutralise(hide(text));
  return ({ is, got }) => ({ is: tell(is), ...(got === undefined ? {} : { got: shorten(tell(got)) }) });
}

/** Grows with each try, with jitter; longer where the service asked for it. */
function nextWait(attempts: number, answer: Answer | undefined): number {
  const grown = Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs);
  const jittered = grown * (0.75 + Math.random() / 2);
  return Math.max(jittered, parseRetryAfter(answer?.headers["retry-after"], answer?.headers.date) ?? 0);
}
