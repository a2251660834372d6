import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { podTemplateOf } from "../../kubernetes/pod-template.ts";
import { dependencies, dependencyProblems } from "./dependencies.ts";
import { hookProblems, momentOf } from "./hooks.ts";
import type { Direction } from "./hooks.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placeAt } from "../server-problems.ts";

/** On an object: its place among the others, a whole number. Without one it is 0, as with Argo CD's waves. */
export const waveAnnotation = "slipway.dev/wave";

/** What has to be there before the next stage starts. Whatever is not named goes last, all together. */
const stages: readonly (readonly string[])[] = [
  ["Namespace"],
  ["CustomResourceDefinition"],
  [
    "ResourceQuota",
    "LimitRange",
    "PriorityClass",
    "StorageClass",
    "NetworkPolicy",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ServiceAccount",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
  ],
  ["ConfigMap", "Secret", "PersistentVolume", "PersistentVolumeClaim"],
];

/** What an object brings along to be put in order. */
export interface Placed {
  readonly released: ReleaseObject;
}

/** Objects that are applied together. */
export interface Step<T> {
  readonly members: readonly T[];
  /** Those of earlier steps that have to be current by then. */
  readonly after: readonly T[];
  /** Those of them that have to be complete, if they are Jobs. To the hooks at the end a Job that has started is good enough. */
  readonly complete: ReadonlySet<T>;
}

/**
 * The order of a release: what others stand on, stage by stage; the hooks before; everything else, wave by wave; the hooks after.
 * A wave starts when what came before it is current. What something depends on comes no later than it does, whatever its wave.
 */
export function inSteps<T extends Placed>(all: readonly T[], direction: Direction): Step<T>[] {
  const needs = dependencies(all);
  const places = pullForward(all, needs, direction);
  const groups = Map.groupBy(all, (each) => String(places.get(each)));
  const sorted = [...groups.values()].sort(([a], [b]) => comparePlaces(placeOf(places, a), placeOf(places, b)));
  const steps: Step<T>[] = [];
  const earlier: T[] = [];
  for (const group of sorted) {
    const place = placeOf(places, group[0]);
    const levels = inLevels(group, needs);
    for (const level of levels) {
      const members = servicesFirst(level);
      const needed = new Set(members.flatMap((member) => needs.get(member) ?? []));
      const isWaitedFor = (each: T): boolean =>
        each.released.object.kind === "CustomResourceDefinition" ||
        isOtherWave(placeOf(places, each), place) ||
        needed.has(each);
      const after = earlier.filter(isWaitedFor);
      const complete = place[0] === parts.after ? needed : new Set(after);
      steps.push({ members, after, complete });
      earlier.push(...members);
    }
  }
  return steps;
}

/** What is wrong with the annotations that order a release, each at its line. */
export function orderProblems(objects: readonly ReleaseObject[]): Problem[] {
  const waves = objects.flatMap((released): Problem[] => {
    const { object } = released;
    if (!Number.isNaN(waveOf(object))) return [];
    const got = object.metadata.annotations?.[waveAnnotation] ?? "";
    const message = `${nameOf(object)}: ${waveAnnotation} is a whole number: got "${got}"`;
    return [{ message, ...placeAt(released, ["metadata", "annotations", waveAnnotation]) }];
  });
  return [...objects.flatMap(hookProblems), ...waves, ...dependencyProblems(objects)];
}

/** Part of the release, then the wave and the stage in the order that counts there. */
type Place = readonly [part: number, first: number, second: number];
const parts = { ground: 0, before: 1, waves: 2, after: 3 } as const;

function ownPlace({ object }: ReleaseObject, direction: Direction): Place {
  const moment = momentOf(object, direction);
  const wave = waveOf(object) ?? 0;
  if (moment !== undefined) return [moment === "pre" ? parts.before : parts.after, wave, 0];
  const found = stages.findIndex((kinds) => kinds.includes(object.kind));
  // Where a later wave is asked for, it is the wave's; else pods of any wave can count on it.
  return found === -1 || wave > 0
    ? [parts.waves, wave, found === -1 ? stages.length : found]
    : [parts.ground, found, wave];
}

/** The whole number of its annotation; undefined without one, NaN for what is none. */
export function waveOf({ metadata }: KubernetesObject): number | undefined {
  const text = metadata.annotations?.[waveAnnotation];
  return text === undefined ? undefined : /^[+-]?\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
}

/** Each object's place; what something earlier needs is moved there, with the Services that lead to it. */
function pullForward<T extends Placed>(
  all: readonly T[],
  needs: ReadonlyMap<T, readonly T[]>,
  direction: Direction,
): Map<T, Place> {
  const places = new Map(all.map((each) => [each, ownPlace(each.released, direction)]));
  const pull = (each: T, place: Place): void => {
    if (comparePlaces(placeOf(places, each), place) <= 0) return;
    places.set(each, place);
    pullNeeds(each);
  };
  const pullNeeds = (each: T): void => {
    const place = placeOf(places, each);
    for (const need of needs.get(each) ?? []) {
      pull(need, place);
      for (const service of servicesOf(need, all)) pull(service, place);
    }
  };
  for (const each of needs.keys()) pullNeeds(each);
  return places;
}

/** Nothing can be reached through a name that is not there yet. */
function servicesOf<T extends Placed>({ released: { object } }: T, all: readonly T[]): T[] {
  const labels = podTemplateOf(object)?.metadata?.labels;
  if (labels === undefined) return [];
  return all.filter(({ released: { object: service } }) => {
    if (service.kind !== "Service" || service.metadata.namespace !== object.metadata.namespace) return false;
    const { selector = {} } = (service.spec ?? {}) as { readonly selector?: Readonly<Record<string, string>> };
    const pairs = Object.entries(selector);
    return pairs.length > 0 && pairs.every(([key, value]) => labels[key] === value);
  });
}

/** Members of one place, those first that need none of the others. */
function inLevels<T extends Placed>(group: readonly T[], needs: ReadonlyMap<T, readonly T[]>): T[][] {
  const members = new Set(group);
  const levels = new Map<T, number>();
  const levelOf = (each: T): number => {
    const known = levels.get(each);
    if (known !== undefined) return known;
    const inside = (needs.get(each) ?? []).filter((need) => members.has(need));
    const level = Math.max(-1, ...inside.map(levelOf)) + 1;
    levels.set(each, level);
    return level;
  };
  return [...Map.groupBy(group, levelOf)].sort(([a], [b]) => a - b).map(([, level]) => level);
}

/** What stands on the ground waits for nothing there; every wave waits for all before it. */
function isOtherWave([part, wave]: Place, [nextPart, nextWave]: Place): boolean {
  if (part === parts.ground || nextPart === parts.ground) return false;
  return part !== nextPart || wave !== nextWave;
}

/**
 * A pod finds in its environment the Services that are there when it starts. The other reason is speed: each workload keeps controllers
 * and API server busy for a while, and what is applied after it has to share them.
 */
function servicesFirst<T extends Placed>(members: readonly T[]): T[] {
  const isService = ({ released }: T): boolean => released.object.kind === "Service";
  return [...members.filter(isService), ...members.filter((each) => !isService(each))];
}

function comparePlaces(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function placeOf<T>(places: ReadonlyMap<T, Place>, each: T | undefined): Place {
  return (each === undefined ? undefined : places.get(each)) ?? [parts.after, 0, 0];
}
