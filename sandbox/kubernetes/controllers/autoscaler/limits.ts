import type { Condition } from "../kinds.ts";
import type { Autoscaler } from "./kinds.ts";

/** A recommendation of some moment, in epoch milliseconds. */
export interface Recommended {
  readonly at: number;
  readonly replicas: number;
}

type Said = Required<Pick<Condition, "status" | "reason" | "message">>;

export interface Limited {
  readonly replicas: number;
  readonly ableToScale: Said;
  readonly scalingLimited: Said;
}

/** How long the highest recommendation holds a scale-down back, in milliseconds; 5 minutes unless the autoscaler says otherwise. */
export function stabilizationMs({ spec }: Autoscaler): number {
  return (spec.behavior?.scaleDown?.stabilizationWindowSeconds ?? 300) * 1000;
}

/**
 * What becomes of the newest recommendation (the last of `recent`, which are those of the stabilization window): nothing is scaled
 * down below a recent one, nor up by more than twice or beyond the bounds.
 */
export function limit(autoscaler: Autoscaler, recent: readonly Recommended[], current: number): Limited {
  const newest = recent.at(-1)?.replicas ?? current;
  const stable = Math.max(...recent.map(({ replicas }) => replicas), newest);
  const ableToScale =
    stable === newest
      ? say("True", "ReadyForNewScale", "recommended size matches current size")
      : say(
          "True",
          "ScaleDownStabilized",
          "recent recommendations were higher than current one, applying the highest recent recommendation",
        );
  return { ...bound(autoscaler, stable, current), ableToScale };
}

function bound({ spec }: Autoscaler, wanted: number, current: number): Omit<Limited, "ableToScale"> {
  const least = spec.minReplicas ?? 1;
  const fastest = Math.max(2 * current, 4);
  const most = Math.min(spec.maxReplicas, fastest);
  if (wanted < least) {
    const why = "the desired replica count is less than the minimum replica count";
    return { replicas: least, scalingLimited: say("True", "TooFewReplicas", why) };
  }
  if (wanted <= most) {
    const why = "the desired count is within the acceptable range";
    return { replicas: wanted, scalingLimited: say("False", "DesiredWithinRange", why) };
  }
  const scalingLimited =
    spec.maxReplicas > fastest
      ? say("True", "ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate")
      : say("True", "TooManyReplicas", "the desired replica count is more than the maximum replica count");
  return { replicas: most, scalingLimited };
}

function say(status: Condition["status"], reason: string, message: string): Said {
  return { status, reason, message };
}
