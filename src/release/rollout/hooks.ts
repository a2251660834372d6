import { createHash } from "node:crypto";
import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { nearest } from "../../runner/nearest.ts";
import { appLabel } from "../labels.ts";
import { ownTimeoutMs } from "./object-timeout.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placeAt } from "../server-problems.ts";

/** On a Job: when a release runs it. Several points are separated by commas. */
export const hookAnnotation = "slipway.dev/hook";
/** On the Jobs that releases make of a hook: which hook, and the revision. */
export const hookLabel = "slipway.dev/hook";
export const revisionLabel = "slipway.dev/revision";
/** On such a Job: which run made it, so that a run whose answer was lost knows its own. */
export const hookRunAnnotation = "slipway.dev/hook-run";

/** Before and after the workloads change; in a deploy, or in a rollback. */
export const hookPoints = ["pre-deploy", "post-deploy", "pre-rollback", "post-rollback"] as const;
export type HookPoint = (typeof hookPoints)[number];

/** Which hooks a release runs: those of its direction. */
export type Direction = "deploy" | "rollback";

/** The points in their order of running; none where the object is no hook. Points that do not exist are left out: see `hookProblems`. */
export function hookPointsOf({ metadata }: KubernetesObject): readonly HookPoint[] {
  const words = wordsOf(metadata.annotations?.[hookAnnotation]);
  return hookPoints.filter((point) => words.includes(point));
}

/** Whether a release makes Jobs of it instead of applying it. */
export function isHook({ metadata }: KubernetesObject): boolean {
  return metadata.annotations?.[hookAnnotation] !== undefined;
}

/** Whether it runs before or after the workloads of such a release change; undefined where it does not run at all. */
export function momentOf(object: KubernetesObject, direction: Direction): "pre" | "post" | undefined {
  const [first] = hookPointsOf(object).filter((point) => point.endsWith(direction));
  return first === undefined ? undefined : first.startsWith("pre") ? "pre" : "post";
}

/** What is wrong with the annotation of a hook, at its line. */
export function hookProblems(released: ReleaseObject): Problem[] {
  const { object } = released;
  if (!isHook(object)) return [];
  const at = placeAt(released, ["metadata", "annotations", hookAnnotation]);
  if (object.kind !== "Job" || !object.apiVersion.startsWith("batch/")) {
    const hint = "What a hook needs is applied before it runs: take the annotation out. What runs has to be a Job.";
    return [{ message: `${nameOf(object)} cannot be a hook, because only a Job can`, hint, ...at }];
  }
  const words = wordsOf(object.metadata.annotations?.[hookAnnotation]);
  const known: readonly string[] = hookPoints;
  const unknown = words.length === 0 ? [""] : words.filter((word) => !known.includes(word));
  return unknown.map((word) => {
    const near = nearest(word, hookPoints);
    const hint = near === undefined ? `Use ${hookPoints.join(", ")}.` : `Did you mean ${near}?`;
    return { message: `${nameOf(object)}: there is no hook "${word}"`, hint, ...at };
  });
}

function wordsOf(text = ""): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}

/** A Job's name is also a label's value: 63 characters. What the revision takes of them is kept free. */
const longestStem = 52;

/** What tells the Jobs of one hook: its name, shortened where the revision would not fit behind it. */
export function stemOf({ metadata: { name } }: KubernetesObject): string {
  if (name.length <= longestStem) return name;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, longestStem - hash.length - 1).replace(/[-.]+$/, "")}-${hash}`;
}

/**
 * The Job that a release makes of a hook: a new one for each revision, since a Job never changes and never runs twice. A hook with a
 * timeout of its own is ended by Kubernetes itself, also when nobody waits for it any more.
 */
export function jobOfHook(
  hook: KubernetesObject,
  { app, revision, run }: { readonly app: string; readonly revision: number; readonly run: string },
): KubernetesObject {
  const timeoutMs = ownTimeoutMs(hook);
  const { labels, annotations, ...metadata } = hook.metadata;
  const spec = hook.spec as { readonly activeDeadlineSeconds?: number } | undefined;
  const limit = timeoutMs === undefined ? {} : { activeDeadlineSeconds: Math.max(1, Math.ceil(timeoutMs / 1000)) };
  return {
    ...hook,
    metadata: {
      ...metadata,
      name: `${stemOf(hook)}-r${revision}`,
      labels: { ...labels, [appLabel]: app, [hookLabel]: stemOf(hook), [revisionLabel]: String(revision) },
      annotations: { ...annotations, [hookRunAnnotation]: run },
    },
    spec: { ...limit, ...spec },
  };
}
