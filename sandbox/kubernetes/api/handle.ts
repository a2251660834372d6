import { Rejection } from "../fields/index.ts";
import { authorise, authorisePath } from "./access.ts";
import type { Core } from "./core.ts";
import { deleteCollection, deleteObject } from "./delete.ts";
import { withDeprecation } from "./deprecations.ts";
import { discovery } from "./discovery.ts";
import { openApi } from "./openapi.ts";
import { patchObject } from "./patch.ts";
import { bindPod, evictPod } from "./pod-subresources.ts";
import { portForward } from "./port-forward/port-forward.ts";
import { podLog } from "./pod-log.ts";
import { getObject, listObjects } from "./read.ts";
import { PageNotFound, resourcePath, target, verbOf } from "./request.ts";
import type { Answer, Call, Target } from "./request.ts";
import { answerReview, isReview } from "./reviews.ts";
import { getScale, writeScale } from "./scale.ts";
import { methodNotAllowed, Refusal } from "./status.ts";
import { requestToken } from "./token-request.ts";
import { watchObjects } from "./watch.ts";
import { createObject, replaceObject } from "./write.ts";

/** Answers one request of an authenticated user. Never throws for what a client did: refusals are answers. */
export async function handle(core: Core, call: Call): Promise<Answer> {
  try {
    const path = resourcePath(call.path);
    if (path === undefined) return general(core, call);
    const { group, plural, subresource, namespace, name } = path;
    const verb = verbOf(call, path);
    if (verb === undefined) throw methodNotAllowed();
    const resource = subresource === "" ? plural : `${plural}/${subresource}`;
    authorise(core, call.user, { verb, group, resource, namespace, name });
    const found = target(path, verb, core.resources);
    return withDeprecation(await route(core, call, found), found);
  } catch (error) {
    return refused(error);
  }
}

/** What a client gets instead of what it asked for. */
export function refused(thrown: unknown): Answer {
  const error = asRefusal(thrown);
  if (error instanceof PageNotFound)
    return { code: 404, text: "404 page not found\n", contentType: "text/plain; charset=utf-8" };
  if (error instanceof Refusal) return { code: error.code, json: error.status };
  // A bug of this server. Its client is told as a real server tells of a panic; the stack is for whoever mends it.
  process.stderr.write(
    `sandbox API server: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 500, json: new Refusal({ code: 500, reason: "InternalError", message }).status };
}

/** What the field functions throw, as the answer it becomes. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof Rejection)) return error;
  const { code, message, reason, causes } = error;
  return new Refusal({
    code,
    message,
    ...(reason === undefined ? {} : { reason }),
    // A patch that cannot be carried out is answered by the router's own 422, which has empty details.
    ...(causes.length > 0 ? { details: { causes } } : code === 422 ? { details: {} } : {}),
  });
}

function route(core: Core, call: Call, found: Target): Answer | Promise<Answer> {
  if (found.subresource !== "" && found.subresource !== "status" && found.subresource !== "finalize") {
    return routeSubresource(core, call, found);
  }
  switch (found.verb) {
    case "get":
      return getObject(core, call, found);
    case "list":
      return listObjects(core, call, found);
    case "watch":
      return watchObjects(core, call, found);
    case "create":
      return isReview(found) ? answerReview(core, call, found) : createObject(core, call, found);
    case "update":
      return replaceObject(core, call, found);
    case "patch":
      return patchObject(core, call, found);
    case "delete":
      return deleteObject(core, call, found);
    case "deletecollection":
      return deleteCollection(core, call, found);
  }
}

function routeSubresource(core: Core, call: Call, found: Target): Answer | Promise<Answer> {
  switch (found.subresource) {
    case "scale":
      return found.verb === "get" ? getScale(core, found) : writeScale(core, call, found);
    case "log":
      return podLog(core, call, found);
    case "binding":
      return bindPod(core, call, found);
    case "eviction":
      return evictPod(core, call, found);
    case "portforward":
      return portForward(core, found);
    case "token":
      return requestToken(core, call, found);
    default:
      throw methodNotAllowed();
  }
}

function general(core: Core, call: Call): Answer {
  authorisePath(call.user, call.method, call.path);
  switch (call.path) {
    case "/version":
      return { code: 200, json: version };
    case "/healthz":
    case "/livez":
    case "/readyz":
      return { code: 200, text: "ok", contentType: "text/plain; charset=utf-8" };
    default:
      if (/^\/apis?(\/|$)/.test(call.path)) return discovery(core, call);
      if (/^\/openapi\/v3(\/|$)/.test(call.path)) return openApi(core, call);
      throw new PageNotFound();
  }
}

const version = {
  major: "1",
  minor: "34",
  emulationMajor: "1",
  emulationMinor: "34",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "33",
  gitVersion: "v1.34.4",
  gitCommit: "$Format:%H$",
  gitTreeState: "",
  buildDate: "2026-11-20T00:00:00Z",
  goVersion: "go1.26.8",
  compiler: "gc",
  platform: "linux/amd64",
};
