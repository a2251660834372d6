import type { ReleaseObject } from "../../release/release-object.ts";

/**
 * Writes what a Secret's manifest has as `stringData` into its `data`, in place, as the server would. A key that is taken out of
 * `stringData` stays in the Secret otherwise: the server keeps whose field it was, and copies its value to `data` without an owner.
 */
export function encodeSecretData(objects: readonly ReleaseObject[]): void {
  for (const { object } of objects) {
    if (object.kind !== "Secret" || object.apiVersion !== "v1" || !isTexts(object.stringData)) continue;
    const encoded = Object.entries(object.stringData).map(([key, text]) => [key, Buffer.from(text).toString("base64")]);
    object.data = { ...(object.data ?? {}), ...Object.fromEntries(encoded) };
    delete object.stringData;
  }
}

/** Anything else is a mistake, which the server words better. */
function isTexts(value: unknown): value is Record<string, string> {
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).every((text) => typeof text === "string");
}
