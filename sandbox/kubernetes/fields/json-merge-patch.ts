import type { Json } from "../../../src/kubernetes/object.ts";
import { isMap, mapOf, own } from "./json.ts";

/** RFC 7386. Neither argument is changed. */
export function jsonMergePatch(target: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const before = isMap(target) ? target : {};
  const merged = mapOf(
    [...new Set([...Object.keys(before), ...Object.keys(patch)])].map((key): [string, Json | undefined] => {
      const change = own(patch, key);
      if (change === undefined) return [key, own(before, key)];
      return [key, change === null ? undefined : jsonMergePatch(own(before, key), change)];
    }),
  );
  return merged;
}
