import { isMap } from "./json.ts";
import { compareElements, fieldElement, isElement, type PathElement } from "./path-element.ts";
import type { Type } from "./type.ts";

/** A set of fields: for each path element whether it is a member itself, and the members below it. Never changed once made. */
export type FieldSet = ReadonlyMap<PathElement, FieldNode>;

export interface FieldNode {
  readonly member: boolean;
  readonly children: FieldSet;
}

export const emptySet: FieldSet = new Map();

/** A set that is being filled, path by path. */
export class FieldSetBuilder {
  readonly #root = new Map<PathElement, MutableNode>();

  /** Adds one path; its parents do not become members. The empty path, the whole object, is never a member. */
  add(path: readonly PathElement[]): void {
    let level = this.#root;
    let node: MutableNode | undefined;
    for (const element of path) {
      node = level.get(element);
      if (node === undefined) level.set(element, (node = { member: false, children: new Map() }));
      level = node.children;
    }
    if (node !== undefined) node.member = true;
  }

  build(): FieldSet {
    return this.#root;
  }
}

interface MutableNode {
  member: boolean;
  children: Map<PathElement, MutableNode>;
}

/** The set of the given paths of field names. */
export function setOfPaths(paths: readonly (readonly string[])[]): FieldSet {
  const builder = new FieldSetBuilder();
  for (const path of paths) builder.add(path.map(fieldElement));
  return builder.build();
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const result = new Map(a);
  for (const [element, theirs] of b) {
    const ours = a.get(element);
    const merged = ours && { member: ours.member || theirs.member, children: union(ours.children, theirs.children) };
    result.set(element, merged ?? theirs);
  }
  return result;
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return filterNodes(a, (element, ours) => {
    const theirs = b.get(element);
    if (theirs === undefined) return undefined;
    return { member: ours.member && theirs.member, children: intersection(ours.children, theirs.children) };
  });
}

/** The members of `a` that are not members of `b`. A parent does not stand for its children. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (b.size === 0) return a;
  return filterNodes(a, (element, ours) => {
    const theirs = b.get(element);
    if (theirs === undefined) return ours;
    return { member: ours.member && !theirs.member, children: difference(ours.children, theirs.children) };
  });
}

/** As `difference`, but a member of `b` takes everything below it along. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (b.size === 0) return a;
  return filterNodes(a, (element, ours) => {
    const theirs = b.get(element);
    if (theirs === undefined) return ours;
    if (theirs.member) return undefined;
    return { member: ours.member, children: recursiveDifference(ours.children, theirs.children) };
  });
}

/** Nodes that are empty after `change` are left out, so that a set with no members has size 0. */
function filterNodes(
  set: FieldSet,
  change: (element: PathElement, node: FieldNode) => FieldNode | undefined,
): FieldSet {
  const result = new Map<PathElement, FieldNode>();
  for (const [element, node] of set) {
    const changed = change(element, node);
    if (changed !== undefined && (changed.member || changed.children.size > 0)) result.set(element, changed);
  }
  return result;
}

export function has(set: FieldSet, path: readonly PathElement[]): boolean {
  let level: FieldSet | undefined = set;
  let node: FieldNode | undefined;
  for (const element of path) {
    node = level?.get(element);
    level = node?.children;
  }
  return node?.member === true;
}

/**
 * The set with the struct fields above its members added: "spec.replicas" adds "spec", a field of the schema, but
 * "data.a" of a ConfigMap does not add what is a key of a map.
 */
export function withNamedParents(set: FieldSet, type: Type | undefined): FieldSet {
  const result = new Map<PathElement, FieldNode>();
  for (const [element, node] of set) {
    const named = element.startsWith("f:") ? type?.map?.fields.get(element.slice(2)) : undefined;
    const member = node.member || (named !== undefined && node.children.size > 0);
    const children = node.children.size === 0 ? emptySet : withNamedParents(node.children, childType(type, element));
    result.set(element, { member, children });
  }
  return result;
}

/** The type below a path element; undefined where the schema says nothing. */
export function childType(type: Type | undefined, element: PathElement): Type | undefined {
  if (!element.startsWith("f:")) return type?.list?.items;
  return type?.map?.fields.get(element.slice(2))?.type ?? type?.map?.rest;
}

/** Each member's path, in the server's order: the members of a level before the members below them. */
export function* paths(set: FieldSet, above: readonly PathElement[] = []): Generator<readonly PathElement[]> {
  const sorted = [...set].sort(([a], [b]) => compareElements(a, b));
  for (const [element, node] of sorted) if (node.member) yield [...above, element];
  for (const [element, node] of sorted) yield* paths(node.children, [...above, element]);
}

/** The FieldsV1 form, with keys in the server's order. */
export function toFieldsV1(set: FieldSet): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [element, node] of [...set].sort(([a], [b]) => compareElements(a, b))) {
    const below = toFieldsV1(node.children);
    result[element] = node.member && node.children.size > 0 ? { ".": {}, ...below } : below;
  }
  return result;
}

/** Reads a FieldsV1; elements of a kind that is not known are left out, as the server does. */
export function fromFieldsV1(fields: Readonly<Record<string, unknown>>): FieldSet {
  const result = new Map<PathElement, FieldNode>();
  for (const [element, below] of Object.entries(fields)) {
    if (element === "." || !isElement(element)) continue;
    const children = isMap(below) ? fromFieldsV1(below) : emptySet;
    const member = children.size === 0 || (isMap(below) && "." in below);
    result.set(element, { member, children });
  }
  return result;
}
