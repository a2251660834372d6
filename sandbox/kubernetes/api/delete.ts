import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import { existing, scopeOf, subject } from "./read.ts";
import { served } from "./represent.ts";
import type { Answer, Call, Target } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import { fieldReaders } from "./field-selectors.ts";
import { matcher } from "./selectors.ts";
import { success } from "./status.ts";
import type { Stored } from "./store.ts";

export function deleteObject(core: Core, call: Call, target: Target): Answer {
  return deleteOne(core, call, { target, old: existing(core, target) });
}

function deleteOne(core: Core, call: Call, o: { target: Target; old: Stored }): Answer {
  const { target, old } = o;
  const { resource } = target;
  const policy = call.query.get("propagationPolicy") ?? propagation(call.body);
  const extra = policy === "Foreground" ? ["foregroundDeletion"] : policy === "Orphan" ? ["orphan"] : [];
  const finalizers = [...new Set([...(old.metadata.finalizers ?? []), ...extra])];
  const grace = resource.storage === "/pods" && hasNode(old) ? 30 : 0;
  const isNamespace = resource.storage === "/namespaces";
  if (finalizers.length === 0 && grace === 0 && !isNamespace) {
    if (call.query.get("dryRun") !== "All") core.store.remove(resource.storage, old);
    const { uid } = old.metadata;
    return { code: 200, json: success({ ...named(target), ...(uid === undefined ? {} : { uid }) }) };
  }
  const next: KubernetesObject = {
    ...old,
    metadata: {
      ...old.metadata,
      deletionTimestamp: old.metadata.deletionTimestamp ?? core.now(),
      ...(isNamespace ? {} : { deletionGracePeriodSeconds: grace }),
      ...(finalizers.length === 0 ? {} : { finalizers }),
    },
    ...(isNamespace ? { status: { phase: "Terminating" } } : {}),
  };
  const stored = call.query.get("dryRun") === "All" ? next : core.store.put(resource.storage, next);
  return { code: 200, json: served(resource, stored) };
}

function hasNode(object: Stored): boolean {
  const { spec } = object;
  return typeof spec === "object" && spec !== null && "nodeName" in spec;
}

function propagation(body: string): string {
  if (body === "") return "";
  const options = JSON.parse(body) as { propagationPolicy?: string };
  return options.propagationPolicy ?? "";
}

function named(target: Target): { name: string; group?: string; kind: string } {
  const { group, name: kind } = subject(target.resource);
  return { name: target.name, ...(group === "" ? {} : { group }), kind };
}

export function deleteCollection(core: Core, call: Call, target: Target): Answer {
  const { resource } = target;
  const items = core.store.list(resource.storage, scopeOf(target)).filter(matcher(call.query, fieldReaders(resource)));
  for (const old of items) deleteOne(core, call, { target: { ...target, name: old.metadata.name }, old });
  const metadata = { resourceVersion: String(core.store.version) };
  return { code: 200, json: { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items } };
}
