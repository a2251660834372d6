import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { compare } from "./compare.ts";
import { difference, emptySet, union, type FieldSet } from "./field-set.ts";
import { goJson } from "./go-format.ts";
import { asJson, isMap, type JsonMap } from "./json.ts";
import { content } from "./ownership.ts";
import { toFieldSet } from "./to-set.ts";
import type { Type } from "./type.ts";

/** Where kubectl's client-side apply keeps what it applied. */
const annotation = "kubectl.kubernetes.io/last-applied-configuration";

/** What client-side apply set and nobody changed since: server-side apply by kubectl may take it over. */
export function lastAppliedSet(type: Type, live: KubernetesObject | undefined, apiVersion: string): FieldSet {
  const last = parse(live?.metadata.annotations?.[annotation] ?? "");
  if (last?.apiVersion !== apiVersion) return emptySet;
  const { removed, modified, added } = compare(type, last, content(type, live));
  return difference(toFieldSet(type, last), union(union(removed, modified), added));
}

function parse(text: string): JsonMap | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Where client-side apply left its annotation, server-side apply by kubectl keeps it up to date, so that one can go back. */
export function refreshLastApplied(object: KubernetesObject, applied: KubernetesObject): KubernetesObject {
  const { annotations } = object.metadata;
  if (!annotations?.[annotation]) return object;
  const last = goJson(withoutAnnotation(asJson(applied)));
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [annotation]: `${last}\n` } } };
}

function withoutAnnotation(applied: JsonMap): Json {
  const { metadata } = applied;
  if (!isMap(metadata) || !isMap(metadata.annotations)) return applied;
  const { [annotation]: _, ...annotations } = metadata.annotations;
  return { ...applied, metadata: { ...metadata, annotations } };
}
