/** Whether two values are written as the same JSON, whatever the order of their fields: a field that is undefined is not written. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameJson(ownField(a, key), ownField(b, key)));
}

/** A copy that shares nothing with the value. */
export function copyJson<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  const copy = Array.isArray(value)
    ? value.map(copyJson)
    : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyJson(item as unknown)]));
  return copy as T;
}

/** `toString` and `__proto__` are keys like any other. */
function ownField(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
