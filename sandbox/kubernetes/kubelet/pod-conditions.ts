import type { ContainerStatus, Phase, Pod, PodCondition } from "./pod.ts";

interface Subject {
  readonly pod: Pod;
  readonly phase: Phase;
  readonly initStatuses: readonly ContainerStatus[];
  readonly statuses: readonly ContainerStatus[];
  /** The pod's network stands: containers may be started. */
  readonly hasNetwork: boolean;
}

type Outcome = Pick<PodCondition, "status" | "reason" | "message">;

const yes: Outcome = { status: "True" };

/** The kubelet's own conditions, in the order in which it writes them (pkg/kubelet/status/generate.go). */
export function podConditions(subject: Subject): [type: string, outcome: Outcome][] {
  const containersReady = containersReadyOutcome(subject);
  return [
    ["PodReadyToStartContainers", { status: subject.hasNetwork ? "True" : "False" }],
    ["Initialized", initializedOutcome(subject)],
    ["Ready", containersReady.status === "True" ? gatesOutcome(subject.pod) : containersReady],
    ["ContainersReady", containersReady],
    ["PodScheduled", yes],
  ];
}

/** The earlier condition's transition time stays while the status does. */
export function withTransitions(o: {
  readonly pod: Pod;
  readonly conditions: readonly [type: string, outcome: Outcome][];
  readonly previous: readonly PodCondition[];
  readonly now: string;
}): PodCondition[] {
  return o.conditions.map(([type, outcome]) => {
    const before = o.previous.find((each) => each.type === type);
    const since = before?.status === outcome.status ? before.lastTransitionTime : undefined;
    const observedGeneration = o.pod.metadata.generation;
    return { type, ...outcome, observedGeneration, lastTransitionTime: since ?? o.now };
  });
}

function containersReadyOutcome({ phase, statuses }: Subject): Outcome {
  if (phase === "Succeeded") return { status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { status: "False", reason: "PodFailed" };
  const unready = statuses.filter((each) => !each.ready).map((each) => each.name);
  if (unready.length === 0) return yes;
  const message = `containers with unready status: [${unready.join(" ")}]`;
  return { status: "False", reason: "ContainersNotReady", message };
}

function initializedOutcome({ phase, initStatuses, statuses }: Subject): Outcome {
  if (phase === "Succeeded") return { status: "True", reason: "PodCompleted" };
  const begun = statuses.some((each) => !each.state.waiting || each.lastState.terminated);
  const incomplete = initStatuses.filter((each) => !each.ready).map((each) => each.name);
  if (begun || incomplete.length === 0) return yes;
  const message = `containers with incomplete status: [${incomplete.join(" ")}]`;
  return { status: "False", reason: "ContainersNotInitialized", message };
}

function gatesOutcome(pod: Pod): Outcome {
  const messages = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = pod.status?.conditions?.find((each) => each.type === conditionType);
    if (condition === undefined)
      return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
    if (condition.status === "True") return [];
    return `the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`;
  });
  if (messages.length === 0) return yes;
  return { status: "False", reason: "ReadinessGatesNotReady", message: messages.join(", ") };
}
