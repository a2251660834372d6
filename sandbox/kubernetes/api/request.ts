import type { Duplex } from "node:stream";
import type { Resource, Resources } from "./resources.ts";
import { badRequest, methodNotAllowed, Refusal, unknownRoute } from "./status.ts";

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
  /** Takes the connection over, where the client asked for that. Resolves when the connection ends. */
  readonly upgrade?: (connection: Duplex) => Promise<void>;
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
  readonly isInNamespace: boolean;
  readonly name: string;
  readonly subresource: string;
  readonly rest: string;
}

/** Undefined for a path that is not one of resources: discovery, health, OpenAPI. */
export function resourcePath(path: string): ResourcePath | undefined {
  const parts = path.split("/").slice(1).map(decode);
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
    isInNamespace: inside,
    name,
    subresource,
    rest: more.join("/"),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw badRequest(`invalid URL escape ${JSON.stringify(part)}`);
  }
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
export function target(path: ResourcePath, verb: Verb, resources: Resources): Target {
  const resource = resources.find(path.group, path.version, path.plural);
  if (resource === undefined) throw resources.isBuiltIn(path.group) ? unknownRoute() : new PageNotFound();
  const { name, subresource, rest } = path;
  const namespace = resource.namespaced ? path.namespace : "";
  const isMisplaced = resource.namespaced ? name !== "" && namespace === "" : path.isInNamespace;
  const verbs = subresource === "" ? resource.verbs : resource.subresources.get(subresource)?.verbs;
  if (isMisplaced || verbs === undefined) throw unknownRoute();
  // Lists and watches reach over all namespaces; nothing is made or deleted there.
  const isEverywhere = resource.namespaced && namespace === "" && verb !== "list" && verb !== "watch";
  if (!verbs.includes(verb) || isEverywhere || !fits(verb, { name, subresource })) throw methodNotAllowed();
  return { resource, namespace, name, subresource, rest, verb };
}

/** Objects are created in their collection, subresources of an object below it; every other write names an object. */
function fits(verb: Verb, { name, subresource }: { readonly name: string; readonly subresource: string }): boolean {
  switch (verb) {
    case "create":
      return (name !== "") === (subresource !== "");
    case "update":
    case "patch":
      return name !== "";
    default:
      return true;
  }
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
