import { absenceIn } from "./absence.ts";
import { describeExit } from "./exit.ts";
import { isRefusedPull, weighPullError } from "./image-pull.ts";
import { causeOf } from "./kubelet-words.ts";
import { msSince } from "./objects.ts";
import type { ContainerStatus, Event, Pod } from "./objects.ts";
import type { PodContainer, Trouble } from "./pod-trouble.ts";
import { probeBudgetMs } from "./probe-budget.ts";

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
 * How long what may pass by itself is given to do so, in ms. A kubelet that has not seen a new Secret yet pulls without it, and comes
 * back after ten seconds.
 */
const patience = { pull: 180_000, doubtful: 30_000, credentials: 30_000, config: 60_000, create: 60_000 } as const;

/** Errors of the pod's spec or its image, which the kubelet finds again each time it looks. */
const certain = /runAsNonRoot|non-numeric user|no command specified/;

const always: Rule = () => "final";
const counted: Rule = ({ failures }) => (failures > 1 ? "repeated" : "passing");
const pull: Rule = ({ message, ageMs, hasCredentials }) => {
  if (ageMs > patience.pull) return "final";
  switch (weighPullError(message)) {
    case "passing":
      return "passing";
    case "doubtful":
      return ageMs > patience.doubtful ? "final" : "passing";
    case "final":
      return hasCredentials && isRefusedPull(message) && ageMs <= patience.credentials ? "passing" : "final";
  }
};
const create: Rule = (facts) => {
  if (certain.test(facts.message)) return "final";
  return facts.failures <= 1 && facts.ageMs > patience.create ? "final" : counted(facts);
};
const config: Rule = ({ message, ageMs }) => {
  const isCertain = certain.test(message) || absenceIn(message) !== undefined;
  return isCertain || ageMs > patience.config ? "final" : "passing";
};

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

const imageReasons: readonly string[] = ["ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName"];

/**
 * What is wrong with one container of a pod.
 * @param o.events about the pod
 */
export function containerTrouble(
  pod: Pod,
  container: PodContainer,
  o: { readonly now: Date; readonly events: readonly Event[] },
): Trouble | undefined {
  const { status, isLasting } = container;
  const { waiting, running, terminated } = status.state ?? {};
  if (running !== undefined) return probeTrouble(pod, container, o.now);
  const hasFailed = terminated !== undefined && (isLasting || terminated.exitCode !== 0);
  // A container that has ended and will be started again is in back-off, some time before the kubelet's status says so.
  const reason = hasFailed ? "CrashLoopBackOff" : (waiting?.reason ?? "");
  const rule = Object.hasOwn(rules, reason) ? rules[reason] : undefined;
  if (rule === undefined) return undefined;
  const isPull = rule === pull;
  const message = (isPull && pullAnswer(status, o.events)) || (waiting?.message ?? "");
  const failures = (status.restartCount ?? 0) + 1;
  const ageMs = msSince(pod.status?.startTime ?? pod.metadata.creationTimestamp, o.now);
  const hasCredentials = (pod.spec?.imagePullSecrets ?? []).length > 0;
  const absence = rule === config ? absenceIn(message) : undefined;
  return {
    weight: rule({ message, ageMs, failures, hasCredentials }),
    ...explain(status, { reason, message, failures }),
    pod,
    container: status,
    ...(absence === undefined ? {} : { absence }),
    ...(isPull && ageMs <= patience.doubtful ? { isLocal: true } : {}),
  };
}

/** Kubelets before 1.31 say in an event only why they back off. */
function pullAnswer({ name, state }: ContainerStatus, events: readonly Event[]): string | undefined {
  if (state?.waiting?.reason !== "ImagePullBackOff" || causeOf(state.waiting.message ?? "") !== "") return undefined;
  const failed = events.findLast(
    ({ message = "", involvedObject }) =>
      message.startsWith("Failed to pull image ") && involvedObject?.fieldPath?.includes(`{${name}}`) === true,
  );
  return failed?.message?.replace(/^Failed to pull image "[^"]*": /, "");
}

/** Kubernetes' word and a sentence for a container that does not run. */
function explain(
  status: ContainerStatus,
  o: { readonly reason: string; readonly message: string; readonly failures: number },
): Pick<Trouble, "reason" | "message"> {
  const { reason, message, failures } = o;
  const last = status.state?.terminated ?? status.lastState?.terminated;
  const name = `container ${status.name}`;
  if (reason !== "CrashLoopBackOff" || last === undefined) {
    const verb = imageReasons.includes(reason) ? ` cannot get its image ${status.image ?? ""}` : "";
    return { reason, message: `${name}${verb}: ${causeOf(message, status.image) || reason}` };
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

/** Being slow to get ready is no verdict, but worth saying once it takes longer than the probes themselves would. */
function probeTrouble(pod: Pod, { status, spec }: PodContainer, now: Date): Trouble | undefined {
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
