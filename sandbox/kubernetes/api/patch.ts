import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { apply, jsonMergePatch, jsonPatch, normalise, Rejection, strategicMergePatch } from "../fields/index.ts";
import { storeChanged, storeNew } from "./commit.ts";
import type { Write } from "./commit.ts";
import { served } from "./convert.ts";
import type { Core } from "./core.ts";
import { decode, goSyntaxError, isJsonObject, readYaml, typeOf } from "./decode.ts";
import { existing, subject } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import type { Resource } from "./resources.ts";
import { badRequest, invalid, invalidValue, notFound, Refusal, unsupportedMediaType } from "./status.ts";
import { writeOptions } from "./write-options.ts";
import { checkNamespace, defaulted, own, resetFields } from "./write.ts";

export type PatchType = "json" | "merge" | "strategic" | "apply";

const mediaTypes: Readonly<Record<PatchType, string>> = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
};

/** Custom resources have no strategic merge patch: nobody has said how to merge their lists. */
export function patchTypeOf(call: Call, resource: Resource): PatchType {
  const types: readonly PatchType[] =
    resource.schema === undefined ? ["json", "merge", "strategic", "apply"] : ["json", "merge", "apply"];
  const given = call.contentType.split(";")[0]?.trim();
  const found = types.find((type) => mediaTypes[type] === given);
  if (found === undefined) throw unsupportedMediaType(types.map((type) => mediaTypes[type]));
  return found;
}

export function patchObject(core: Core, call: Call, target: Target): Answer {
  const type = patchTypeOf(call, target.resource);
  const options = writeOptions(call, "PatchOptions", type === "apply");
  const write = { core, call, target, options, warnings: [] };
  return type === "apply" ? applyPatch(write) : otherPatch(write, type);
}

/** Server-side apply: creates the object or merges what the manager wants into it. */
function applyPatch(write: Write): Answer {
  const { core, call, target, options } = write;
  const { resource, subresource } = target;
  const applied = readApplied(call, resource);
  const live = core.store.get(resource.storage, target.namespace, target.name);
  if (live === undefined && subresource !== "") throw notFound(subject(resource), target.name);
  const { object } = apply({
    type: typeOf(resource),
    live: live === undefined ? undefined : served(resource, live),
    applied: { ...applied, metadata: { ...applied.metadata, name: applied.metadata.name || target.name } },
    manager: options.manager,
    force: options.force,
    ...(subresource === "" ? {} : { subresource }),
    resetFields: resetFields(target),
    now: core.now(),
  });
  const draft = defaulted(resource, converted(resource, object));
  checkNamespace(draft, target);
  if (draft.metadata.name !== target.name) {
    throw badRequest(
      `the name of the object (${draft.metadata.name}) does not match the name on the URL (${target.name})`,
    );
  }
  if (live !== undefined) {
    refuseOtherUid(resource, live, draft);
    return storeChanged(write, live, draft);
  }
  // Unlike a POST, an apply may have seen another object of this name before.
  const { resourceVersion: _, ...metadata } = draft.metadata;
  return storeNew(write, { ...draft, metadata });
}

/** An apply that names another uid is told so as of a field, and twice. */
function refuseOtherUid(resource: Resource, live: KubernetesObject, draft: KubernetesObject): void {
  const { uid, name } = draft.metadata;
  if (uid === undefined || uid === live.metadata.uid) return;
  const cause = invalidValue("metadata.uid", uid, "field is immutable");
  throw invalid({ group: resource.group, name: resource.kind }, name, [cause, cause]);
}

function readApplied(call: Call, resource: Resource): KubernetesObject {
  const value = readYaml(call.body);
  if (!isJsonObject(value)) throw badRequest("error decoding YAML: the patch is not an object");
  const [apiVersion, kind] = [value.apiVersion, value.kind].map((word) => (typeof word === "string" ? word : ""));
  if (apiVersion !== apiVersionOf(resource) || kind !== resource.kind) {
    const [version = "", group = ""] = (apiVersion ?? "").split("/").reverse();
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${kind ?? ""}`);
  }
  // What else it holds is checked against the schema by apply().
  return { ...value, metadata: value.metadata ?? {} } as unknown as KubernetesObject;
}

/** A merged object, decoded into the server's structs: this is where a quantity is found not to be one. */
function converted(resource: Resource, object: KubernetesObject): KubernetesObject {
  const version = apiVersionOf(resource);
  try {
    return normalise(typeOf(resource), object);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    const { namespace = "", name } = object.metadata;
    const named = `(${namespace}/${name}; ${version}, Kind=${resource.kind})`;
    throw new Rejection(
      500,
      `failed to convert new object ${named} to proper version: unable to convert unstructured object to ${version}, Kind=${resource.kind}: ${error.message}`,
    );
  }
}

function otherPatch(write: Write, type: Exclude<PatchType, "apply">): Answer {
  const { core, call, target } = write;
  const { resource } = target;
  const old = existing(core, target);
  const patched = patchValue(type, { resource, target: served(resource, old), body: call.body });
  const { object, warnings } = decodePatched(write, patched as unknown as Record<string, Json>);
  const { name } = object.metadata;
  if (name !== target.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
  const draft = own(write, defaulted(resource, object), old);
  return storeChanged({ ...write, warnings }, old, draft);
}

/** What does not become an object of the kind any more is the fault of the patch, which the answer blames for it. */
function decodePatched({ target, options }: Write, value: Record<string, Json>): ReturnType<typeof decode> {
  const { resource } = target;
  try {
    return decode({
      value,
      expected: resource,
      type: typeOf(resource),
      isCustom: resource.schema !== undefined,
      fieldValidation: options.fieldValidation,
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 400) throw error;
    const why = error.message.replace(/^.* cannot be handled as a [^:]*: /, "");
    throw invalid({ group: "", name: "" }, "", [invalidValue("patch", printPatched(value), why)]);
  }
}

/** In the order in which a merge leaves the fields. */
function printPatched(value: Readonly<Record<string, Json>>): string {
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const given = isJsonObject(value.metadata) ? value.metadata : {};
  const metadata = Object.fromEntries(metadataOrder.flatMap((key) => (key in given ? [[key, given[key]]] : [])));
  return JSON.stringify({ ...Object.fromEntries(sorted), metadata });
}

const metadataOrder =
  "name generateName namespace uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields".split(
    " ",
  );

interface PatchRequest {
  readonly resource: Resource;
  readonly target: KubernetesObject;
  readonly body: string;
}

/** What a patch makes of an object; not yet decoded. */
export function patchValue(type: Exclude<PatchType, "apply">, o: PatchRequest): KubernetesObject {
  const patch = readPatch(o.body);
  const value = o.target as unknown as Json;
  switch (type) {
    case "json":
      return jsonPatch(value, patch) as unknown as KubernetesObject;
    case "merge":
      return jsonMergePatch(value, patch) as unknown as KubernetesObject;
    case "strategic":
      return strategicMergePatch(typeOf(o.resource), o.target, patch);
  }
}

function readPatch(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw badRequest(`error decoding patch: ${goSyntaxError(body)}`);
  }
}
