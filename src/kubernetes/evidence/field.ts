import type { ContainerSpec, ContainerStatus, Pod } from "../readiness/objects.ts";

/**
 * The way to a field. A step that is an object stands for the item of a list that holds what it holds: indices differ between a manifest
 * and what admission has made of it.
 */
export type FieldHint = readonly (string | Readonly<Record<string, unknown>>)[];

/** The way to a field of the container that is not well, below the spec of the pod. */
export function inContainer(
  {
    pod,
    container,
    spec,
  }: { pod: Pod | undefined; container?: ContainerStatus | undefined; spec: ContainerSpec | undefined },
  ...field: FieldHint
): FieldHint {
  const name = container?.name ?? spec?.name;
  const isInitial = pod?.spec?.initContainers?.some((each) => each.name === name) === true;
  return [isInitial ? "initContainers" : "containers", { name }, ...field];
}

/** The path of the field in `value`, or of the last step that is there. */
export function locate(value: unknown, hint: FieldHint): readonly (string | number)[] {
  const path: (string | number)[] = [];
  let here = value;
  for (const step of hint) {
    const key = typeof step === "string" ? step : indexOf(here, step);
    const next: unknown = typeof here === "object" && here !== null ? Reflect.get(here, key) : undefined;
    if (next === undefined) break;
    path.push(key);
    here = next;
  }
  return path;
}

function indexOf(list: unknown, wanted: Readonly<Record<string, unknown>>): number {
  return Array.isArray(list) ? list.findIndex((item) => holds(item, wanted)) : -1;
}

/** Whether `value` has all that `wanted` has. */
function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return value === wanted;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(wanted).every(([key, each]) => holds(Reflect.get(value, key), each));
}
