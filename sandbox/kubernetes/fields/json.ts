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

export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equalJson(item, b[index] ?? null));
  }
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => {
    const other = own(b, key);
    return other !== undefined && equalJson(a[key] ?? null, other);
  });
}
