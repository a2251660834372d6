import { randomUUID } from "node:crypto";
import type { KubernetesObject, ObjectMeta } from "../../../src/kubernetes/object.ts";
import { normalise } from "../fields/index.ts";
import { admit } from "./admission/admit.ts";
import { admitNamespace } from "./admission/namespace-lifecycle.ts";
import { admitQuota } from "./admission/quota.ts";
import type { AdmissionRequest } from "./admission/request.ts";
import { kept, served } from "./convert.ts";
import type { Core } from "./core.ts";
import { typeOf } from "./decode.ts";
import { copyJson, sameJson } from "../json.ts";
import { rulesOf } from "./kinds/index.ts";
import { nameAsked, suffix } from "./kinds/pods.ts";
import { subject } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import type { Resource } from "./resources.ts";
import { shown } from "./shown.ts";
import { alreadyExists, conflict, internal, invalid, invalidValue, modified, required } from "./status.ts";
import type { Cause } from "./status.ts";
import type { Stored } from "./store.ts";
import { annotationCauses, labelCauses, nameCauses } from "./validate-names.ts";
import type { WriteOptions } from "./write-options.ts";

/** One write on its way to the store. */
export interface Write {
  readonly core: Core;
  readonly call: Call;
  readonly target: Target;
  readonly options: WriteOptions;
  readonly warnings: readonly string[];
}

/** Completes, validates, admits and stores a new object. */
export function storeNew(write: Write, given: KubernetesObject): Answer {
  const { core, target, options } = write;
  const { resource } = target;
  const rules = rulesOf(resource);
  if (given.metadata.resourceVersion !== undefined)
    throw internal("resourceVersion should not be set on objects to be created");
  const draft = copyJson(given);
  draft.metadata = newMetadata(core, target, draft.metadata);
  if (rules.generation === true) draft.metadata.generation = 1;
  admitNamespace(write, nameAsked(draft.metadata));
  resetStatus(resource, draft);
  const preparation = { core, old: undefined };
  rules.prepare?.(draft, preparation);
  draft.metadata.name ||= generatedName(draft.metadata);
  validate(resource, draft, undefined);
  const warnings = admit(admission(write, draft, undefined));
  admitQuota(core, target, draft);
  if (core.store.get(resource.storage, target.namespace, draft.metadata.name) !== undefined) {
    throw alreadyExists(subject(resource), draft.metadata.name);
  }
  rules.allocate?.(draft, preparation);
  const object = kept(resource, normalise(typeOf(resource), draft));
  if (options.dryRun) rules.release?.(object, core);
  const stored = options.dryRun ? object : core.store.put(resource.storage, object);
  return answer({ ...write, warnings: [...write.warnings, ...warnings] }, 201, stored);
}

function newMetadata(core: Core, target: Target, given: ObjectMeta): ObjectMeta {
  const { deletionTimestamp: _d, deletionGracePeriodSeconds: _g, generation: _n, ...metadata } = given;
  return {
    ...metadata,
    ...(target.namespace === "" ? {} : { namespace: target.namespace }),
    uid: randomUUID(),
    creationTimestamp: core.now(),
  };
}

function generatedName({ generateName }: ObjectMeta): string {
  return generateName === undefined ? "" : `${generateName.slice(0, 58)}${suffix()}`;
}

function resetStatus(resource: Resource, draft: KubernetesObject): void {
  const { status } = rulesOf(resource);
  if (status === "sent" || !resource.subresources.has("status")) return;
  delete draft.status;
  if (status !== undefined) draft.status = copyJson(status);
}

/** Carries over what this endpoint cannot change, completes, validates, admits and stores another state of an object. */
export function storeChanged(write: Write, old: Stored, given: KubernetesObject): Answer {
  const { core, target, options } = write;
  const { resource, subresource } = target;
  checkPreconditions(resource, old, given.metadata);
  const rules = rulesOf(resource);
  const before = served(resource, old);
  const draft = copyJson(carriedOver(target, before, given));
  const preparation = { core, old: before };
  if (subresource === "") rules.prepare?.(draft, preparation);
  const next = normalise(typeOf(resource), draft);
  const isAnnotated =
    subresource === "" && rules.annotated === true && !sameJson(before.metadata.annotations, next.metadata.annotations);
  if (rules.generation === true && (isAnnotated || isNewGeneration(before, next))) {
    next.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
  validate(resource, next, before);
  const warnings = admit(admission(write, next, before));
  if (subresource === "") rules.allocate?.(next, preparation);
  const object = kept(resource, next);
  const told = { ...write, warnings: [...write.warnings, ...warnings] };
  if (isSame(old, object)) return answer(told, 200, old);
  if (options.dryRun) return answer(told, 200, object);
  const stored = isFinallyGone(object)
    ? removeObject(core, resource, object)
    : core.store.put(resource.storage, object);
  return answer(told, 200, stored);
}

function admission(write: Write, object: KubernetesObject, old: KubernetesObject | undefined): AdmissionRequest {
  const { core, call, target, options } = write;
  const operation = old === undefined ? "CREATE" : "UPDATE";
  return { core, user: call.user, target, operation, object, old, dryRun: options.dryRun };
}

export function removeObject(core: Core, resource: Resource, object: KubernetesObject): Stored {
  rulesOf(resource).release?.(object, core);
  return core.store.remove(resource.storage, object);
}

function answer(write: Write, code: number, object: Stored): Answer {
  const { target, call, warnings } = write;
  return { code, json: shown(target.resource, object, call), warnings };
}

function checkPreconditions(resource: Resource, old: Stored, given: ObjectMeta): void {
  const { name } = old.metadata;
  if (given.uid !== undefined && given.uid !== old.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${given.uid}, UID in object meta: ${old.metadata.uid ?? ""}`;
    throw conflict(subject(resource), name, why);
  }
  const version = given.resourceVersion ?? "";
  if (version !== "" && version !== old.metadata.resourceVersion) throw modified(subject(resource), name);
  if (version === "" && rulesOf(resource).conditional === true) {
    const kind = { group: resource.group, name: resource.kind };
    throw invalid(kind, name, [invalidValue("metadata.resourceVersion", 0, "must be specified for an update")]);
  }
}

/** Metadata that no client changes. */
const systemKeys = [
  "name",
  "namespace",
  "uid",
  "creationTimestamp",
  "resourceVersion",
  "generation",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
] as const;

function systemMetadata(old: ObjectMeta): Partial<ObjectMeta> {
  return Object.fromEntries(systemKeys.flatMap((key) => (old[key] === undefined ? [] : [[key, old[key]]])));
}

function carriedOver(target: Target, old: Stored, given: KubernetesObject): KubernetesObject {
  const { generation: _g, deletionTimestamp: _t, deletionGracePeriodSeconds: _s, ...metadata } = given.metadata;
  const ours = { ...metadata, ...systemMetadata(old.metadata) };
  switch (target.subresource) {
    case "status":
      return { ...old, metadata: statusMetadata(target.resource, old, ours), status: given.status ?? {} };
    case "finalize":
      return { ...old, metadata: ours, spec: given.spec };
    default: {
      const isOwnStatus = target.resource.subresources.has("status");
      const { status: _s, ...rest } = given;
      if (!isOwnStatus) return { ...given, metadata: ours };
      return { ...rest, metadata: ours, ...(old.status === undefined ? {} : { status: old.status }) };
    }
  }
}

/** Through its status, the labels, owners and finalizers of an object cannot be changed; of a custom resource, nothing else can. */
function statusMetadata(resource: Resource, old: Stored, given: ObjectMeta): ObjectMeta {
  const { managedFields } = given;
  const owned = managedFields === undefined ? {} : { managedFields };
  if (resource.schema !== undefined) return { ...old.metadata, ...owned };
  const { annotations } = given;
  const { annotations: _a, managedFields: _m, ...kept } = old.metadata;
  return { ...kept, ...owned, ...(annotations === undefined ? {} : { annotations }) };
}

function isNewGeneration(old: Stored, next: KubernetesObject): boolean {
  const content = ({ metadata: _m, status: _s, apiVersion: _a, kind: _k, ...rest }: Stored): object => rest;
  return !sameJson(content(old), content(next));
}

/** A write that changes no more than the time of an ownership is none. */
function isSame(old: Stored, next: KubernetesObject): boolean {
  const timeless = (object: Stored): object => ({
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: object.metadata.managedFields?.map(({ time: _t, ...entry }) => entry),
    },
  });
  return sameJson(timeless(old), timeless(next));
}

/** Marked for deletion, and held by nothing any more. */
function isFinallyGone(object: KubernetesObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0 || deletionGracePeriodSeconds > 0) return false;
  const spec = object.spec as { finalizers?: readonly string[] } | undefined;
  return object.kind !== "Namespace" || (spec?.finalizers ?? []).length === 0;
}

function validate(resource: Resource, draft: KubernetesObject, old: Stored | undefined): void {
  const causes = [...metadataCauses(resource, draft, old), ...(rulesOf(resource).validate?.(draft, old) ?? [])];
  if (causes.length > 0) throw invalid({ group: resource.group, name: resource.kind }, draft.metadata.name, causes);
}

function metadataCauses(resource: Resource, draft: KubernetesObject, old: Stored | undefined): Cause[] {
  const { name, labels = {}, annotations = {} } = draft.metadata;
  const naming =
    name === ""
      ? [required("metadata.name", "name or generateName is required")]
      : nameCauses(name, "metadata.name", rulesOf(resource).name ?? "subdomain");
  return [
    ...(old === undefined ? naming : []),
    ...labelCauses(labels, "metadata.labels"),
    ...annotationCauses(annotations, "metadata.annotations"),
  ];
}
