/**
 * Sets of fields as `metadata.managedFields` keeps them (FieldsV1), as plain lists of paths. A path's keys: `f:NAME` a field, `k:{…}` a
 * list item by its keys, `v:…` a value of a set (sigs.k8s.io/structured-merge-diff, fieldpath/serialize.go).
 */
export type FieldPathKeys = readonly string[];
export type FieldsV1 = Readonly<Record<string, unknown>>;

/** The members of a set, outer ones before what is inside of them. */
export function pathsOf(fields: FieldsV1 = {}, above: FieldPathKeys = []): FieldPathKeys[] {
  return Object.entries(fields).flatMap(([key, below]) => {
    if (key === ".") return [];
    const inner = asFields(below);
    const path = [...above, key];
    const isMember = "." in inner || Object.keys(inner).length === 0;
    return [...(isMember ? [path] : []), ...pathsOf(inner, path)];
  });
}

/** The inverse of `pathsOf`. */
export function fieldsOfPaths(paths: readonly FieldPathKeys[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  const members = new Set<Record<string, unknown>>();
  for (const path of paths) {
    let node = root;
    for (const key of path) node = (node[key] ??= {}) as Record<string, unknown>;
    members.add(node);
  }
  for (const node of members) if (Object.keys(node).length > 0) node["."] = {};
  return root;
}

/** What tells equal paths. */
export function pathText(path: FieldPathKeys): string {
  return path.join("\n");
}

/** Whether an object has something at a path. What a list item leaves out may be the default that its key names. */
export function hasPath(value: unknown, [key, ...rest]: FieldPathKeys): boolean {
  if (key === undefined) return value !== undefined && value !== null;
  return stepsInto(value, key).some((next) => hasPath(next, rest));
}

function stepsInto(value: unknown, key: string): unknown[] {
  if (!Array.isArray(value)) return key.startsWith("f:") ? [asFields(value)[key.slice(2)]] : [];
  return value.filter((item) => isNamed(item, key));
}

/** Whether a list's item is the one that a key means. */
function isNamed(item: unknown, key: string): boolean {
  if (key.startsWith("v:")) return key.slice(2) === JSON.stringify(item);
  if (!key.startsWith("k:")) return false;
  const fields = asFields(item);
  return Object.entries(asFields(JSON.parse(key.slice(2)))).every(
    ([name, wanted]) => fields[name] === undefined || fields[name] === wanted,
  );
}

/** Takes out of an object, in place, what stands at a path; what is empty then stays, for the server to decide on. */
export function removePath(value: unknown, [key = "", ...rest]: FieldPathKeys): void {
  if (rest.length > 0) {
    for (const next of stepsInto(value, key)) removePath(next, rest);
  } else if (Array.isArray(value)) {
    const index = value.findIndex((item) => isNamed(item, key));
    if (index !== -1) value.splice(index, 1);
  } else if (key.startsWith("f:") && value !== null && typeof value === "object") {
    Reflect.deleteProperty(value, key.slice(2));
  }
}

function asFields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
