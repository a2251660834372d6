import { describeExit } from "./exit.ts";
import { isFinalPullError, isRefusedPull } from "./image-pull.ts";
import { causeOf, schedulingCause } from "./kubelet-words.ts";
import { conditionOf, msSince } from "./objects.ts";
import type { ContainerSpec, ContainerStatus, Event, Pod, Related } from "./objects.ts";
import { probeBudgetMs } from "./probe-budget.ts";

/**
 * What keeps a pod from getting ready.
 * `final`: only a change will help. `repeated`: it fails again and again, which a dependency that comes up late may still mend.
 * `passing`: it may pass by itself.
 */
export interface Trouble {
  readonly weight: "final" | "repeated" | "passing";
  /** Kubernetes' word for it. */
  readonly reason: string;
  /** Begins with what is in trouble, without the pod's name. */
  readonly message: string;
  readonly pod: Pod;
  readonly container?: ContainerStatus;
}

type Weight = Trouble["weight"];

/** What the weight of a container's trouble depends on. */
interface Facts {
  readonly message: string;
  /** How often the container ended or could not be started. */
  readonly failures: number;
  /** Since a node took the pod, in ms. */
  readonly ageMs: number;
  /** Whether the pod names Secrets to pull its images with. */
  readonly hasCredentials: boolean;
}

type Rule = (facts: Facts) => Weight;

/**
 * How long what may pass by itself is given to do so, in ms. A cluster autoscaler takes minutes to add a node. A kubelet that has not seen
 * a new Secret yet pulls without it, and comes back after ten seconds.
 */
const patience = { pull: 180_000, credentials: 30_000, config: 60_000, create: 60_000, schedule: 300_000 } as const;

const always: Rule = () => "final";
const counted: Rule = ({ failures }) => (failures > 1 ? "repeated" : "passing");
const pull: Rule = ({ message, ageMs, hasCredentials }) => {
  const mayComeLate = hasCredentials && isRefusedPull(message) && ageMs <= patience.credentials;
  return (isFinalPullError(message) && !mayComeLate) || ageMs > patience.pull ? "final" : "passing";
};
const create: Rule = (facts) => (facts.failures <= 1 && facts.ageMs > patience.create ? "final" : counted(facts));
const config: Rule = ({ message, ageMs }) => (isAbsence(message) || ageMs > patience.config ? "final" : "passing");

/** The kubelet's reasons for a container that does not run, by what they mean for the rollout. */
const rules: Readonly<Record<string, Rule>> = {
  InvalidImageName: always,
  ErrImageNeverPull: always,
  SignatureValidationFailed: always,
  ErrImagePull: pull,
  ImagePullBackOff: pull,
  RegistryUnavailable: pull,
  ImageInspectError: pull,
  CreateContainerConfigError: config,
  CreateContainerError: create,
  RunContainerError: create,
  ContainerCannotRun: create,
  PostStartHookError: counted,
  CrashLoopBackOff: counted,
};

/** The worst that can be said of a pod; `undefined` while nothing is wrong with it. */
export function troubleOf(pod: Pod, related: Pick<Related, "events" | "now">): Trouble | undefined {
  const found = [
    schedulingTrouble(pod, related.now),
    mountTrouble(pod, related.events ?? []),
    ...containersOf(pod).map((container) => containerTrouble(pod, container, related.now)),
  ].filter((trouble) => trouble !== undefined);
  const order: readonly Weight[] = ["final", "repeated", "passing"];
  return found.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight))[0];
}

interface Container {
  readonly status: ContainerStatus;
  readonly spec: ContainerSpec | undefined;
  /** Whether it is meant to go on for ever: a container of a service, or a sidecar. */
  readonly isLasting: boolean;
}

function containersOf({ spec, status }: Pod): readonly Container[] {
  const restarts = (spec?.restartPolicy ?? "Always") === "Always";
  const initial = (status?.initContainerStatuses ?? []).map((one) => {
    const itsSpec = spec?.initContainers?.find(({ name }) => name === one.name);
    return { status: one, spec: itsSpec, isLasting: itsSpec?.restartPolicy === "Always" };
  });
  const main = (status?.containerStatuses ?? []).map((one) => {
    return { status: one, spec: spec?.containers?.find(({ name }) => name === one.name), isLasting: restarts };
  });
  return [...initial, ...main];
}

function containerTrouble(pod: Pod, container: Container, now: Date): Trouble | undefined {
  const { status, isLasting } = container;
  const { waiting, running, terminated } = status.state ?? {};
  if (running !== undefined) return probeTrouble(pod, container, now);
  const hasFailed = terminated !== undefined && (isLasting || terminated.exitCode !== 0);
  // A container that has ended and will be started again is in back-off, some time before the kubelet's status says so.
  const reason = hasFailed ? "CrashLoopBackOff" : (waiting?.reason ?? "");
  const rule = Object.hasOwn(rules, reason) ? rules[reason] : undefined;
  if (rule === undefined) return undefined;
  const failures = (status.restartCount ?? 0) + 1;
  const ageMs = msSince(pod.status?.startTime ?? pod.metadata.creationTimestamp, now);
  const hasCredentials = (pod.spec?.imagePullSecrets ?? []).length > 0;
  const weight = rule({ message: waiting?.message ?? "", ageMs, failures, hasCredentials });
  return { weight, ...explain(status, reason, failures), pod, container: status };
}

/** Kubernetes' word and a sentence for a container that does not run. */
function explain(status: ContainerStatus, reason: string, failures: number): Pick<Trouble, "reason" | "message"> {
  const { waiting, terminated } = status.state ?? {};
  const last = terminated ?? status.lastState?.terminated;
  const name = `container ${status.name}`;
  if (reason !== "CrashLoopBackOff" || last === undefined) {
    const verb = pulls.includes(reason) ? ` cannot get its image ${status.image ?? ""}` : "";
    return { reason, message: `${name}${verb}: ${causeOf(waiting?.message ?? "", status.image) || reason}` };
  }
  if (last.reason === "StartError" || last.reason === "ContainerCannotRun") {
    return { reason: "RunContainerError", message: `${name} cannot start: ${causeOf(last.message ?? "")}` };
  }
  const often = failures > 1 ? `keeps failing (${failures} times so far)` : "failed";
  return {
    reason: last.reason === "OOMKilled" ? last.reason : reason,
    message: `${name} ${often}: ${describeExit(last)}`,
  };
}

const pulls: readonly string[] = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"];

/** Being slow to get ready is no verdict, but worth saying once it takes longer than the probes themselves would. */
function probeTrouble(pod: Pod, { status, spec }: Container, now: Date): Trouble | undefined {
  if (status.ready === true || spec === undefined) return undefined;
  const probe = status.started === false ? spec.startupProbe : spec.readinessProbe;
  const runningMs = msSince(status.state?.running?.startedAt, now);
  if (probe === undefined || runningMs <= probeBudgetMs(spec)) return undefined;
  const name = status.started === false ? "startup" : "readiness";
  return {
    weight: "passing",
    reason: "ProbeNotPassing",
    message: `container ${status.name} runs, but its ${name} probe does not pass`,
    pod,
    container: status,
  };
}

function schedulingTrouble(pod: Pod, now: Date): Trouble | undefined {
  const condition = conditionOf(pod, "PodScheduled");
  if (condition?.status !== "False" || condition.reason !== "Unschedulable") return undefined;
  const isLong = msSince(condition.lastTransitionTime, now) > patience.schedule;
  return {
    weight: isLong ? "final" : "passing",
    reason: "Unschedulable",
    message: `no node takes it: ${schedulingCause(condition.message ?? "")}`,
    pod,
  };
}

/** A volume that cannot be mounted shows in events only: the pod's status says ContainerCreating for ever. */
function mountTrouble(pod: Pod, events: readonly Event[]): Trouble | undefined {
  if (containersOf(pod).some(({ status }) => status.state?.running !== undefined)) return undefined;
  const event = events.findLast(
    ({ involvedObject, reason }) =>
      involvedObject?.uid === pod.metadata.uid && (reason === "FailedMount" || reason === "FailedAttachVolume"),
  );
  if (event === undefined) return undefined;
  const message = event.message ?? "";
  return {
    weight: isAbsence(message) ? "final" : "passing",
    reason: event.reason ?? "FailedMount",
    message,
    pod,
  };
}

/** Whether the kubelet says that a ConfigMap, a Secret or a key is not there, and not merely that it could not look. */
function isAbsence(message: string): boolean {
  return (
    /(configmap|secret)s? "[^"]*" not found|couldn't find key|non-existent (config|secret) key/i.test(message) &&
    !/failed to sync|timed out/.test(message)
  );
}
