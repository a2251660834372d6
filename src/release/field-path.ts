import type { FieldPath } from "../kubernetes/manifests/manifest.ts";
import type { Json, KubernetesObject } from "../kubernetes/object.ts";

/** The parts of a field as Kubernetes writes it: a name, or what stands between brackets. */
const parts = /\.?([^.[\]]+)|\[("(?:[^"\\]|\\.)*"|[^\]]*)\]/g;

/**
 * The path inside the manifest for a field as Kubernetes or a plan writes it: `spec.containers[0].image`,
 * `.spec.containers[name="app"].image`, `spec.containers[app].image`, `data[some.key]`. Stops at what the manifest does not have.
 */
export function parseFieldPath(text: string, object: KubernetesObject): FieldPath {
  const path: (string | number)[] = [];
  let value: unknown = object;
  for (const [, name, inside = ""] of text.matchAll(parts)) {
    const key = name ?? indexOf(value, inside);
    path.push(key);
    value = value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return path;
}

/** The value at a path, undefined where there is none. */
export function valueAt(object: KubernetesObject, path: FieldPath): Json | undefined {
  let value = object as Json | undefined;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Record<string | number, Json>)[key];
  }
  return value;
}

/** The names on the way to a field, list items' among them: `spec`, `env`, `TOKEN`, `value`. */
export function keysOf(text: string): string[] {
  return [...text.matchAll(parts)].map(([, name, inside = ""]) => name ?? unquoted(inside.replace(/^\w+=/, "")));
}

function indexOf(value: unknown, inside: string): string | number {
  if (!Array.isArray(value)) return unquoted(inside);
  if (/^\d+$/.test(inside)) return Number(inside);
  const named = inside.includes("=") ? inside : `name="${unquoted(inside)}"`;
  const wanted = [...named.matchAll(/(\w+)=("[^"]*"|[^,]+)/g)].map(
    ([, key = "", text = ""]) => [key, unquoted(text)] as const,
  );
  const index = value.findIndex((item: Record<string, unknown> | null) =>
    // A key that the manifest leaves out has the server's default: it cannot tell the items apart here.
    wanted.every(([key, text]) => item?.[key] === undefined || unquoted(JSON.stringify(item[key])) === text),
  );
  return Math.max(index, 0);
}

function unquoted(text: string): string {
  return text.replace(/^"(.*)"$/s, "$1");
}
