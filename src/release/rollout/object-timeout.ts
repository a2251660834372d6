import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { parseDuration } from "../../runner/duration.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placeAt } from "../server-problems.ts";

/** On an object: how long it may take to get ready, such as `90s` or `10m`, inside the timeout of the whole release. */
export const timeoutAnnotation = "slipway.dev/timeout";

/** The limit that the object sets itself, in milliseconds; `undefined` where it sets none, or nothing that is a duration. */
export function ownTimeoutMs({ metadata }: KubernetesObject): number | undefined {
  const text: unknown = metadata.annotations?.[timeoutAnnotation];
  const ms = typeof text === "string" ? parseDuration(text.trim()) : undefined;
  return ms === 0 ? undefined : ms;
}

/** Annotations that are no duration, each at its line. */
export function timeoutProblems(objects: readonly ReleaseObject[]): Problem[] {
  return objects.flatMap((released): Problem[] => {
    const { object } = released;
    const text: unknown = object.metadata.annotations?.[timeoutAnnotation];
    if (text === undefined || ownTimeoutMs(object) !== undefined) return [];
    return [
      {
        message: `${nameOf(object)}: ${timeoutAnnotation} is not a duration: got ${JSON.stringify(text)}`,
        hint: "Write it like 90s, 10m or 1h30m.",
        ...placeAt(released, ["metadata", "annotations", timeoutAnnotation]),
      },
    ];
  });
}
