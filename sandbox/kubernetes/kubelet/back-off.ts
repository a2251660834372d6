interface Entry {
  delayMs: number;
  updatedAt: number;
}

/** The kubelet's default: 10 s, doubling up to 5 min. */
export const kubeletBackOffMs = 10_000;

/**
 * Delays that double each time, up to thirty times the first, and start over after a quiet time of twice the longest: what the
 * kubelet uses for restarts and for image pulls. Times are milliseconds of one clock of the caller's choice.
 */
export class BackOff {
  readonly #entries = new Map<string, Entry>();
  readonly #baseMs: number;

  constructor(baseMs: number) {
    this.#baseMs = baseMs;
  }

  /** Whether `key` must wait still, where its last failure was at `failedAt`. */
  holds(key: string, times: { readonly failedAt: number; readonly now: number }): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.#isOver(entry, times.failedAt)) return false;
    return times.now - times.failedAt < entry.delayMs;
  }

  delayMs(key: string): number {
    return this.#entries.get(key)?.delayMs ?? 0;
  }

  /** Notes one more attempt: the next has to wait longer. */
  next(key: string, times: { readonly failedAt: number; readonly now: number }): void {
    const entry = this.#entries.get(key);
    const again = entry !== undefined && !this.#isOver(entry, times.failedAt);
    const delayMs = again ? Math.min(entry.delayMs * 2, this.#longestMs) : this.#baseMs;
    this.#entries.set(key, { delayMs, updatedAt: times.now });
  }

  /** When `key` was last tried, if it ever was. */
  updatedAt(key: string): number | undefined {
    return this.#entries.get(key)?.updatedAt;
  }

  get #longestMs(): number {
    return 30 * this.#baseMs;
  }

  #isOver(entry: Entry, failedAt: number): boolean {
    return failedAt - entry.updatedAt > 2 * this.#longestMs;
  }
}

/** A duration as Go prints it: "10s", "1m20s", "5m0s", "1.5s", "250ms". */
export function goDuration(ms: number): string {
  if (ms < 1_000) return ms === 0 ? "0s" : `${Number(ms.toPrecision(3))}ms`;
  const seconds = Math.round(ms) / 1_000;
  const minutes = Math.floor(seconds / 60);
  const rest = Number((seconds - minutes * 60).toFixed(3));
  if (minutes === 0) return `${rest}s`;
  return minutes < 60 ? `${minutes}m${rest}s` : `${Math.floor(minutes / 60)}h${minutes % 60}m${rest}s`;
}
