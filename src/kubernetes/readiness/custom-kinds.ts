import type { KubernetesObject } from "../object.ts";
import { fieldsOf, freshConditionOf, lastChange, msSince, numberOf, specOf, statusOf } from "./objects.ts";
import type { Related } from "./objects.ts";
import { current, failed, inProgress } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** How long a controller may take to say its first word about an object that is new or has changed. */
const silencePatienceMs = 3_000;
/** How long it may take to take back what it said of the object before. */
const retractPatienceMs = 30_000;

/** Kinds of Kubernetes itself: those that have no rule have nothing to wait for. */
const ownGroups =
  /^([a-z]*|(admissionregistration|certificates|coordination|discovery|events|flowcontrol\.apiserver|internal\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io)$/;

/** Any kind without a rule, custom resources above all: its `Failed` and `Ready` conditions where it has them (kstatus). */
export function other(object: KubernetesObject, related: Related): Verdict {
  const gaveUp = givenUp(object, "Failed", related.now);
  if (gaveUp !== undefined) return gaveUp;
  const { conditions } = statusOf(object);
  const ready = freshConditionOf(object, "Ready");
  if (ready === undefined) {
    const isStale =
      Array.isArray(conditions) && conditions.some((one: { type?: unknown } | null) => one?.type === "Ready");
    if (isStale) return inProgress("NotObserved", "its controller has not seen the change yet");
    return isSilent(object, related) ? inProgress("NotReported", "its controller has said nothing yet") : current();
  }
  if (ready.status === "True") return current(ready.reason || "Ready", "ready");
  return inProgress(ready.reason || "NotReady", ready.message || "not ready yet");
}

/**
 * The verdict where a condition says that the controller has given up. One that does not tell which generation it means, and that is older
 * than the last change, may be about to be taken back.
 */
export function givenUp(object: KubernetesObject, type: "Stalled" | "Failed", now: Date): Verdict | undefined {
  const condition = freshConditionOf(object, type);
  if (condition?.status !== "True") return undefined;
  const text = condition.message || lowerFirst(type);
  const changed = lastChange(object);
  const isDated = (condition.observedGeneration ?? statusOf(object).observedGeneration) !== undefined;
  const isOlder = changed !== undefined && (condition.lastTransitionTime ?? changed) < changed;
  return !isDated && isOlder && msSince(changed, now) < retractPatienceMs
    ? inProgress("NotObserved", `was ${lowerFirst(type)} before it was changed: ${text}`)
    : failed(condition.reason || type, text);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Of a kind that has a status, and yet without one: its controller has not come to it, or there is none. */
function isSilent(object: KubernetesObject, { hasStatus = false, now }: Related): boolean {
  if (!hasStatus || object.status !== undefined || isOwnKind(object)) return false;
  return msSince(lastChange(object), now) < silencePatienceMs;
}

/** Whether it is a kind of Kubernetes itself. */
export function isOwnKind({ apiVersion }: KubernetesObject): boolean {
  return ownGroups.test(apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "");
}

/** Argo's Rollout says all in its phase. A pause without an end waits for a person, whom a deploy must not wait for. */
export function argoRollout(object: KubernetesObject, related: Related): Verdict {
  const { phase, message } = statusOf(object);
  const text = typeof message === "string" && message !== "" ? message : "";
  switch (phase) {
    case "Healthy":
      return current("Healthy", "healthy");
    case "Degraded":
      return failed("Degraded", text || "degraded");
    case "Paused":
      return isTimed(object)
        ? inProgress("Paused", text || "paused between two steps")
        : current("Paused", "paused by its own strategy, until somebody promotes it");
    case undefined:
      return other(object, related);
    default:
      return inProgress(typeof phase === "string" ? phase : "Progressing", text || "progressing");
  }
}

/** Whether the pause that it is in ends by itself. */
function isTimed(object: KubernetesObject): boolean {
  const strategy = fieldsOf(specOf(object).strategy);
  const { steps } = fieldsOf(strategy.canary);
  const index = numberOf(statusOf(object).currentStepIndex) ?? 0;
  const step: unknown = Array.isArray(steps) ? steps[index] : undefined;
  const { duration } = fieldsOf(fieldsOf(step).pause);
  return duration !== undefined || fieldsOf(strategy.blueGreen).autoPromotionSeconds !== undefined;
}

/** cert-manager tries a certificate that it could not get again, an hour later. */
export function certificate(object: KubernetesObject, related: Related): Verdict {
  const verdict = other(object, related);
  const issuing = freshConditionOf(object, "Issuing");
  const hasFailed = issuing?.status === "False" && statusOf(object).lastFailureTime !== undefined;
  if (verdict.status === "current" || !hasFailed) return verdict;
  return failed(issuing.reason || "Failed", issuing.message || "the certificate could not be issued");
}
