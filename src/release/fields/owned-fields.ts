import { createHash } from "node:crypto";
import { isExactInteger } from "../../kubernetes/exact-json.ts";
import type { KubernetesObject, ManagedFieldsEntry } from "../../kubernetes/object.ts";
import { fieldManager } from "../labels.ts";

/**
 * A hash of the fields that Slipway owns in a live object, with their values as the server keeps them (a quantity of `1000m` is `1`
 * there). As long as it stays what it was after an apply, that apply would change nothing: nobody has touched a field of ours.
 */
export function ownedHash(live: KubernetesObject, options: { readonly withoutReplicas: boolean }): string | undefined {
  const entry = ownEntry(live);
  if (entry?.fieldsV1 === undefined) return undefined;
  const owned = pick(live, entry.fieldsV1);
  if (options.withoutReplicas) dropReplicas(owned);
  return createHash("sha256").update(canonical(owned)).digest("hex").slice(0, 32);
}

/** Our own values inside a workload's pod template, as `seen` has them; `undefined` where `applied` says that we own none. */
export function ownedTemplate(applied: KubernetesObject, seen: KubernetesObject): unknown {
  const template = asFields(ownEntry(applied)?.fieldsV1?.["f:spec"])["f:template"];
  return template === undefined ? undefined : pick(seen, { "f:spec": { "f:template": template } });
}

/** Our own entry of `metadata.managedFields`: what we applied, not what a status update or another manager did. */
export function ownEntry({ metadata }: KubernetesObject): ManagedFieldsEntry | undefined {
  return metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === fieldManager && operation === "Apply" && subresource === undefined,
  );
}

/** Whether a manager of ours owns `spec.replicas` and nobody else does: taking it out of the manifest would reset it to 1. */
export function ownsReplicasAlone({ metadata }: KubernetesObject): boolean {
  const owners = (metadata.managedFields ?? []).filter(({ fieldsV1 }) => {
    const spec = fieldsV1?.["f:spec"];
    return spec !== null && typeof spec === "object" && "f:replicas" in spec;
  });
  return owners.length === 1 && owners[0]?.manager === fieldManager;
}

/**
 * The part of `value` that a FieldsV1 set names. Its keys: `f:NAME` a field, `k:{…}` a list item by its keys, `v:…` a value of a set,
 * `.` the container itself (sigs.k8s.io/structured-merge-diff, fieldpath/serialize.go).
 */
function pick(value: unknown, fields: Record<string, unknown>): unknown {
  const keys = Object.keys(fields).filter((key) => key !== ".");
  if (keys.length === 0) return value;
  if (Array.isArray(value)) return keys.map((key) => [key, pickItem(value, key, fields[key])]);
  const map = value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
  return Object.fromEntries(keys.map((key) => [key, pick(map[key.slice(2)], asFields(fields[key]))]));
}

function pickItem(list: readonly unknown[], key: string, fields: unknown): unknown {
  if (!key.startsWith("k:")) return list.find((item) => key === `v:${JSON.stringify(item)}`);
  const wanted = Object.entries(JSON.parse(key.slice(2)) as Record<string, unknown>);
  const item = list.find((each) =>
    wanted.every(([name, expected]) => (each as Record<string, unknown>)[name] === expected),
  );
  return pick(item, asFields(fields));
}

function asFields(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}

function dropReplicas(owned: unknown): void {
  const spec = asFields(asFields(owned)["f:spec"]);
  delete spec["f:replicas"];
}

/** JSON with sorted keys: equal values give equal text. By hand, since thousands of objects go through it at every deploy. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== "object" || isExactInteger(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join()}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}
