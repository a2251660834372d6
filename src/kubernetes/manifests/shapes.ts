import type { Json } from "../object.ts";
import type { FieldPath } from "./manifest.ts";
import { isMapValue } from "./objects.ts";

/** A map with what is known inside of it, or a list of such. */
type Shape = { readonly map: Readonly<Record<string, Shape>> } | { readonly items: Shape };

const map = (inner: Readonly<Record<string, Shape>> = {}): Shape => ({ map: inner });
const list = (items: Shape): Shape => ({ items });

const sources = { configMap: map(), secret: map() };
const metadata = map({ labels: map(), annotations: map() });
const containers = list(
  map({
    env: list(map({ valueFrom: map({ configMapKeyRef: map(), secretKeyRef: map() }) })),
    envFrom: list(map({ configMapRef: map(), secretRef: map() })),
  }),
);
const volumes = list(map({ ...sources, image: map(), projected: map({ sources: list(map(sources)) }) }));
const podSpec = map({ containers, initContainers: containers, volumes });
const template = map({ metadata, spec: podSpec });

/** By the object's kind; `spec.template` of any kind of these groups is a pod's. */
function shapeOf({ apiVersion, kind }: Record<string, Json>): Shape {
  if (apiVersion === "v1" && kind === "Pod") return map({ metadata, spec: podSpec });
  if (kind === "CustomResourceDefinition") return map({ metadata, spec: map({ names: map(), versions: list(map()) }) });
  if (kind === "HorizontalPodAutoscaler") return map({ metadata, spec: map({ scaleTargetRef: map() }) });
  const isBuiltIn = apiVersion === "v1" || (typeof apiVersion === "string" && /^(?:apps|batch)\//.test(apiVersion));
  return isBuiltIn
    ? map({ metadata, spec: map({ template, jobTemplate: map({ spec: map({ template }) }) }) })
    : map({ metadata });
}

/** A part of an object that is no map or no list where every Kubernetes has one. */
export interface ShapeFault {
  readonly path: FieldPath;
  readonly message: string;
}

/**
 * What of the parts that Slipway looks into is not what it has to be: an empty list item that a template left, a map where a list
 * belongs. Everything else is the server's to check.
 */
export function shapeFaults(object: Record<string, Json>): ShapeFault[] {
  return faultsOf(shapeOf(object), object, []);
}

function faultsOf(shape: Shape, value: Json, path: FieldPath): ShapeFault[] {
  if ("items" in shape) {
    if (!Array.isArray(value)) return [{ path, message: `${textOf(path)} is not a list` }];
    return value.flatMap((item, index) => faultsOf(shape.items, item, [...path, index]));
  }
  if (!isMapValue(value)) return [{ path, message: `${textOf(path)} is ${value === null ? "empty" : "not a map"}` }];
  return Object.entries(shape.map).flatMap(([key, inner]) => {
    const part = value[key];
    // What is null is not given, but for items of lists.
    return part === undefined || part === null ? [] : faultsOf(inner, part, [...path, key]);
  });
}

function textOf(path: FieldPath): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);
}
