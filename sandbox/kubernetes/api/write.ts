import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { update } from "../fields/index.ts";
import { storeChanged, storeNew } from "./commit.ts";
import type { Write } from "./commit.ts";
import { served } from "./convert.ts";
import type { Core } from "./core.ts";
import { decode, parseObject, typeOf } from "./decode.ts";
import { copyJson } from "../json.ts";
import { rulesOf } from "./kinds/index.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import type { Resource } from "./resources.ts";
import { badRequest } from "./status.ts";
import type { Stored } from "./store.ts";
import { writeOptions } from "./write-options.ts";
import type { WriteOptions } from "./write-options.ts";

export function createObject(core: Core, call: Call, target: Target): Answer {
  const options = writeOptions(call, "CreateOptions");
  const { object, warnings } = decodeBody(call, target.resource, options);
  checkNamespace(object, target);
  const write = { core, call, target, options, warnings };
  return storeNew(write, own(write, defaulted(target.resource, object), undefined));
}

export function replaceObject(core: Core, call: Call, target: Target): Answer {
  const options = writeOptions(call, "UpdateOptions");
  const { object, warnings } = decodeBody(call, target.resource, options);
  checkNamespace(object, target);
  const { name = "" } = object.metadata as { name?: string };
  if (name !== target.name)
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
  const write = { core, call, target, options, warnings };
  const isNew = core.store.get(target.resource.storage, target.namespace, target.name) === undefined;
  if (isNew && rulesOf(target.resource).createdByUpdate === true)
    return storeNew(write, own(write, defaulted(target.resource, object), undefined));
  const old = existing(core, target);
  return storeChanged(write, old, own(write, defaulted(target.resource, object), old));
}

function decodeBody(call: Call, resource: Resource, options: WriteOptions): ReturnType<typeof decode> {
  return decode({
    value: parseObject(call, resource.kind),
    expected: resource,
    type: typeOf(resource),
    isCustom: resource.schema !== undefined,
    fieldValidation: options.fieldValidation,
  });
}

/** @throws Refusal 400 for an object that says it belongs elsewhere than the path does. */
export function checkNamespace(object: KubernetesObject, target: Target): void {
  const { namespace = target.namespace } = object.metadata;
  if (namespace === target.namespace) return;
  throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
}

/** A draft of one's own, with the kind's defaults. */
export function defaulted(resource: Resource, object: KubernetesObject): KubernetesObject {
  const draft = copyJson(object);
  rulesOf(resource).defaults?.(draft);
  return draft;
}

/** Top-level fields that a request to this endpoint cannot change. */
export function resetFields(target: Target): string[] {
  if (target.subresource === "status") return ["spec"];
  return target.resource.subresources.has("status") ? ["status"] : [];
}

/** Records who wrote what, for every write but an apply. It comes before the server's own additions: those belong to nobody. */
export function own(write: Write, draft: KubernetesObject, old: Stored | undefined): KubernetesObject {
  const { core, target, options } = write;
  const { subresource } = target;
  return update({
    type: typeOf(target.resource),
    live: old === undefined ? undefined : served(target.resource, old),
    object: draft,
    manager: options.manager,
    ...(subresource === "" ? {} : { subresource }),
    resetFields: resetFields(target),
    now: core.now(),
  });
}
