import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { nearest } from "../../runner/nearest.ts";
import { hookPointsOf } from "./hooks.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placeAt } from "../server-problems.ts";

/** On an object: what has to be current before it is applied, such as `StatefulSet/postgres, Job/seed`. */
export const dependsOnAnnotation = "slipway.dev/depends-on";

interface Placed {
  readonly released: ReleaseObject;
}

/** What each object waits for, among those that are given; objects that wait for nothing are left out. */
export function dependencies<T extends Placed>(all: readonly T[]): Map<T, readonly T[]> {
  const byName = Map.groupBy(all, ({ released }) => nameOf(released.object));
  return new Map(
    all.flatMap((each) => {
      const { object } = each.released;
      const found = namesOf(object).flatMap((name) => nearby(byName.get(name) ?? [], object) ?? []);
      return found.length === 0 ? [] : [[each, found] as const];
    }),
  );
}

/** Names that are in no manifest, and circles in which everything waits for everything, at the lines of their annotations. */
export function dependencyProblems(objects: readonly ReleaseObject[]): Problem[] {
  const all = objects.map((released) => ({ released }));
  const byName = Map.groupBy(all, ({ released }) => nameOf(released.object));
  const unknown = objects.flatMap((released) =>
    namesOf(released.object).flatMap((name): Problem[] => {
      const problem = nameProblem(released.object, name, byName);
      return problem === undefined ? [] : [{ ...problem, ...at(released) }];
    }),
  );
  return unknown.length > 0 ? unknown : circles(dependencies(all));
}

function nameProblem(
  object: KubernetesObject,
  name: string,
  byName: ReadonlyMap<string, readonly Placed[]>,
): Pick<Problem, "message" | "hint"> | undefined {
  const found = byName.get(name) ?? [];
  const message = `${nameOf(object)} depends on ${name}`;
  if (found.length === 0) {
    const near = nearest(name, byName.keys());
    const hint =
      near === undefined ? "Write kind and name of an object of this app, Kind/name." : `Did you mean ${near}?`;
    return { message: `${message}, which is in no manifest of this release`, hint };
  }
  const need = nearby(found, object);
  if (need === undefined)
    return {
      message: `${message}, and there is one in several namespaces`,
      hint: "It can wait for one in its own namespace, or for one that is alone of its name.",
    };
  const isLast = (each: KubernetesObject): boolean => hookPointsOf(each).some((point) => point.startsWith("post-"));
  if (!isLast(need.released.object) || isLast(object)) return undefined;
  return {
    message: `${message}, which runs after everything else`,
    hint: "Make that a hook of before, or take the dependency out.",
  };
}

function namesOf({ metadata }: KubernetesObject): string[] {
  const text = metadata.annotations?.[dependsOnAnnotation] ?? "";
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ""))];
}

/** The one of its own namespace, else the only one there is. */
function nearby<T extends Placed>(found: readonly T[], { metadata }: KubernetesObject): T | undefined {
  const own = found.find(({ released }) => released.object.metadata.namespace === metadata.namespace);
  return own ?? (found.length === 1 ? found[0] : undefined);
}

function circles(needs: ReadonlyMap<Placed, readonly Placed[]>): Problem[] {
  const done = new Set<Placed>();
  const problems: Problem[] = [];
  const visit = (each: Placed, path: readonly Placed[]): void => {
    const start = path.indexOf(each);
    if (start !== -1) problems.push(circle(path.slice(start)));
    if (start !== -1 || done.has(each)) return;
    for (const need of needs.get(each) ?? []) visit(need, [...path, each]);
    done.add(each);
  };
  for (const each of needs.keys()) visit(each, []);
  return problems;
}

function circle(path: readonly Placed[]): Problem {
  const [first] = path;
  const names = [...path, ...path.slice(0, 1)].map(({ released }) => nameOf(released.object));
  return {
    message: `${names[0] ?? ""} would wait for itself: ${names.join(" waits for ")}`,
    hint: `Take one of these out of ${dependsOnAnnotation}.`,
    ...(first === undefined ? {} : at(first.released)),
  };
}

function at(released: ReleaseObject): Pick<Problem, "file" | "line"> {
  return placeAt(released, ["metadata", "annotations", dependsOnAnnotation]);
}
