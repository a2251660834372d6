import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { request } from "node:https";
import type { Agent } from "node:https";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream/promises";
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
  readonly target: { readonly url: string; readonly agent: Agent };
  readonly clock: Clock;
  readonly script: Script;
  /** Called when the script has the client killed. */
  readonly onKill: () => void;
}

/**
 * Stands between one run and its API server, and makes go wrong what the script says. Plain HTTP on loopback towards the client. All that
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
    const answer = await this.#ask(incoming, response);
    answer.on("data", () => this.events++);
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.flushHeaders();
    await pipeline(answer, response);
    this.events++;
  }

  /** After half of the first that comes; a watch, from which nothing may come for long, after its head. */
  async #cut(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#ask(incoming, response);
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    response.flushHeaders();
    const isWatch = incoming.url?.includes("watch=true") === true;
    for await (const chunk of isWatch ? [] : (answer as AsyncIterable<Buffer>)) {
      response.write(chunk.subarray(0, Math.floor(chunk.length / 2)));
      break;
    }
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

  async #ask(incoming: IncomingMessage, response: ServerResponse): Promise<IncomingMessage> {
    const { method, url = "/", headers } = incoming;
    const { url: server, agent } = this.#options.target;
    const outgoing = request(new URL(url, server), { method, headers, agent });
    response.once("close", () => outgoing.destroy());
    const [[answer]] = await Promise.all([
      once(outgoing, "response") as Promise<[IncomingMessage]>,
      pipeline(incoming, outgoing),
    ]);
    this.events++;
    return answer;
  }
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
