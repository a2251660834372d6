import { isMap, isSeq } from "yaml";
import type { Node } from "yaml";
import type { Problem } from "../../error.ts";
import { isExactInteger } from "../exact-json.ts";
import type { Json, KubernetesObject } from "../object.ts";
import type { FieldPath } from "./manifest.ts";

/** etcd takes no more with one request, whatever the API server allows. */
const maxObjectBytes = 1.5 * 1024 * 1024;

/** A value that should be an object, and where it stands in its document. */
export interface Item {
  readonly value: Json;
  readonly path: FieldPath;
  readonly node: Node | null | undefined;
}

/**
 * The objects of a document: itself, or the items of a `List`, `ConfigMapList` and so on, at any depth. Items of a typed list may leave
 * out apiVersion and kind, as the API server's answers do.
 */
export function itemsOf(value: Json, node: Node | null | undefined, path: FieldPath = []): Item[] {
  if (value === null) return [];
  if (!isMapValue(value)) return [{ value, path, node }];
  const { apiVersion, kind, items } = value;
  const isNamed = isMapValue(value.metadata) && value.metadata.name !== undefined;
  if (typeof kind !== "string" || !kind.endsWith("List") || isNamed || !Array.isArray(items)) {
    return [{ value, path, node }];
  }
  const list = isMap(node) ? node.get("items", true) : undefined;
  const itemKind = kind.slice(0, -"List".length);
  return items.flatMap((item, index) => {
    const itemNode = isSeq(list) ? (list.items[index] as Node | undefined) : undefined;
    const inherits = itemKind !== "" && isMapValue(item) && item.kind === undefined && item.apiVersion === undefined;
    const whole = inherits ? { apiVersion: apiVersion ?? null, kind: itemKind, ...item } : item;
    return itemsOf(whole, itemNode ?? node, [...path, "items", index]);
  });
}

/** Why a value is no object that can be deployed, undefined where it is one. */
export function faultOf(value: Json): Omit<Problem, "file" | "line"> | undefined {
  if (!isMapValue(value)) {
    return {
      message: "this is not a Kubernetes object",
      hint: "a manifest is a map with apiVersion, kind and metadata.name",
    };
  }
  for (const field of ["apiVersion", "kind"]) {
    if (value[field] === undefined) return { message: `${field} is missing` };
    if (!isName(value[field])) return { message: `${field} is not a name: got ${shown(value[field])}` };
  }
  return toolFault(value) ?? nameFault(value) ?? sizeFault(value);
}

/** Files that are for tools, which a glob finds among manifests. */
function toolFault({ apiVersion, kind }: Record<string, Json>): Omit<Problem, "file" | "line"> | undefined {
  if (!isName(apiVersion) || !apiVersion.startsWith("kustomize.config.k8s.io/")) return undefined;
  return {
    message: `this ${shown(kind).slice(1, -1)} is for kustomize, and no object of a cluster`,
    hint: 'Name its folder in the input "manifests": it is then rendered by kustomize.',
  };
}

function nameFault(value: Record<string, Json>): Omit<Problem, "file" | "line"> | undefined {
  const what = shown(value.kind).slice(1, -1);
  const { name, namespace, generateName } = isMapValue(value.metadata) ? value.metadata : {};
  if (name === undefined && generateName !== undefined) {
    const hint =
      value.kind === "Job"
        ? 'Give it a name. A Job that runs with each release has the annotation "slipway.dev/hook", and gets a fresh name each time.'
        : "A release must know its objects by name: give it one.";
    return { message: `${what} has generateName instead of metadata.name`, hint };
  }
  if (name === undefined) return { message: `${what} has no metadata.name` };
  if (!isName(name)) return { message: `metadata.name of ${what} is not a name: got ${shown(name)}` };
  if (namespace === undefined || isName(namespace)) return undefined;
  return { message: `metadata.namespace of ${what} ${name} is not a name: got ${shown(namespace)}` };
}

function sizeFault(value: Record<string, Json>): Omit<Problem, "file" | "line"> | undefined {
  if (!isLongerThan(value, maxObjectBytes)) return undefined;
  const { name } = value.metadata as { name: string };
  return {
    message: `${shown(value.kind).slice(1, -1)} ${name} has more than ${maxObjectBytes / 1024 / 1024} MiB, and no cluster keeps an object that large`,
    hint: "Split it, or keep its content elsewhere: in an image, or in a volume.",
  };
}

/** A lower bound of the length as JSON, which is all there is to know of most objects. */
function isLongerThan(value: Json, limit: number): boolean {
  let left = limit;
  const take = (each: Json): void => {
    if (left < 0) return;
    left -= typeof each === "string" ? each.length + 2 : 2;
    if (Array.isArray(each)) each.forEach(take);
    else if (isMapValue(each)) {
      for (const [key, inner] of Object.entries(each)) {
        left -= key.length + 4;
        take(inner);
      }
    }
  };
  take(value);
  return left < 0;
}

/** For a message: one line, and not long. */
function shown(value: Json = null): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

export function isMapValue(value: Json | undefined): value is Record<string, Json> {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !isExactInteger(value);
}

function isName(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

/** What `kubectl get -o yaml` prints and only a server, or kubectl itself, may set. */
export function withoutServerFields(object: KubernetesObject): KubernetesObject {
  const { status, metadata, ...rest } = object;
  const { managedFields, resourceVersion, uid, generation, creationTimestamp, annotations, ...meta } = metadata;
  if (!isMapValue(annotations)) return { ...rest, metadata: meta };
  const { "kubectl.kubernetes.io/last-applied-configuration": _, ...own } = annotations;
  return { ...rest, metadata: { ...meta, annotations: own } };
}
