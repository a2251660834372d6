import type { KubernetesObject } from "../object.ts";
import type { ContainerStatus, Event, Pod } from "../readiness/objects.ts";
import { troubleOf } from "../readiness/pod-trouble.ts";
import type { Verdict } from "../readiness/verdict.ts";
import { absent, cannotBeMade } from "./causes/configuration.ts";
import { cannotStart, endsAgain, outOfMemory } from "./causes/ends.ts";
import { pullRefused } from "./causes/image.ts";
import { podsRefused } from "./causes/refusals.ts";
import { killedByProbe, probeAnswer } from "./causes/probes.ts";
import { noNode } from "./causes/scheduling.ts";
import { specsOf } from "./facts.ts";
import type { Cause, Facts, MostFree } from "./facts.ts";
import { inContainer } from "./field.ts";

type Rule = (facts: Facts) => Cause | undefined;

/** By the reason of the verdict or, for reasons that only say how long it took, by what is wrong with the pod. */
const rules: Readonly<Record<string, Rule>> = {
  ErrImagePull: pullRefused,
  ImagePullBackOff: pullRefused,
  RegistryUnavailable: pullRefused,
  ErrImageNeverPull: (facts) => ({
    cause: `the image ${facts.container?.image ?? ""} is not on the node, and its pull policy is Never`,
    remedy: "Set imagePullPolicy to IfNotPresent.",
    field: inContainer(facts, "imagePullPolicy"),
  }),
  InvalidImageName: (facts) => ({
    cause: `"${facts.container?.image ?? ""}" is not the name of an image`,
    remedy: "It reads registry/path:tag or registry/path@sha256:digest, in lower case.",
    field: inContainer(facts, "image"),
  }),
  OOMKilled: outOfMemory,
  RunContainerError: cannotStart,
  CreateContainerError: (facts) => cannotBeMade(facts) ?? cannotStart(facts),
  CrashLoopBackOff: (facts) => killedByProbe(facts) ?? endsAgain(facts),
  CreateContainerConfigError: (facts) => absent(facts) ?? cannotBeMade(facts),
  FailedMount: absent,
  FailedAttachVolume: absent,
  FailedCreate: podsRefused,
  Unschedulable: noNode,
  ProbeNotPassing: probeAnswer,
  BackoffLimitExceeded: endsAgain,
};

export interface CauseRequest {
  readonly verdict: Verdict;
  /** Those of the newest revision, worst first. */
  readonly pods: readonly Pod[];
  /** About the object and its pods, oldest first. */
  readonly events: readonly Event[];
  /** What the verdict is on. */
  readonly object?: KubernetesObject;
  readonly mostFree?: MostFree | undefined;
}

/** The probable cause of a verdict. */
export function probableCause(request: CauseRequest): Cause {
  const { verdict } = request;
  const found = findCause(request) ?? { cause: warned(request) ?? verdict.message };
  return verdict.limit === undefined ? found : { ...found, cause: `${verdict.limit}: ${found.cause}` };
}

function findCause({ verdict, pods, events, mostFree }: CauseRequest): Cause | undefined {
  const [pod] = pods;
  const trouble = pod && troubleOf(pod, { events, now: new Date() });
  const container = trouble?.container ?? lastEnded(pod);
  const facts: Facts = {
    verdict,
    pod,
    container,
    spec: specsOf(pod).find(({ name }) => name === container?.name),
    events: events.filter(({ involvedObject }) => involvedObject?.uid === pod?.metadata.uid),
    ...(mostFree === undefined ? {} : { mostFree }),
  };
  const rule = ruleFor(verdict.reason) ?? ruleFor(trouble?.reason ?? "ProbeNotPassing");
  return rule?.(facts);
}

/** What a controller has warned of last, about the object itself: load balancers and volumes say why they do not come in no other way. */
function warned({ verdict, events, object }: CauseRequest): string | undefined {
  const warning = events.findLast(
    ({ type, involvedObject }) => type === "Warning" && involvedObject?.uid === object?.metadata.uid,
  );
  const said = warning?.message?.trim();
  return said === undefined || said === "" || verdict.message.includes(said)
    ? undefined
    : `${verdict.message}: ${said}`;
}

function ruleFor(reason: string): Rule | undefined {
  return Object.hasOwn(rules, reason) ? rules[reason] : undefined;
}

function lastEnded(pod: Pod | undefined): ContainerStatus | undefined {
  const all = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
  return all.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
}
