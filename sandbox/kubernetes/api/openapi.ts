import type { Core } from "./core.ts";
import { PageNotFound } from "./request.ts";
import type { Answer, Call } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import type { Resource } from "./resources.ts";

/**
 * `/openapi/v3` and `/openapi/v3/apis/GROUP/VERSION`, as far as kubectl reads them before it applies: which kinds can be patched, and
 * that the server checks fields itself (`fieldValidation`). Schemas are left out: kubectl has those of the built-in kinds.
 */
export function openApi(core: Core, call: Call): Answer {
  const name = call.path.replace(/^\/openapi\/v3\/?/, "");
  const groups = Map.groupBy(core.resources.all(), (resource) => rootOf(resource));
  if (name === "") {
    const paths = Object.fromEntries(
      [...groups.keys()].map((root) => [root, { serverRelativeURL: `/openapi/v3/${root}` }]),
    );
    return { code: 200, json: { paths } };
  }
  const resources = groups.get(name);
  if (resources === undefined) throw new PageNotFound();
  const paths = Object.fromEntries(resources.map((resource) => [pathOf(resource), { patch: patchOf(resource) }]));
  return { code: 200, json: { openapi: "3.0.0", info: { title: "Kubernetes", version: "v1.34.4" }, paths } };
}

function rootOf(resource: Resource): string {
  return resource.group === "" ? `api/${resource.version}` : `apis/${apiVersionOf(resource)}`;
}

function pathOf(resource: Resource): string {
  return `/${rootOf(resource)}/${resource.namespaced ? "namespaces/{namespace}/" : ""}${resource.plural}/{name}`;
}

function patchOf(resource: Resource): object {
  const { group, version, kind } = resource;
  const parameters = ["dryRun", "fieldManager", "fieldValidation", "force"].map((name) => ({ name, in: "query" }));
  return { parameters, "x-kubernetes-action": "patch", "x-kubernetes-group-version-kind": { group, version, kind } };
}
