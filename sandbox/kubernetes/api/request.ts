import type { Resource, Resources } from "./resources.ts";
import { methodNotAllowed, Refusal, unknownRoute } from "./status.ts";

/** Who asks, as authentication found. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface Call {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly contentType: string;
  readonly userAgent: string;
  readonly body: string;
  readonly user: User;
  /** Aborted when nobody reads the answer any more. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly code: number;
  /** A JSON value. Exactly one of `json`, `text`, `chunks` is given. */
  readonly json?: unknown;
  readonly text?: string;
  readonly chunks?: AsyncIterable<Uint8Array | string>;
  /** For `json` it is `application/json`. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
}

export type Verb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** What a request is about: a resource, one of its objects ("" for the collection), and a subresource of that object. */
export interface Target {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  /** What follows the subresource: the path of a proxied request. */
  readonly rest: string;
  readonly verb: Verb;
}

/** The parts of a resource path before it is known whether such a resource exists: authorisation needs no more. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly rest: string;
}

/** Undefined for a path that is not one of resources: discovery, health, OpenAPI. */
export function resourcePath(path: string): ResourcePath | undefined {
  const parts = path.split("/").slice(1).map(decodeURIComponent);
  if (parts.at(-1) === "") parts.pop();
  const core = parts[0] === "api";
  if (!core && parts[0] !== "apis") return undefined;
  const [group, version, rest] = core ? ["", parts[1], parts.slice(2)] : [parts[1], parts[2], parts.slice(3)];
  if (group === undefined || version === undefined || rest.length === 0) return undefined;
  // `/api/v1/namespaces/x/status` is about a namespace; `/api/v1/namespaces/x/pods` about pods in it.
  const inside = rest[0] === "namespaces" && rest.length > 2 && rest[2] !== "status" && rest[2] !== "finalize";
  const namespace = inside ? (rest[1] ?? "") : "";
  const [plural = "", name = "", subresource = "", ...more] = inside ? rest.slice(2) : rest;
  return {
    group,
    version,
    plural,
    // As the real server does, a namespace is thought to be inside itself: it shows in messages and in authorisation.
    namespace: plural === "namespaces" && group === "" ? name : namespace,
    name,
    subresource,
    rest: more.join("/"),
  };
}

export function verbOf(call: Pick<Call, "method" | "query">, path: ResourcePath): Verb | undefined {
  switch (call.method) {
    case "GET":
    case "HEAD":
      if (path.name !== "") return "get";
      return isTrue(call.query.get("watch")) ? "watch" : "list";
    case "POST":
      return "create";
    case "PUT":
      return "update";
    case "PATCH":
      return "patch";
    case "DELETE":
      return path.name === "" ? "deletecollection" : "delete";
    default:
      return undefined;
  }
}

/** Finds what a path names. Throws the 404 and 405 that Kubernetes' router answers. */
export function target(call: Call, path: ResourcePath, resources: Resources): Target {
  const resource = resources.find(path.group, path.version, path.plural);
  if (resource === undefined) throw resources.isBuiltIn(path.group) ? unknownRoute() : new PageNotFound();
  const subresource = path.subresource === "" ? undefined : resource.subresources.get(path.subresource);
  if (path.subresource !== "" && subresource === undefined) throw unknownRoute();
  const verb = verbOf(call, path);
  const verbs = subresource?.verbs ?? resource.verbs;
  const ofObject = verb === "update" || verb === "patch" || (verb === "create" && subresource !== undefined);
  const fits = (path.name !== "") === ofObject || verb === "get" || verb === "delete" || isCollectionVerb(verb);
  if (verb === undefined || !verbs.includes(verb) || !fits) throw methodNotAllowed();
  if (verb === "create" && path.name !== "" && subresource === undefined) throw methodNotAllowed();
  const namespace = resource.namespaced ? path.namespace : "";
  return { resource, namespace, name: path.name, subresource: path.subresource, rest: path.rest, verb };
}

function isCollectionVerb(verb: Verb | undefined): boolean {
  return verb === "list" || verb === "watch" || verb === "deletecollection";
}

/** A path no server of the chain knows: answered as plain text. */
export class PageNotFound extends Refusal {
  constructor() {
    super({ code: 404, reason: "NotFound", message: "404 page not found" });
  }
}

/** A boolean of a query string: `watch`, `watch=1` and `watch=true` are all true. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== "0" && value.toLowerCase() !== "false";
}
