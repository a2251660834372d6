import { Readable } from "node:stream";
import { serve } from "../../http.ts";
import type { Answer, HttpServer, MutualTls } from "../../http.ts";
import { renderLine, selectLines } from "./container-log.ts";
import type { ContainerLog } from "./container-log.ts";
import type { ContainerStatus } from "./pod.ts";

/** A pod as far as its logs go. */
export interface LoggedPod {
  logOf(container: string, previous: boolean): ContainerLog | undefined;
  statusOf(container: string): ContainerStatus | undefined;
}

/** A reader who lets so much pile up does not read any more. */
const longestBacklog = 16 * 1024 * 1024;

/** Serves `/containerLogs/NAMESPACE/POD/CONTAINER` as a kubelet does; without `tls` over plain HTTP, which a real API server refuses. */
export async function startLogServer(o: {
  readonly address: string;
  readonly tls?: MutualTls | undefined;
  readonly find: (namespace: string, pod: string) => LoggedPod | undefined;
}): Promise<HttpServer> {
  return serve({
    address: o.address,
    tls: o.tls,
    handle: (_request, url) => {
      const [, kind, namespace = "", pod = "", container = ""] = url.pathname.split("/").map(decodeURIComponent);
      if (kind !== "containerLogs") return text(404, "404 page not found");
      const found = o.find(namespace, pod);
      if (found === undefined) return text(404, `pod does not exist`);
      return answerLog(found, { pod, container, query: url.searchParams });
    },
  });
}

function answerLog(
  found: LoggedPod,
  o: { readonly pod: string; readonly container: string; readonly query: URLSearchParams },
): Answer {
  const { pod, container, query } = o;
  const status = found.statusOf(container);
  if (status === undefined) return text(400, `container "${container}" not found in pod "${pod}"`);
  const previous = query.get("previous") === "true";
  const log = found.logOf(container, previous);
  if (log === undefined && previous) {
    return text(400, `previous terminated container "${container}" in pod "${pod}" not found`);
  }
  if (log === undefined) return text(400, notAvailable(status, pod));
  const limit = query.get("limitBytes");
  return {
    status: 200,
    headers: { "content-type": "text/plain" },
    body: logBody(log, {
      timestamps: query.get("timestamps") === "true",
      tailLines: numberOf(query.get("tailLines")),
      sinceMs: sinceOf(query),
      follow: query.get("follow") === "true",
      limit: limit === null ? Infinity : Number(limit),
    }),
  };
}

function notAvailable({ name, state }: ContainerStatus, pod: string): string {
  const reason = state.waiting?.reason ?? "";
  const container = `container "${name}" in pod "${pod}"`;
  if (reason === "") return `${container} is not available`;
  if (reason === "ErrImagePull" || reason === "ImagePullBackOff") {
    return `${container} is waiting to start: trying and failing to pull image`;
  }
  return `${container} is waiting to start: ${reason}`;
}

interface BodyOptions {
  readonly timestamps: boolean;
  readonly tailLines: number | undefined;
  readonly sinceMs: number | undefined;
  readonly follow: boolean;
  readonly limit: number;
}

function logBody(log: ContainerLog, o: BodyOptions): Readable {
  let left = o.limit;
  let unfollow = (): void => undefined;
  const body = new Readable({
    read: () => undefined,
    destroy: (error, callback) => {
      unfollow();
      callback(error);
    },
  });
  const push = (line: string): void => {
    const bytes = Buffer.from(line).subarray(0, left);
    if (left <= 0 || body.destroyed) return;
    left -= bytes.length;
    body.push(bytes);
    if (left <= 0) body.push(null);
    else if (body.readableLength > longestBacklog) body.destroy();
  };
  push(selectLines(log.lines(), o).join(""));
  // Nothing can be written between these two: both happen in one turn of the event loop.
  if (o.follow) {
    unfollow = log.follow({
      onLine: (line) => push(renderLine(line, o.timestamps)),
      onEnd: () => left > 0 && body.push(null),
    });
  } else if (left > 0) body.push(null);
  return body;
}

function sinceOf(query: URLSearchParams): number | undefined {
  const seconds = numberOf(query.get("sinceSeconds"));
  if (seconds !== undefined) return Date.now() - seconds * 1_000;
  const time = query.get("sinceTime");
  return time === null ? undefined : Date.parse(time);
}

function numberOf(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}

function text(status: number, body: string): Answer {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
