import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { V1Pod } from "@kubernetes/client-node";
import type { Core } from "../core.ts";
import type { Draft } from "../kinds/rules.ts";
import { existing } from "../read.ts";
import type { Answer, Target } from "../request.ts";
import { internalError } from "../status.ts";
import { serveSpdy } from "./spdy.ts";

/**
 * `pods/NAME/portforward`: connections to ports of a pod, each as a pair of streams of one SPDY connection: `data`, and `error` for what goes
 * wrong with it. A request for a WebSocket in place of SPDY is refused; kubectl asks for SPDY then.
 */
export function portForward(core: Core, target: Target): Answer {
  const host = (existing(core, target) as Draft<V1Pod>).status?.podIP;
  if (host === undefined) throw internalError(`pod ${target.name} has no address yet`);
  return {
    code: 101,
    headers: { upgrade: "SPDY/3.1", "x-stream-protocol-version": "portforward.k8s.io" },
    upgrade: (connection) => forward(connection, host),
  };
}

async function forward(connection: Duplex, host: string): Promise<void> {
  const errors = new Map<string, Duplex>();
  await serveSpdy(connection, ({ headers, duplex }) => {
    const id = headers.get("requestid") ?? "";
    if (headers.get("streamtype") === "error") errors.set(id, duplex);
    else void toPort(duplex, { host, port: Number(headers.get("port")), errors: errors.get(id) });
  });
}

interface Port {
  readonly host: string;
  readonly port: number;
  readonly errors: Duplex | undefined;
}

async function toPort(stream: Duplex, { host, port, errors }: Port): Promise<void> {
  const socket = connect({ host, port, allowHalfOpen: true });
  try {
    await pipeline(stream, socket, stream);
  } catch (error) {
    errors?.write(`error forwarding port ${port}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    errors?.end();
  }
}
