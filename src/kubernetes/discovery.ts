import { inspect } from "node:util";
import { SlipwayError } from "../error.ts";
import { nearest } from "../runner/nearest.ts";
import { ApiError } from "./api-error.ts";
import type { KubernetesApi } from "./api.ts";
import { isGroupList, readAggregated, readGroupList, readResourceList } from "./discovery-documents.ts";

/** A kind that the server has, in one version. */
export interface ResourceKind {
  /** "" for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  /** Such as `status`, `scale` and `log`. */
  readonly subresources: readonly string[];
}

/** What a server has. */
export interface Discovery {
  readonly kinds: readonly ResourceKind[];
  /** Group versions (such as `metrics.k8s.io/v1beta1`) whose own server does not answer: their kinds are unknown for now. */
  readonly unavailable: readonly string[];
  find(apiVersion: string, kind: string): ResourceKind | undefined;
  /** What was most likely meant by a kind that there is not, such as "Deployment in apps/v1". */
  nearest(apiVersion: string, kind: string): string | undefined;
}

/** Asks for aggregated discovery (Kubernetes 1.27 and later), and takes the older documents where the server has no other. */
const accept = [
  "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
  "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
  "application/json",
].join(",");

/**
 * Asks the server what it has: two requests, or one for each group version on an old server.
 * @throws SlipwayError `refused` where what answers is no API server of Kubernetes, such as a page to log in.
 */
export async function discover(api: KubernetesApi): Promise<Discovery> {
  const roots = await Promise.all(["/api", "/apis"].map((path) => api.request({ method: "GET", path, accept })));
  const found = await Promise.all(
    roots.map(async (root) => readAggregated(root) ?? (await readUnaggregated(api, root))),
  );
  return makeDiscovery(
    found.flatMap((part) => part.kinds),
    found.flatMap((part) => part.unavailable),
  );
}

async function readUnaggregated(
  api: KubernetesApi,
  root: unknown,
): Promise<{ readonly kinds: readonly ResourceKind[]; readonly unavailable: readonly string[] }> {
  if (!isGroupList(root)) throw notKubernetes(root);
  const unavailable: string[] = [];
  const lists = readGroupList(root).map(async (groupVersion) => {
    const path = groupVersion.includes("/") ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
    try {
      return readResourceList(await api.request({ method: "GET", path }));
    } catch (error) {
      // An aggregated API whose server is away must not stop a deploy that does not need it.
      if (!(error instanceof ApiError) || (error.status < 500 && error.status !== 404)) throw error;
      unavailable.push(groupVersion);
      return [];
    }
  });
  return { kinds: (await Promise.all(lists)).flat(), unavailable };
}

function notKubernetes(root: unknown): SlipwayError {
  const got = typeof root === "string" ? root : inspect(root, { depth: 1, breakLength: Infinity });
  return new SlipwayError(
    `Cannot ask the server what kinds it has because it does not answer as Kubernetes does: got ${got.slice(0, 100) || "an empty answer"}`,
    { code: "refused", hint: "Check the server's address. A proxy on the way may have answered in its place." },
  );
}

/** Makes a Discovery of what is known by other means. */
export function makeDiscovery(kinds: readonly ResourceKind[], unavailable: readonly string[] = []): Discovery {
  const byName = new Map(kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind]));
  return {
    kinds,
    unavailable,
    find: (apiVersion, kind) => byName.get(`${apiVersion} ${kind}`),
    nearest: (apiVersion, kind) => {
      const found = nearestKind(kinds, apiVersion, kind);
      return found && `${found.kind} in ${apiVersionOf(found)}`;
    },
  };
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({ group, version }: Pick<ResourceKind, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}

/**
 * First the same kind elsewhere, which covers versions that are gone (extensions/v1beta1) and a forgotten group; then a kind that was
 * written as its plural or in other case, or mistyped; at last a mistyped apiVersion.
 */
function nearestKind(kinds: readonly ResourceKind[], apiVersion: string, kind: string): ResourceKind | undefined {
  const near = [...kinds].sort((a, b) => remoteness(a, apiVersion) - remoteness(b, apiVersion));
  const word = kind.toLowerCase();
  const same = near.find((candidate) => candidate.kind.toLowerCase() === word || candidate.plural === word);
  if (same !== undefined) return same;
  const name = nearest(kind, new Set(near.map((candidate) => candidate.kind)));
  return near.find((candidate) => candidate.kind === name);
}

/** Smaller is nearer: the very apiVersion, its group, Kubernetes' own groups, others; stable versions before the rest. */
function remoteness(kind: ResourceKind, apiVersion: string): number {
  const unstable = /alpha|beta/.test(kind.version) ? 1 : 0;
  if (apiVersionOf(kind) === apiVersion) return 0;
  if (apiVersion.startsWith(`${kind.group}/`)) return 2 + unstable;
  if (kind.group === "" || !kind.group.includes(".")) return 4 + unstable;
  return (kind.group.endsWith(".k8s.io") ? 6 : 8) + unstable;
}

/** What of a kind its paths are made of. */
export type KindPath = Pick<ResourceKind, "group" | "version" | "plural" | "namespaced">;

/** The path of all objects of a kind, in one namespace or, without it, in all. */
export function collectionPath(kind: KindPath, namespace?: string): string {
  const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`;
  const scope = kind.namespaced && namespace ? `/namespaces/${segment(namespace)}` : "";
  return `${root}${scope}/${kind.plural}`;
}

/** The path of one object or of a subresource of it. `namespace` is not looked at for cluster-scoped kinds. */
export function objectPath(kind: KindPath, namespace: string, name: string, subresource?: string): string {
  const path = `${collectionPath(kind, namespace)}/${segment(name)}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** A name as one segment of a path, whatever it holds: `.` and `..` would otherwise lead elsewhere. */
function segment(name: string): string {
  if (name === "" || name === "." || name === "..") {
    throw new RangeError(`not a name of an object: ${JSON.stringify(name)}`);
  }
  return encodeURIComponent(name);
}
