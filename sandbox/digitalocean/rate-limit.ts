import { DigitalOceanError } from "./errors.ts";

const hour = { requests: 5000, milliseconds: 3_600_000 };
const burst = { requests: 250, milliseconds: 60_000 };

/** 5,000 requests an hour and 250 a minute, as DigitalOcean counts them for one token. */
export class RateLimit {
  readonly #times: number[] = [];

  /** Counts one request and returns the headers of its answer. Throws `too_many_requests`; only for a burst is it said when to come back. */
  count(): Record<string, string> {
    const now = Date.now();
    while ((this.#times[0] ?? now) < now - hour.milliseconds) this.#times.shift();
    const remaining = hour.requests - this.#times.length;
    const headers = {
      "ratelimit-limit": String(hour.requests),
      "ratelimit-remaining": String(Math.max(0, remaining - 1)),
      "ratelimit-reset": String(Math.ceil(((this.#times[0] ?? now) + hour.milliseconds) / 1000)),
    };
    const limited = "API rate limit exceeded.";
    if (remaining <= 0) throw new DigitalOceanError("too_many_requests", limited, headers);
    const oldestOfBurst = this.#times.at(-burst.requests);
    const wait = oldestOfBurst === undefined ? 0 : oldestOfBurst + burst.milliseconds - now;
    if (wait > 0) {
      const retryAfter = { "retry-after": String(Math.ceil(wait / 1000)) };
      throw new DigitalOceanError("too_many_requests", limited, { ...headers, ...retryAfter });
    }
    this.#times.push(now);
    return headers;
  }
}
