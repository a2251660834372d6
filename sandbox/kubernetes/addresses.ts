import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { SlipwayError } from "../../src/error.ts";
import { systemErrorCode } from "./system-error.ts";

/** Whoever listens on this port of the network's first address owns the network; no pod gets an address in 127.x.0.0/24. */
const claimPort = 16_127;
const firstNetwork = 16;
const lastNetwork = 254;

/**
 * The addresses of one sandbox: a random /16 of 127.0.0.0/8, so that several sandboxes run side by side. Pods live in 127.x.1.1 to
 * 127.x.127.254, services in 127.x.128.1 to 127.x.255.254.
 */
export class AddressPool {
  readonly #network: string;
  readonly #claim: Server | undefined;
  readonly #pods: Range;
  readonly #services: Range;

  private constructor(network: string, claim?: Server) {
    this.#network = network;
    this.#claim = claim;
    this.#pods = new Range(network, { first: 1, last: 127 });
    this.#services = new Range(network, { first: 128, last: 255 });
  }

  /** All of a network that is this process's alone, such as `10.244`. A real API server takes no loopback addresses for endpoints. */
  static of(network: string): AddressPool {
    return new AddressPool(network);
  }

  /**
   * Claims a network for this process, until `close()` or the process's end.
   * @throws SlipwayError where the system has no loopback address but 127.0.0.1.
   */
  static async open(): Promise<AddressPool> {
    for (let tries = 0; tries < 64; tries++) {
      const network = `127.${randomInt(firstNetwork, lastNetwork + 1)}`;
      const claim = await claimAddress(`${network}.0.1`);
      if (claim !== undefined) return new AddressPool(network, claim);
    }
    throw new SlipwayError("Cannot find a free loopback network because other sandboxes hold them: got 64 refusals", {
      code: "configuration",
      hint: "Stop some of the sandboxes that run on this machine.",
    });
  }

  /** For `spec.podCIDR` of the node. */
  get podRange(): string {
    return `${this.#network}.0.0/17`;
  }

  /** An address that no other pod has now, and that none had lately. */
  nextPodAddress(): string {
    return this.#pods.next();
  }

  nextServiceAddress(): string {
    return this.#services.next();
  }

  /** Gives an address of either kind back. */
  release(address: string): void {
    this.#pods.release(address);
    this.#services.release(address);
  }

  close(): void {
    this.#claim?.close();
  }
}

/** The addresses `prefix`.first.1 to `prefix`.last.254. */
class Range {
  readonly #prefix: string;
  readonly #first: number;
  readonly #last: number;
  readonly #taken = new Set<string>();
  #position = 0;

  constructor(prefix: string, blocks: { readonly first: number; readonly last: number }) {
    this.#prefix = prefix;
    this.#first = blocks.first;
    this.#last = blocks.last;
  }

  /** Goes round the whole range before an address comes back, so that a late client never meets a stranger. */
  next(): string {
    const size = (this.#last - this.#first + 1) * 254;
    for (let tries = 0; tries < size; tries++) {
      const index = this.#position++ % size;
      const address = `${this.#prefix}.${this.#first + Math.floor(index / 254)}.${1 + (index % 254)}`;
      if (this.#taken.has(address)) continue;
      this.#taken.add(address);
      return address;
    }
    throw new SlipwayError(`Cannot give an address because all of them are in use: got ${size} in use`, {
      code: "refused",
    });
  }

  release(address: string): void {
    this.#taken.delete(address);
  }
}

async function claimAddress(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  server.listen({ port: claimPort, host: address, exclusive: true });
  try {
    await once(server, "listening");
  } catch (error) {
    if (systemErrorCode(error) === "EADDRINUSE") return undefined;
    throw noLoopback(address, error);
  }
  server.unref();
  return server;
}

function noLoopback(address: string, cause: unknown): SlipwayError {
  const got = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError(
    `Cannot give pods addresses of their own because this system cannot listen on ${address}: got ${got}`,
    {
      code: "configuration",
      hint: "Linux has all of 127.0.0.0/8; macOS has 127.0.0.1 alone: run the sandbox on Linux, in a virtual machine, or in WSL.",
      cause,
    },
  );
}
