import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Server, Socket } from "node:net";

/**
 * A gate lets connections pass between two network namespaces of this machine, which have no network in common but the same files: it is
 * a Unix socket. Whoever connects says to which port of the other side's loopback it wants to, in five digits, and is answered with
 * one byte. From then on, both directions are the connection's own.
 */
export interface Gate {
  close(): Promise<void>;
}

const accepted = "+";
const refused = "-";

/** Opens a gate to the ports of this side that `mayPass` allows. */
export async function openGate(path: string, mayPass: (port: number) => boolean): Promise<Gate> {
  const gate = new Listener((visitor) => {
    void readExactly(visitor, 5).then((digits) => {
      const port = Number(digits);
      if (!mayPass(port)) return void visitor.end(refused);
      const inner = connect({ host: "127.0.0.1", port, allowHalfOpen: true, noDelay: true });
      inner.once("connect", () => {
        visitor.write(accepted);
        join(visitor, inner);
      });
      inner.once("error", () => visitor.end(refused));
    });
  });
  return gate.listen({ path });
}

/** Listens on an address of this side for a port behind the gate. A connection that is refused there is reset here. */
export async function publish(o: {
  readonly host: string;
  readonly port: number;
  readonly gate: string;
  /** The port behind the gate. */
  readonly to: number;
}): Promise<Gate> {
  const door = new Listener((client) => {
    const outer = connect({ path: o.gate, allowHalfOpen: true });
    outer.on("error", () => cut(client));
    outer.write(String(o.to).padStart(5, "0"));
    void readExactly(outer, 1).then((answer) => {
      if (answer === accepted) join(client, outer);
      else cut(client);
    });
  });
  return door.listen({ host: o.host, port: o.port });
}

/** A server whose connections end with it. */
class Listener {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(onConnection: (socket: Socket) => void) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => this.#sockets.delete(socket));
      onConnection(socket);
    });
  }

  async listen(where: { readonly path: string } | { readonly host: string; readonly port: number }): Promise<Gate> {
    await once(this.#server.listen(where), "listening");
    return { close: () => this.#close() };
  }

  async #close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

function join(one: Socket, other: Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    // One that ended in order has ended the other by the pipe, after all that was still to be sent.
    from.once("close", () => {
      if (!from.readableEnded) cut(to);
    });
    from.on("error", () => undefined).pipe(to);
  }
}

/** Ends a connection at once; only TCP can say that this is no orderly end. */
function cut(socket: Socket): void {
  if (socket.remoteAddress === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

/** The first bytes of a connection, leaving the others where they are; "" when it ends before. */
async function readExactly(socket: Socket, length: number): Promise<string> {
  for (;;) {
    const bytes = socket.read(length) as Buffer | null;
    if (bytes !== null) return bytes.toString("ascii");
    if (socket.readableEnded || socket.destroyed) return "";
    await new Promise<void>((resolve) => {
      for (const event of ["readable", "end", "close"] as const) socket.once(event, () => resolve());
    });
  }
}
