import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { bearerToken, readBody, serve } from "../http.ts";
import type { Answer, FaultHook } from "../http.ts";
import type { Registry } from "../registry/server.ts";
import { getCluster, getCredentials, listClusters } from "./clusters.ts";
import type { Cluster } from "./clusters.ts";
import { DigitalOceanError, notFound } from "./errors.ts";
import { RateLimit } from "./rate-limit.ts";
import { Registries } from "./registries.ts";

export interface DigitalOcean {
  /** For `DIGITALOCEAN_API_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface DigitalOceanOptions {
  /** The account's personal access token. */
  readonly token: string;
  readonly clusters: readonly Cluster[];
  /** Names of the account's container registries, whose contents lie in `registry` below these names. */
  readonly registries: readonly string[];
  readonly registry: Registry;
  readonly address?: string;
  readonly port?: number;
  readonly onFault?: FaultHook;
}

/** What Slipway uses of the DigitalOcean API, over plain HTTP on loopback; for all else it answers 404. */
export async function startDigitalOcean(options: DigitalOceanOptions): Promise<DigitalOcean> {
  const registries = new Registries(options.registries, options.registry);
  const rateLimit = new RateLimit();
  const routes = routesOf(options, registries);
  const server = await serve({
    ...options,
    handle: async (request, { pathname, search }) => {
      const url = new URL(pathname + search, "http://sandbox");
      try {
        const bearer = bearerToken(request.headers.authorization) ?? "";
        if (request.method === "POST" && pathname === "/v1/oauth/revoke")
          return await revoke(request, bearer, registries);
        if (!same(bearer, options.token)) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
        const headers = rateLimit.count();
        const answer = route(routes, request.method ?? "", url);
        return { ...answer, headers: { ...headers, ...answer.headers } };
      } catch (error) {
        if (error instanceof DigitalOceanError) return error.answer;
        throw error;
      }
    },
  });
  return { url: `http://${server.address}`, close: () => server.close() };
}

/** A token is revoked by whoever bears it: the form says which, and the authorization must be the same one. */
async function revoke(request: IncomingMessage, bearer: string, registries: Registries): Promise<Answer> {
  const form = new URLSearchParams(String(await readBody(request, 65_536)));
  if (form.get("token") !== bearer) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
  return registries.revoke(bearer);
}

/** `part` is the part of the path where the route has `*`, decoded; "" where it has none. */
type Handler = (url: URL, part: string) => Answer;

type Routes = readonly (readonly [method: string, path: string, handler: Handler])[];

function routesOf({ clusters }: DigitalOceanOptions, registries: Registries): Routes {
  return [
    ["GET", "/v2/kubernetes/clusters", () => listClusters(clusters)],
    ["GET", "/v2/kubernetes/clusters/*", (_, id) => getCluster(clusters, id)],
    ["GET", "/v2/kubernetes/clusters/*/credentials", (url, id) => getCredentials(clusters, id, url)],
    ["GET", "/v2/registries", () => registries.list()],
    ["GET", "/v2/registries/*/docker-credentials", (url, name) => registries.dockerCredentials(name, url)],
  ];
}

function route(routes: Routes, asked: string, url: URL): Answer {
  const given = url.pathname.replace(/\/$/, "").split("/");
  for (const [method, path, handler] of routes) {
    const parts = path.split("/");
    const fits = parts.length === given.length && parts.every((part, index) => part === "*" || part === given[index]);
    if (method === asked && fits) return handler(url, decode(given[parts.indexOf("*")] ?? ""));
  }
  throw notFound();
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw notFound();
  }
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
