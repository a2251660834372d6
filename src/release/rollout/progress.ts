import type { Verdict } from "../../kubernetes/readiness/verdict.ts";
import type { Clock } from "../../runner/clock.ts";
import { formatDuration } from "../../runner/duration.ts";
import type { LiveLines } from "../../runner/live-lines.ts";
import type { Log } from "../../runner/runner.ts";

/**
 * Told of every verdict on the objects of a release, which may be watched in several rollouts: each of them is ended, which leaves the last
 * word on its objects. What was said in an earlier one is not said again.
 */
export interface Progress {
  tell(name: string, verdict: Verdict): void;
  end(): void;
}

interface Options {
  readonly log: Log;
  readonly clock: Clock;
  /** When the release began, on the clock. */
  readonly startedMs: number;
}

/** How a rollout is told: on a terminal a line for each object that is written anew, elsewhere a few lines. */
export function tellProgress(options: Options): Progress {
  const { live } = options.log;
  return live === undefined ? new FewLines(options) : new LineForEach({ ...options, live });
}

/** Beyond this many objects, how far each is would drown what matters. */
const mostTold = 5;
const pauseMs = 5_000;
/** Reasons of verdicts in progress that only say how far it is. */
const plain: readonly string[] = ["InProgress", "Unprobed", "NotObserved"];

/**
 * For a log that is kept: each failure and each trouble once, and how far things are: of few objects all of it, of many a line every five
 * seconds.
 */
class FewLines implements Progress {
  readonly #options: Options;
  /** What is known of each. */
  readonly #known = new Map<string, { readonly status: Verdict["status"]; readonly news: string }>();
  #routineMs = -Infinity;
  #isBehind = false;

  constructor(options: Options) {
    this.#options = options;
  }

  tell(name: string, { status, reason, message }: Verdict): void {
    const isPlain = status === "in-progress" && plain.includes(reason);
    // What only counts up within the same trouble is no news, nor is what was far enough already and now counts as done.
    const isTrouble = status === "in-progress" && !isPlain;
    const news = status === "failed" ? `${status}: ${message}` : isTrouble ? reason : message;
    const before = this.#known.get(name)?.news;
    this.#known.set(name, { status, news });
    if (before === news) return;
    const { clock } = this.#options;
    if (status !== "current" && !isPlain) {
      this.#say(`${name}: ${message}`);
      return;
    }
    const isCrowd = this.#known.size > mostTold;
    this.#isBehind = isCrowd && clock.now() - this.#routineMs < pauseMs;
    if (this.#isBehind) return;
    this.#routineMs = clock.now();
    this.#say(`${name}: ${message}${isCrowd ? ` (${this.#count()})` : ""}`);
  }

  end(): void {
    if (this.#isBehind) this.#say(this.#count());
    this.#isBehind = false;
  }

  #count(): string {
    const all = [...this.#known.values()];
    return `${all.filter(({ status }) => status === "current").length} of ${all.length} are done`;
  }

  #say(text: string): void {
    const { log, clock, startedMs } = this.#options;
    log.info(`${formatDuration(clock.now() - startedMs).padStart(8)}  ${text}`);
  }
}

const marks = { current: "✓", "in-progress": "·", failed: "✗" } as const;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
const frameMs = 120;

interface Line {
  readonly verdict: Verdict;
  /** How long it has taken, once it has come to an end. */
  readonly untilMs?: number;
}

/** For a person who watches: a line for each object; what is still on its way, or has failed, stands last, where the eye is. */
class LineForEach implements Progress {
  readonly #options: Options & { readonly live: LiveLines };
  readonly #lines = new Map<string, Line>();
  /** The last words that are left already, by name. */
  readonly #said = new Map<string, string>();
  #animation: AbortController | undefined;
  #frame = 0;

  constructor(options: Options & { readonly live: LiveLines }) {
    this.#options = options;
  }

  tell(name: string, verdict: Verdict): void {
    if (this.#animation === undefined) void this.#animate((this.#animation = new AbortController()).signal);
    const untilMs = this.#elapsedMs();
    this.#lines.set(name, { verdict, ...(verdict.status === "in-progress" ? {} : { untilMs }) });
    this.#draw();
  }

  end(): void {
    this.#animation?.abort();
    this.#animation = undefined;
    const { live, log } = this.#options;
    live.show([]);
    const news = this.#sorted().filter(([name, { verdict }]) => this.#said.get(name) !== verdict.message);
    const lines = news.map(([name, line]) => this.#text(name, line, marks[line.verdict.status]));
    if (lines.length > 0) log.info(lines.join("\n"));
    for (const [name, { verdict }] of news) this.#said.set(name, verdict.message);
    this.#lines.clear();
  }

  async #animate(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      this.#frame = (this.#frame + 1) % frames.length;
      this.#draw();
      await clock.sleep(frameMs, signal).catch(() => undefined);
    }
  }

  #draw(): void {
    if (this.#lines.size === 0) return;
    const { live } = this.#options;
    const sorted = this.#sorted();
    const shown = sorted.slice(-(live.size.rows - 2));
    const hidden = sorted.length - shown.length;
    const lines = shown.map(([name, line]) => {
      const { status } = line.verdict;
      return this.#text(name, line, status === "in-progress" ? (frames[this.#frame] ?? "·") : marks[status]);
    });
    live.show(hidden === 0 ? lines : [`… ${hidden} more`, ...lines]);
  }

  #sorted(): [string, Line][] {
    const order: readonly Verdict["status"][] = ["current", "in-progress", "failed"];
    return [...this.#lines].sort(([, a], [, b]) => order.indexOf(a.verdict.status) - order.indexOf(b.verdict.status));
  }

  #text(name: string, { verdict, untilMs = this.#elapsedMs() }: Line, mark: string): string {
    const width = Math.max(...[...this.#lines.keys()].map((each) => each.length));
    return `${mark} ${formatDuration(untilMs).padStart(8)}  ${name.padEnd(width)}  ${verdict.message}`;
  }

  #elapsedMs(): number {
    return this.#options.clock.now() - this.#options.startedMs;
  }
}
