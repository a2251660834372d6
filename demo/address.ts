import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";

/** Whoever listens here has the address for its demo. It is just below the ports that services may have. */
const claimPort = 29_999;
/** Any of them will do: all of 127.0.0.0/8 is this machine. */
const candidates = ["127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5"];

/** Finds an address of loopback where `ports` are free, and keeps it from other demos until `release`. */
export async function claimAddress(ports: readonly number[]): Promise<{ address: string; release(): void }> {
  for (const address of candidates) {
    const claim = await listen(address, claimPort);
    if (claim === undefined) continue;
    const tried = await Promise.all(ports.map((port) => listen(address, port)));
    for (const server of tried) server?.close();
    if (!tried.includes(undefined)) return { address, release: () => void claim.close() };
    claim.close();
  }
  throw new Error(
    `Cannot find an address for the app because something listens on port ${ports.join(" or ")}: tried ${candidates.join(", ")}`,
  );
}

/** Undefined where the port is taken, or the address is none of this machine. */
async function listen(address: string, port: number): Promise<Server | undefined> {
  const server = createServer().listen(port, address);
  try {
    await once(server, "listening");
    return server.unref();
  } catch {
    return undefined;
  }
}
