import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { bearerToken, json, readBody, serve } from "../http.ts";
import type { Answer, FaultHook } from "../http.ts";
import type { Registry } from "../registry/server.ts";
import { getCluster, getCredentials, getKubeconfig, listClusters } from "./clusters.ts";
import type { Cluster } from "./clusters.ts";
import { DigitalOceanError, notFound } from "./errors.ts";
import { RateLimit } from "./rate-limit.ts";
import { Registries } from "./registries.ts";

export interface DigitalOcean {
  /** For `DIGITALOCEAN_API_URL`. */
  readonly url: string;
  close(): Promise<void>;
}

/** One answered request; the path holds the query, so that a test can see what expiry was asked for. */
export interface DigitalOceanRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface DigitalOceanOptions {
  /** The account's personal access token. */
  readonly token: string;
  readonly clusters: readonly Cluster[];
  /** Names of the account's container registries, whose contents lie in `registry` below these names. */
  readonly registries: readonly string[];
  readonly registry: Registry;
  /** How many repositories the registry's subscription includes; 0 is no limit. */
  readonly includedRepositories?: number;
  /** Lets clusters pull from registries with a credential of their own, the Docker config `dockerConfig`. */
  readonly addRegistry?: (request: {
    clusterIds: readonly string[];
    registry: string;
    dockerConfig: string;
  }) => Promise<void>;
  readonly address?: string;
  readonly port?: number;
  readonly onRequest?: (request: DigitalOceanRequest) => void;
  readonly onFault?: FaultHook;
}

/** What Slipway uses of the DigitalOcean API, over plain HTTP on loopback. */
export async function startDigitalOcean(options: DigitalOceanOptions): Promise<DigitalOcean> {
  const registries = new Registries(options.registries, options.registry);
  const rateLimit = new RateLimit();
  const routes = routesOf(options, registries);
  const server = await serve({
    ...options,
    handle: async (request, { pathname, search }) => {
      // Absolute, because the links of pages are.
      const url = new URL(pathname + search, `http://${request.headers.host ?? ""}`);
      try {
        const bearer = bearerToken(request.headers.authorization) ?? "";
        if (request.method === "POST" && pathname === "/v1/oauth/revoke")
          return await revoke(request, bearer, registries);
        if (!same(bearer, options.token)) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
        const headers = rateLimit.count();
        const answer = await route(routes, { request, url });
        return { ...answer, headers: { ...headers, ...answer.headers } };
      } catch (error) {
        if (error instanceof DigitalOceanError) return error.answer;
        throw error;
      }
    },
    onAnswer: ({ method = "GET", url: path = "/" }, { status }) => options.onRequest?.({ method, path, status }),
  });
  return {
    url: `http://${server.address}`,
    close: async () => {
      registries.close();
      await server.close();
    },
  };
}

/** A token is revoked by whoever bears it: the form says which, and the authorization must be the same one. */
async function revoke(request: IncomingMessage, bearer: string, registries: Registries): Promise<Answer> {
  const form = new URLSearchParams(String(await readBody(request, 65_536)));
  if (form.get("token") !== bearer) throw new DigitalOceanError("unauthorized", "Unable to authenticate you.");
  return registries.revoke(bearer);
}

interface Context {
  readonly request: IncomingMessage;
  readonly url: URL;
}

/** The three texts are the parts of the path where the route has `*`, decoded; "" where it has fewer. */
type Handler = (context: Context, first: string, second: string, third: string) => Answer | Promise<Answer>;

type Routes = readonly (readonly [method: string, path: string, handler: Handler])[];

function routesOf(options: DigitalOceanOptions, registries: Registries): Routes {
  const { clusters } = options;
  const registry = "/v2/registries/*";
  const repository = `${registry}/repositories/*`;
  return [
    ["GET", "/v2/kubernetes/clusters", ({ url }) => listClusters(clusters, url)],
    ["GET", "/v2/kubernetes/clusters/*", (_, id) => getCluster(clusters, id)],
    ["GET", "/v2/kubernetes/clusters/*/credentials", ({ url }, id) => getCredentials(clusters, id, url)],
    ["GET", "/v2/kubernetes/clusters/*/kubeconfig", ({ url }, id) => getKubeconfig(clusters, id, url)],
    ["POST", "/v2/kubernetes/registries", ({ request }) => addRegistries(request, options, registries)],
    ["GET", "/v2/registry", () => registries.getOnly()],
    ["GET", "/v2/registries", () => registries.list()],
    ["GET", "/v2/registries/subscription", () => subscription(options.includedRepositories ?? 0)],
    ["GET", registry, (_, name) => registries.get(name)],
    ["GET", `${registry}/docker-credentials`, ({ url }, name) => registries.dockerCredentials(name, url)],
    ["GET", `${registry}/repositoriesV2`, ({ url }, name) => registries.listRepositories(name, url)],
    ["GET", `${registry}/garbage-collection`, (_, name) => registries.getGarbageCollection(name)],
    ["POST", `${registry}/garbage-collection`, ({ request }, name) => collectGarbage(request, name, registries)],
    ["GET", `${repository}/tags`, ({ url }, name, repo) => registries.listTags(name, repo, url)],
    ["GET", `${repository}/digests`, ({ url }, name, repo) => registries.listManifests(name, repo, url)],
    ["DELETE", `${repository}/tags/*`, (_, name, repo, tag) => registries.delete(name, repo, tag)],
    ["DELETE", `${repository}/digests/*`, (_, name, repo, digest) => registries.delete(name, repo, digest)],
  ];
}

function route(routes: Routes, context: Context): Answer | Promise<Answer> {
  const asked = context.url.pathname.replace(/\/$/, "").split("/");
  for (const [method, path, handler] of routes) {
    const parts = path.split("/");
    const fits = parts.length === asked.length && parts.every((part, index) => part === "*" || part === asked[index]);
    if (method !== context.request.method || !fits) continue;
    const [first = "", second = "", third = ""] = asked.filter((_, index) => parts[index] === "*").map(decode);
    return handler(context, first, second, third);
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

async function addRegistries(request: IncomingMessage, options: DigitalOceanOptions, all: Registries): Promise<Answer> {
  const { cluster_uuids: clusterIds, registries } = await readJson(request);
  const known = (names: unknown, possible: readonly string[]): names is string[] =>
    Array.isArray(names) && names.every((name) => possible.includes(String(name)));
  const ids = options.clusters.map(({ id }) => id);
  if (!known(clusterIds, ids) || !known(registries, options.registries)) throw notFound();
  for (const registry of registries) {
    const dockerConfig = all.mint(registry, { readWrite: false, seconds: 0 });
    await options.addRegistry?.({ clusterIds, registry, dockerConfig });
  }
  return { status: 204 };
}

async function collectGarbage(request: IncomingMessage, name: string, registries: Registries): Promise<Answer> {
  const { type = "untagged manifests and unreferenced blobs" } = await readJson(request);
  return registries.startGarbageCollection(name, String(type));
}

function subscription(includedRepositories: number): Answer {
  const tier = { name: "Professional", slug: "professional", included_repositories: includedRepositories };
  const storage = { included_storage_bytes: 107_374_182_400, allow_storage_overage: true };
  return json(200, { subscription: { tier: { ...tier, ...storage } } });
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const body = String((await readBody(request, 1_048_576)) ?? "");
  if (body === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new DigitalOceanError("bad_request", "the request's body is not a JSON object");
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
