import type { Json, KubernetesObject } from "../kubernetes/object.ts";
import { canonical } from "./owned-fields.ts";

/** One field that an apply changes, `spec.template.spec.containers[app].image`. A value that is absent was or will be unset. */
export interface FieldChange {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** What the server keeps for itself. */
const bookkeeping: ReadonlySet<string> = new Set([
  "metadata.managedFields",
  "metadata.resourceVersion",
  "metadata.generation",
  "metadata.uid",
  "metadata.creationTimestamp",
  "status",
]);

/**
 * The fields in which two states of one object differ, status and the server's bookkeeping left out. Values of Secrets are never told,
 * only that they change.
 */
export function diffObjects(before: KubernetesObject, after: KubernetesObject): FieldChange[] {
  const changes: FieldChange[] = [];
  compare(before as Json, after as Json, "", changes);
  if (after.kind !== "Secret") return changes;
  return changes.map((change) => (isOpen(change.path) ? change : { path: change.path }));
}

/** Of a Secret, what cannot hold its values: kubectl's last-applied-configuration does, and it is an annotation. */
function isOpen(path: string): boolean {
  return /^(?:type|immutable|metadata\.labels)(?![\w-])/.test(path);
}

function compare(before: Json | undefined, after: Json | undefined, path: string, changes: FieldChange[]): void {
  if (bookkeeping.has(path) || canonical(before) === canonical(after)) return;
  if (isMap(before) && isMap(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      compare(before[key], after[key], joinPath(path, key), changes);
    }
  } else if (isNamedList(before) && isNamedList(after)) {
    for (const name of new Set([...before, ...after].map((item) => item.name))) {
      const [was, becomes] = [before, after].map((list) => list.find((item) => item.name === name));
      compare(was, becomes, `${path}[${name}]`, changes);
    }
  } else {
    changes.push({ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) });
  }
}

function joinPath(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

function isMap(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function isNamedList(value: Json | undefined): value is { name: string; [field: string]: Json }[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item.name === "string")
  );
}
