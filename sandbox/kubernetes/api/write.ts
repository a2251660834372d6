import { randomBytes, randomUUID } from "node:crypto";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import { existing, subject } from "./read.ts";
import { served } from "./represent.ts";
import type { Answer, Call, Target } from "./request.ts";
import { alreadyExists, badRequest, modified, notFound, unsupportedMediaType } from "./status.ts";
import type { Stored } from "./store.ts";
import { decode, mergePatch } from "./typed.ts";

function isDryRun(call: Call): boolean {
  return call.query.get("dryRun") === "All";
}

export function createObject(core: Core, call: Call, target: Target): Answer {
  const draft = decode(target.resource, call.body);
  return finishCreate(core, call, { target, draft });
}

function finishCreate(core: Core, call: Call, o: { target: Target; draft: KubernetesObject }): Answer {
  const { target, draft } = o;
  const { resource } = target;
  if (target.namespace !== "" && core.store.get("/namespaces", "", target.namespace) === undefined) {
    throw notFound({ group: "", name: "namespaces" }, target.namespace);
  }
  const given = draft.metadata;
  if ((given.namespace ?? target.namespace) !== target.namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const { resourceVersion: _rv, ...metadata } = given;
  const object: KubernetesObject = {
    ...draft,
    metadata: {
      ...metadata,
      name: given.name || `${given.generateName ?? ""}${randomBytes(4).toString("hex").slice(0, 5)}`,
      ...(target.namespace === "" ? {} : { namespace: target.namespace }),
      uid: randomUUID(),
      creationTimestamp: core.now(),
      generation: 1,
    },
  };
  if (core.store.get(resource.storage, target.namespace, object.metadata.name) !== undefined) {
    throw alreadyExists(subject(resource), object.metadata.name);
  }
  const stored = isDryRun(call) ? object : core.store.put(resource.storage, object);
  return { code: 201, json: served(resource, stored) };
}

export function replaceObject(core: Core, call: Call, target: Target): Answer {
  const old = existing(core, target);
  const draft = decode(target.resource, call.body);
  return finishUpdate(core, call, { target, old, draft });
}

function finishUpdate(core: Core, call: Call, o: { target: Target; old: Stored; draft: KubernetesObject }): Answer {
  const { target, old, draft } = o;
  const { resource } = target;
  const wanted = draft.metadata.resourceVersion ?? "";
  if (wanted !== "" && wanted !== old.metadata.resourceVersion) throw modified(subject(resource), target.name);
  const changed = JSON.stringify(draft["spec"]) !== JSON.stringify(old["spec"]);
  const next: KubernetesObject =
    target.subresource === "status"
      ? { ...old, metadata: { ...old.metadata, ...pick(draft.metadata, "annotations") }, status: draft["status"] }
      : {
          ...draft,
          ...(resource.subresources.has("status") && old["status"] !== undefined ? { status: old["status"] } : {}),
          metadata: {
            ...draft.metadata,
            ...pick(old.metadata, "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"),
            generation: (old.metadata.generation ?? 1) + (changed ? 1 : 0),
          },
        };
  if (isDryRun(call)) return { code: 200, json: served(resource, next) };
  if (JSON.stringify(next) === JSON.stringify(old)) return { code: 200, json: served(resource, old) };
  const gone =
    next.metadata.deletionTimestamp !== undefined && (next.metadata.finalizers ?? []).length === 0 && !isGraceful(next);
  const stored = gone ? core.store.remove(resource.storage, next) : core.store.put(resource.storage, next);
  return { code: 200, json: served(resource, stored) };
}

function isGraceful(object: KubernetesObject): boolean {
  return (
    (object.metadata.deletionGracePeriodSeconds ?? 0) > 0 ||
    (object.kind === "Namespace" && hasFinalizers(object["spec"]))
  );
}

function hasFinalizers(spec: unknown): boolean {
  const finalizers = typeof spec === "object" && spec !== null && "finalizers" in spec ? spec.finalizers : undefined;
  return Array.isArray(finalizers) && finalizers.length > 0;
}

function pick<T extends object, K extends keyof T>(from: T, ...keys: K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Partial<
    Pick<T, K>
  >;
}

export function patchObject(core: Core, call: Call, target: Target): Answer {
  const patch = decode(target.resource, call.body) as unknown as Json;
  const old = core.store.get(target.resource.storage, target.namespace, target.name);
  const isApply = call.contentType.startsWith("application/apply-patch+yaml");
  if (old === undefined) {
    if (!isApply) throw notFound(subject(target.resource), target.name);
    return finishCreate(core, call, { target, draft: patch as unknown as KubernetesObject });
  }
  if (!isApply && !call.contentType.includes("merge-patch+json")) throw unsupportedMediaType([]);
  const draft = mergePatch(old as unknown as Json, patch) as unknown as KubernetesObject;
  return finishUpdate(core, call, { target, old, draft });
}
