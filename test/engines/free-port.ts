import { once } from "node:events";
import { createServer } from "node:net";
import { randomInt } from "node:crypto";
import { systemErrorCode } from "../../sandbox/kubernetes/system-error.ts";

/**
 * A port of 127.0.0.1 that nobody listens on. It is below those that the system gives to connections, so that it is still free when it
 * is listened on a moment later, and below those of NodePorts.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(16_384, 29_990);
    const server = createServer();
    try {
      await once(server.listen({ host: "127.0.0.1", port, exclusive: true }), "listening");
    } catch (error) {
      if (systemErrorCode(error) === "EADDRINUSE") continue;
      throw error;
    }
    server.close();
    await once(server, "close");
    return port;
  }
}
