import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Container, Handler } from "./pod.ts";

/** Where a handler's actions go. */
export interface HandlerTarget {
  readonly address: string;
  readonly container: Container;
  /** Runs a command in the container; resolves with what it wrote, whatever its exit code. */
  exec(command: readonly string[], timeoutMs: number): Promise<ExecEnd>;
}

export interface ExecEnd {
  readonly exitCode: number | "timed out";
  readonly output: string;
}

export type HandlerResult = { readonly ok: true } | { readonly ok: false; readonly output: string };

const fine: HandlerResult = { ok: true };

/** Does what a probe or a hook asks for. A failure is a result, in the kubelet's own words. */
export async function runHandler(o: {
  readonly handler: Handler;
  readonly target: HandlerTarget;
  readonly timeoutMs: number;
}): Promise<HandlerResult> {
  const { exec, httpGet, tcpSocket, sleep: pause } = o.handler;
  if (exec) return execAction(exec.command ?? [], o);
  if (httpGet) return httpAction(httpGet, o);
  if (tcpSocket) {
    return tcpAction({ host: tcpSocket.host ?? o.target.address, port: portNumber(tcpSocket.port, o.target), ...o });
  }
  if (pause) {
    await sleep(Math.min(pause.seconds * 1_000, o.timeoutMs));
    return fine;
  }
  return { ok: false, output: "missing handler: the sandbox knows exec, httpGet, tcpSocket and sleep" };
}

interface Context {
  readonly target: HandlerTarget;
  readonly timeoutMs: number;
}

async function execAction(command: readonly string[], { target, timeoutMs }: Context): Promise<HandlerResult> {
  const { exitCode, output } = await target.exec(command, timeoutMs);
  if (exitCode === 0) return fine;
  if (exitCode !== "timed out") return { ok: false, output: output || `command terminated with exit code ${exitCode}` };
  return { ok: false, output: `command timed out: "${command.join(" ")}" timed out after ${timeoutMs / 1_000}s` };
}

function httpAction(action: NonNullable<Handler["httpGet"]>, { target, timeoutMs }: Context): Promise<HandlerResult> {
  const scheme = action.scheme === "HTTPS" ? "https" : "http";
  const host = action.host ?? target.address;
  const port = portNumber(action.port, target);
  const path = (action.path ?? "/").replace(/^(?!\/)/, "/");
  const failed = (problem: string): HandlerResult => ({
    ok: false,
    output: `Get "${scheme}://${host}:${port}${path}": ${problem}`,
  });
  const headers = (action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const);
  return new Promise((resolve) => {
    const send = scheme === "https" ? httpsRequest : httpRequest;
    const request = send({
      host,
      port,
      path,
      agent: false,
      // The kubelet does not check certificates of probes: nobody signs them for a pod's address.
      rejectUnauthorized: false,
      headers: { "user-agent": "kube-probe/1.34", accept: "*/*", ...Object.fromEntries(headers) },
    });
    const timer = setTimeout(() => request.destroy(new TimeoutError()), timeoutMs);
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      response
        .on("close", () => clearTimeout(timer))
        .on("error", () => undefined)
        .resume();
      resolve(
        status >= 200 && status < 400 ? fine : { ok: false, output: `HTTP probe failed with statuscode: ${status}` },
      );
    });
    request.on("error", (error) => {
      clearTimeout(timer);
      resolve(failed(problemOf(error, `${host}:${port}`)));
    });
    request.end();
  });
}

function tcpAction(o: {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}): Promise<HandlerResult> {
  return new Promise((resolve) => {
    const socket = connect({ host: o.host, port: o.port, timeout: o.timeoutMs });
    const end = (result: HandlerResult): void => {
      socket.destroy();
      resolve(result);
    };
    socket.once("connect", () => end(fine));
    socket.once("timeout", () => end({ ok: false, output: `dial tcp ${o.host}:${o.port}: i/o timeout` }));
    socket.once("error", (error) => end({ ok: false, output: problemOf(error, `${o.host}:${o.port}`) }));
  });
}

class TimeoutError extends Error {}

/** A failed connection in the words of Go, which is what users find in their events. */
function problemOf(error: Error & { readonly code?: string }, address: string): string {
  if (error instanceof TimeoutError) {
    return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
  }
  switch (error.code) {
    case "ECONNREFUSED":
      return `dial tcp ${address}: connect: connection refused`;
    case "ECONNRESET":
      return error.message === "socket hang up" ? "EOF" : `read tcp ${address}: read: connection reset by peer`;
    default:
      return error.message;
  }
}

function portNumber(port: number | string, target: HandlerTarget): number {
  if (typeof port === "number") return port;
  const named = target.container.ports?.find((each) => each.name === port)?.containerPort;
  return named ?? Number(port);
}
