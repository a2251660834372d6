import http from "node:http";

/** Between two requests to the same address, in ms. */
const everyMs = 50;
/** Nobody waits longer for a page. */
const patienceMs = 3_000;

export interface FailedRequest {
  readonly url: string;
  readonly at: Date;
  readonly why: string;
}

/**
 * Users who do not care about releases: they ask for the same pages all the time, each time on a new connection, and take no answer and
 * any 5xx for a failure.
 */
export class Users {
  readonly failed: FailedRequest[] = [];
  answered = 0;
  #stopped = false;
  #loops: Promise<void>[] = [];

  /** Starts to ask. */
  ask(urls: readonly string[]): void {
    this.#loops = urls.map((url) => this.#loop(url));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#loops);
  }

  async #loop(url: string): Promise<void> {
    while (!this.#stopped) {
      const started = performance.now();
      const why = await get(url).then(
        (status) => (status < 500 ? undefined : `answered ${status}`),
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (why === undefined) this.answered += 1;
      else this.failed.push({ url, at: new Date(), why });
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - (performance.now() - started))));
    }
  }
}

function get(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false, timeout: patienceMs }, (response) => {
      response
        .resume()
        .once("end", () => resolve(response.statusCode ?? 0))
        .once("error", reject);
    });
    request.once("timeout", () => request.destroy(new Error(`no answer in ${patienceMs} ms`))).once("error", reject);
  });
}
