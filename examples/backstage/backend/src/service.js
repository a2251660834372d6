import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { HttpError } from "./http-error.js";
import { log } from "./log.js";

/** Long enough for a busy client to get one more answer, which tells it to open its next connection somewhere else. */
const lingerMs = 1_500;

/** Kubernetes kills a pod 30 s after it asked it to stop; requests that are still running by then would be cut anyway. */
const drainMs = 20_000;

/**
 * Serves `routes`, such as `{ "GET /posts/:id": handler }`, until SIGTERM or SIGINT. A handler gets `{ request, url, names }` and returns
 * `{ status, body, headers }`. Every service answers `GET /health`, to its end: a pod that is draining is well.
 */
export async function runService({ name, host, port, version, routes }) {
  let draining = false;
  const health = () => ({
    status: 200,
    body: { status: "healthy", service: name, version, timestamp: new Date().toISOString() },
  });
  const table = compile({ ...routes, "GET /health": health });
  const server = createServer((request, response) => {
    const started = performance.now();
    response.once("close", () => logRequest(request, response, performance.now() - started));
    void answer(table, request).then((result) => send(request, response, { ...result, last: draining }));
  });
  // A client that dawdles over its request must not hold a connection for ever.
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  server.listen(port, host);
  await once(server, "listening");
  log("info", "listening", { service: name, version, address: `http://${host}:${server.address().port}` });

  const reason = await Promise.race(["SIGTERM", "SIGINT"].map((signal) => once(process, signal).then(() => signal)));
  draining = true;
  log("info", "stopping", { service: name, reason });
  // Closing a connection just while a request comes in over it would fail that request, so connections are talked out of first.
  await sleep(lingerMs);
  const closed = once(server, "close");
  // Stops listening and ends idle connections; the others end with the answer they are waiting for.
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(timer);
  log("info", "stopped", { service: name });
}

function compile(routes) {
  return Object.entries(routes).map(([route, handler]) => {
    const [method, path] = route.split(" ");
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
    return { method, pattern, handler };
  });
}

async function answer(table, request) {
  try {
    const url = URL.parse(request.url, "http://service");
    if (url === null) throw new HttpError(400, "This is not an address.");
    const found = table.filter(({ pattern }) => pattern.test(url.pathname));
    if (found.length === 0) throw new HttpError(404, "There is nothing here.");
    const method = request.method === "HEAD" ? "GET" : request.method;
    const route = found.find((candidate) => candidate.method === method);
    if (route === undefined) {
      throw new HttpError(405, "This address does not take that method.", {
        headers: { allow: found.map((one) => one.method).join(", ") },
      });
    }
    return await route.handler({ request, url, names: route.pattern.exec(url.pathname).groups ?? {} });
  } catch (error) {
    if (error instanceof HttpError)
      return { status: error.status, headers: error.headers, body: { error: error.message, problems: error.problems } };
    log("error", "a request failed", { path: request.url, error: error.stack });
    return { status: 500, body: { error: "Something went wrong here." } };
  }
}

function send(request, response, { status, body, headers = {}, last }) {
  const text = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(text === "" ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
    "cache-control": "no-store",
    ...(last ? { connection: "close" } : {}),
    ...headers,
  });
  if (!request.complete) request.resume();
  response.end(request.method === "HEAD" ? undefined : text);
}

/** Probes come every few seconds for as long as a pod lives: only their failures are worth a line. */
function logRequest(request, response, milliseconds) {
  const path = request.url.split("?")[0];
  if (response.statusCode < 400 && path === "/health") return;
  log("info", "request", { method: request.method, path, status: response.statusCode, ms: Math.round(milliseconds) });
}

/** Runs `main`; what makes a start impossible becomes one line of the log and exit code 1. */
export async function start(main) {
  try {
    await main();
  } catch (error) {
    log("error", error.message);
    process.exitCode = 1;
  }
}
