import type { V1CustomResourceDefinition } from "@kubernetes/client-node";
import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import type { CustomSchema } from "./custom-schema.ts";
import type { Draft } from "./kinds/rules.ts";
import { storageOf } from "./resources.ts";
import type { Resource, Subresource } from "./resources.ts";
import type { Change, Stored } from "./store.ts";

type Definition = Draft<V1CustomResourceDefinition> & KubernetesObject;

export const definitionsStorage = "apiextensions.k8s.io/customresourcedefinitions";
export const cleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io";
const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

/** Serves what the CustomResourceDefinitions in the store define, for as long as they are there. */
export function serveDefinitions(core: Core, api: KubernetesApi): void {
  const served = new Map<string, readonly Resource[]>();
  const learn = ({ type, object }: Pick<Change, "type" | "object">): void => {
    const definition = object as Definition;
    for (const resource of served.get(definition.metadata.name) ?? []) core.resources.remove(resource);
    served.delete(definition.metadata.name);
    if (type === "DELETED") return;
    const resources = resourcesOf(definition);
    for (const resource of resources) core.resources.add(resource);
    served.set(definition.metadata.name, resources);
    // Not in the middle of the write that told of it: its author gets the definition as it was written.
    setImmediate(() => void settle(core, api, definition).catch(ignoreRace));
  };
  for (const object of core.store.list(definitionsStorage)) learn({ type: "ADDED", object });
  core.store.subscribe(definitionsStorage, learn);
}

/** Somebody changed the definition meanwhile: that change comes here too. */
function ignoreRace(error: unknown): void {
  if (!(error instanceof Error && "status" in error && (error.status === 409 || error.status === 404))) throw error;
}

async function settle(core: Core, api: KubernetesApi, definition: Definition): Promise<void> {
  if (definition.metadata.deletionTimestamp !== undefined) await cleanUp(core, api, definition);
  else if (!isEstablished(definition)) await establish(core, api, definition);
}

function isEstablished(definition: Definition): boolean {
  return definition.status?.conditions?.some((c) => c.type === "Established" && c.status === "True") ?? false;
}

async function establish(core: Core, api: KubernetesApi, definition: Definition): Promise<void> {
  const at = { status: "True", lastTransitionTime: core.now() };
  const conditions = [
    { type: "NamesAccepted", ...at, reason: "NoConflicts", message: "no conflicts found" },
    { type: "Established", ...at, reason: "InitialNamesAccepted", message: "the initial names have been accepted" },
  ];
  const status = { ...definition.status, conditions, acceptedNames: definition.spec?.names };
  await api.request({
    method: "PUT",
    path: `${path}/${definition.metadata.name}/status`,
    body: { ...definition, status },
  });
}

/** Deletes the objects of a kind that is going, then lets it go. Objects with finalizers of their own are waited for. */
async function cleanUp(core: Core, api: KubernetesApi, definition: Definition): Promise<void> {
  const [resource] = resourcesOf(definition);
  const left = resource === undefined ? [] : core.store.list(resource.storage);
  for (const object of left)
    await api.request({ method: "DELETE", path: objectPath(resource, object) }).catch(ignoreRace);
  if (resource !== undefined && core.store.list(resource.storage).length > 0) {
    const stop = core.store.subscribe(resource.storage, () => {
      stop();
      setImmediate(() => void cleanUp(core, api, definition).catch(ignoreRace));
    });
    return;
  }
  const finalizers = (definition.metadata.finalizers ?? []).filter((name) => name !== cleanupFinalizer);
  const body = { metadata: { finalizers } };
  await api.request({
    method: "PATCH",
    path: `${path}/${definition.metadata.name}`,
    body,
    contentType: "application/merge-patch+json",
  });
}

function objectPath(resource: Resource | undefined, { metadata }: Stored): string {
  const space = metadata.namespace === undefined ? "" : `namespaces/${metadata.namespace}/`;
  return `/apis/${resource?.group ?? ""}/${resource?.version ?? ""}/${space}${resource?.plural ?? ""}/${metadata.name}`;
}

function resourcesOf({ spec = {} }: Definition): Resource[] {
  const { group = "", names = {}, versions = [] } = spec;
  return versions
    .filter((version) => version.served === true)
    .map((version): Resource => {
      const plural = names.plural ?? "";
      const kind = { group, version: version.name ?? "", kind: names.kind ?? "" };
      const status: [string, Subresource] = ["status", { ...kind, verbs: ["get", "patch", "update"] }];
      return {
        ...kind,
        plural,
        singular: names.singular ?? "",
        namespaced: spec.scope === "Namespaced",
        verbs,
        shortNames: (names.shortNames ?? []).map(String),
        categories: (names.categories ?? []).map(String),
        subresources: new Map(version.subresources?.status === undefined ? [] : [status]),
        storage: storageOf(group, plural),
        schema: (version.schema?.openAPIV3Schema ?? {}) as CustomSchema,
      };
    });
}
