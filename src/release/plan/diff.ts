import { isExactInteger } from "../../kubernetes/exact-json.ts";
import type { Json, KubernetesObject } from "../../kubernetes/object.ts";
import { concealed, holdsSecret } from "../concealed.ts";
import { canonical } from "../fields/owned-fields.ts";

/**
 * One field that an apply changes, `spec.template.spec.containers[app].image`. A value that is absent was or will be unset. Of a field
 * that may hold a secret only `hidden` tells what becomes of it, and there is neither value.
 */
export interface FieldChange {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  readonly hidden?: "set" | "unset" | "changed";
}

/** What the server keeps for itself. */
const bookkeeping: ReadonlySet<string> = new Set([
  "metadata.managedFields",
  "metadata.resourceVersion",
  "metadata.generation",
  "metadata.uid",
  "metadata.creationTimestamp",
  // kubectl's, and kept in step with every apply.
  'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
  "status",
]);

/**
 * The fields in which two states of one object differ, status and the server's bookkeeping left out. Values of Secrets are never told,
 * nor what elsewhere looks like a secret (see concealed.ts): only that they change.
 */
export function diffObjects(before: KubernetesObject, after: KubernetesObject): FieldChange[] {
  const changes: FieldChange[] = [];
  compare({ path: "", keys: [] }, before as Json, after as Json, changes);
  if (after.kind !== "Secret") return changes;
  return changes.map((change) => (isOpen(change.path) || change.hidden !== undefined ? change : hide(change)));
}

/** What of a manifest is otherwise in the live object. What the manifest does not say, the server may have filled in: it is passed over. */
export function diffManifest(live: KubernetesObject, manifest: KubernetesObject): FieldChange[] {
  return diffObjects(live, overlay(live as Json, manifest as Json) as KubernetesObject);
}

/** `wanted` where it says something, else what is there. Lists whose items have names are overlaid item by item. */
function overlay(there: Json | undefined, wanted: Json): Json {
  if (isMap(there) && isMap(wanted)) {
    const entries = Object.entries(wanted).map(([key, value]) => [key, overlay(there[key], value)] as const);
    return { ...there, ...(Object.fromEntries(entries) as Record<string, Json>) };
  }
  if (!Array.isArray(there) || !Array.isArray(wanted)) return wanted;
  const key = keyOfItems(there, wanted);
  if (key !== undefined)
    return wanted.map((item) => overlay(isMap(item) ? findItem(there, key, item[key]) : undefined, item));
  return wanted.map((item, index) => (there.length === wanted.length ? overlay(there[index], item) : item));
}

/** Of a Secret, what cannot hold its values: kubectl's last-applied-configuration does, and it is an annotation. */
function isOpen(path: string): boolean {
  return /^(?:type|immutable|metadata\.labels)(?![\w-])/.test(path);
}

function hide({ path, before, after }: FieldChange): FieldChange {
  const had = before !== undefined;
  return { path, hidden: had ? (after === undefined ? "unset" : "changed") : "set" };
}

/** Where a comparison stands: the path as it is told, and the names on the way, list items' among them. */
interface Position {
  readonly path: string;
  readonly keys: readonly string[];
}

function compare(at: Position, before: Json | undefined, after: Json | undefined, changes: FieldChange[]): void {
  if (bookkeeping.has(at.path) || canonical(before) === canonical(after)) return;
  // Each key of a ConfigMap or Secret is told for itself, since one may be a secret and another not.
  const [was, becomes] = at.path === "data" ? [before ?? {}, after ?? {}] : [before, after];
  if (isMap(was) && isMap(becomes)) {
    for (const key of new Set([...Object.keys(was), ...Object.keys(becomes)]))
      compare(field(at, key), was[key], becomes[key], changes);
  } else if (Array.isArray(before) && Array.isArray(after)) compareLists(at, before, after, changes);
  else changes.push(changeAt(at, before, after));
}

function changeAt(at: Position, before: Json | undefined, after: Json | undefined): FieldChange {
  const change = {
    path: at.path,
    ...(before === undefined ? {} : { before: concealed(before) }),
    ...(after === undefined ? {} : { after: concealed(after) }),
  };
  // Two values that look alike once their secrets are taken out differ in these.
  const isSame = before !== undefined && canonical(change.before) === canonical(change.after);
  return isSame || holdsSecret(at.keys) ? hide(change) : change;
}

function compareLists(at: Position, before: Json[], after: Json[], changes: FieldChange[]): void {
  const key = keyOfItems(before, after);
  if (key === undefined) {
    const isAligned = before.length === after.length && [...before, ...after].every(isMap);
    if (!isAligned) changes.push(changeAt(at, before, after));
    else before.forEach((item, index) => compare(element(at, String(index)), item, after[index], changes));
    return;
  }
  const names = (list: Json[]): (string | number)[] =>
    list.flatMap((item) => (isMap(item) && isName(item[key]) ? [item[key]] : []));
  for (const name of new Set([...names(before), ...names(after)])) {
    const label = key === "name" ? String(name) : `${key}=${String(name)}`;
    compare(element(at, label), findItem(before, key, name), findItem(after, key, name), changes);
  }
  const [was, becomes] = [names(before), names(after)];
  const [common, kept] = [was.filter((name) => becomes.includes(name)), becomes.filter((name) => was.includes(name))];
  if (canonical(common) !== canonical(kept)) changes.push({ path: `${at.path}[order]`, before: was, after: becomes });
}

function field({ path, keys }: Position, key: string): Position {
  const plain = /^[\w$-]+$/.test(key);
  const joined = plain ? (path === "" ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;
  return { path: joined, keys: [...keys, key] };
}

function element({ path, keys }: Position, label: string): Position {
  return { path: `${path}[${label}]`, keys: [...keys, label] };
}

/** Fields that tell the items of a list apart, as Kubernetes' own lists have them. */
const itemKeys = [
  "name",
  "containerPort",
  "port",
  "mountPath",
  "devicePath",
  "topologyKey",
  "ip",
  "host",
  "path",
  "type",
];

/** The field by which the items of both lists are known: all have it, and no two of one list the same. */
function keyOfItems(before: readonly Json[], after: readonly Json[]): string | undefined {
  if (before.length === 0 || after.length === 0) return undefined;
  const isKey = (list: readonly Json[], key: string): boolean => {
    const values = list.map((item) => (isMap(item) ? item[key] : undefined));
    return values.every(isName) && new Set(values).size === list.length;
  };
  return itemKeys.find((key) => isKey(before, key) && isKey(after, key));
}

function findItem(list: readonly Json[], key: string, value: Json | undefined): Json | undefined {
  return list.find((item) => isMap(item) && item[key] === value);
}

function isName(value: Json | undefined): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function isMap(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !isExactInteger(value);
}
