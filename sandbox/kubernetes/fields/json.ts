import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";

export type JsonMap = Record<string, Json>;

/** An object as the JSON that it is, and back: what TypeScript cannot see. */
export const asJson = (object: KubernetesObject): JsonMap => object as unknown as JsonMap;
export const asObject = (json: Json): KubernetesObject => json as unknown as KubernetesObject;

export function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value of a map's own key: `toString` and `__proto__` are keys like any other. */
export function own(map: JsonMap, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A map of the entries that have a value. Safe for every key, unlike assigning one by one. */
export function mapOf(entries: Iterable<readonly [string, Json | undefined]>): JsonMap {
  const present: [string, Json][] = [];
  for (const [key, value] of entries) if (value !== undefined) present.push([key, value]);
  return Object.fromEntries(present);
}
