import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer } from "../../sandbox/kubernetes/api/request.ts";
import { send } from "../../sandbox/kubernetes/api/server.ts";
import type { Clock } from "../../src/runner/clock.ts";

/** One request of a run, told from all others of the run in the same way each time that it is played. */
export interface Sighting {
  /** Such as `PATCH /api/v1/namespaces/shop/configmaps/a dryRun=All`. */
  readonly what: string;
  /** How many of that kind came before it. */
  readonly nth: number;
  /** When it came, on the run's clock. */
  readonly atMs: number;
}

/** What goes wrong with one request. */
export type Fault =
  /** The connection breaks before the server has seen the request, or after it has handled it. */
  | { readonly kind: "reset" | "lost" }
  /** It breaks in the middle of the answer's body. */
  | { readonly kind: "cut" }
  /** Nothing ever comes back, whether the server has handled the request or not. */
  | { readonly kind: "silent" | "mute" }
  | { readonly kind: "late"; readonly ms: number }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Record<string, string>;
      readonly body: string;
    }
  /** The client's process ends, before the server has seen the request or after it has handled it. */
  | { readonly kind: "kill" | "kill-after" };

/** Decides what becomes of a request; `undefined` lets it pass. */
export type Script = (sighting: Sighting) => Fault | undefined;

export interface ProxyOptions {
  readonly target: { readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<Answer> };
  readonly clock: Clock;
  readonly script: Script;
  /** Called when the script has the client killed. */
  readonly onKill: () => void;
}

/**
 * What one run takes for its API server: it hands on the answers of the real one, by plain HTTP, and makes go wrong what the script says. All that
 * passes is counted, and so is what is held back for nothing but time to pass.
 */
export class FaultProxy {
  readonly sightings: Sighting[] = [];
  /** Grows with everything that passes. */
  events = 0;
  /** Requests that will get no further unless time passes. */
  held = 0;
  readonly #server: Server;
  readonly #options: ProxyOptions;
  readonly #seen = new Map<string, number>();
  #isShut = false;

  private constructor(server: Server, options: ProxyOptions) {
    this.#server = server;
    this.#options = options;
    server.on("connection", (socket) => {
      if (this.#isShut) socket.destroy();
    });
    server.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
      this.events++;
      // Whichever side breaks off, the other has to see it.
      this.#serve(incoming, response).catch(() => incoming.socket.destroy());
    });
  }

  static async start(options: ProxyOptions): Promise<FaultProxy> {
    const server = createServer({ keepAliveTimeout: 120_000 });
    const proxy = new FaultProxy(server, options);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Nothing more of the client reaches the server: what the death of its process means to the server. */
  cutOff(): void {
    this.#isShut = true;
    this.#server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.cutOff();
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#options.script(this.#see(incoming));
    switch (fault?.kind) {
      case undefined:
        return this.#forward(incoming, response);
      case "reset":
        return void incoming.socket.resetAndDestroy();
      case "lost":
        await this.#ask(incoming, response);
        return void incoming.socket.resetAndDestroy();
      case "cut":
        return this.#cut(incoming, response);
      case "silent":
        return this.#hold(response, new Promise(() => undefined));
      case "mute":
        await this.#ask(incoming, response);
        return this.#hold(response, new Promise(() => undefined));
      case "late":
        await this.#hold(response, this.#options.clock.sleep(fault.ms));
        return response.closed ? undefined : this.#forward(incoming, response);
      case "answer":
        incoming.resume();
        return void response.writeHead(fault.status, fault.headers).end(fault.body);
      case "kill-after":
        await this.#ask(incoming, response);
        this.#options.onKill();
        return;
      case "kill":
        this.#options.onKill();
        return;
    }
  }

  #see(incoming: IncomingMessage): Sighting {
    const what = describe(incoming);
    const nth = this.#seen.get(what) ?? 0;
    this.#seen.set(what, nth + 1);
    const sighting = { what, nth, atMs: this.#options.clock.now() };
    this.sightings.push(sighting);
    return sighting;
  }

  async #forward(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { chunks, ...answer } = await this.#ask(incoming, response);
    await send(response, chunks === undefined ? answer : { ...answer, chunks: this.#counted(chunks) });
    this.events++;
  }

  async *#counted(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array | string> {
    for await (const chunk of chunks) {
      this.events++;
      yield chunk;
    }
  }

  /** After half of the body, or of what a stream begins with. */
  async #cut(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#ask(incoming, response);
    // From a watch nothing may come for long: it is cut after its head.
    const isWatch = incoming.url?.includes("watch=true") === true;
    const body = isWatch ? Buffer.alloc(0) : await beginning(answer);
    const length = answer.chunks === undefined ? { "content-length": body.length } : {};
    response.writeHead(answer.code, { "content-type": "application/json", ...length, ...answer.headers });
    response.flushHeaders();
    response.write(body.subarray(0, Math.floor(body.length / 2)));
    // Written first, then reset: what was sent has to arrive.
    response.socket?.end();
    response.socket?.destroySoon();
  }

  async #hold(response: ServerResponse, until: Promise<void>): Promise<void> {
    this.held++;
    await Promise.race([until, once(response, "close")]);
    this.held--;
    this.events++;
  }

  async #ask(incoming: IncomingMessage, response: ServerResponse): Promise<Answer> {
    const answer = await this.#options.target.answer(incoming, response);
    this.events++;
    return answer;
  }
}

/** The body, or the first piece of a stream. */
async function beginning({ json, text = "", chunks }: Answer): Promise<Buffer> {
  if (json !== undefined) return Buffer.from(JSON.stringify(json));
  for await (const chunk of chunks ?? []) return Buffer.from(chunk);
  return Buffer.from(text);
}

/** What of the query tells requests apart; the rest differs from run to run, as do the names of pods and the ids in selectors. */
const telling = ["watch", "dryRun", "fieldManager", "labelSelector", "fieldSelector"];

function describe({ method = "GET", url = "/" }: IncomingMessage): string {
  const { pathname, searchParams } = new URL(url, "http://proxy");
  const path = pathname.replace(/(\/pods\/.*-)[a-z0-9]{5}(\/|$)/, "$1*$2");
  const query = telling.flatMap((name) => (searchParams.has(name) ? [`${name}=${searchParams.get(name) ?? ""}`] : []));
  const texts = query
    .filter((each) => each !== "fieldManager=slipway")
    .map((each) => each.replace(/uid(=| in ).*/, "uid$1*"));
  return [method, path, ...texts].join(" ");
}
