import { registryOf, shortImage } from "./image-name.ts";
import { describeExit } from "../readiness/exit.ts";
import { causeOf as kubeletsCause, schedulingCause } from "../readiness/kubelet-words.ts";
import { conditionOf } from "../readiness/objects.ts";
import type { ContainerSpec, ContainerStatus, Event, Pod, Terminated } from "../readiness/objects.ts";
import { troubleOf } from "../readiness/pod-trouble.ts";
import type { Verdict } from "../readiness/verdict.ts";

export interface Cause {
  /** One sentence without its full stop, to follow the object's name and a colon. */
  readonly cause: string;
  /** What to change, a sentence or two; `undefined` where nothing can be said. */
  readonly remedy?: string;
}

/** What is known about the pod that is worst off. */
interface Facts {
  readonly verdict: Verdict;
  readonly pod: Pod | undefined;
  readonly container: ContainerStatus | undefined;
  readonly spec: ContainerSpec | undefined;
  /** Those of the pod, oldest first. */
  readonly events: readonly Event[];
}

type Rule = (facts: Facts) => Cause | undefined;

/** By the reason of the verdict or, for reasons that only say how long it took, by what is wrong with the pod. */
const rules: Readonly<Record<string, Rule>> = {
  ErrImagePull: pullRefused,
  ImagePullBackOff: pullRefused,
  ErrImageNeverPull: ({ container }) => ({
    cause: `the image ${container?.image ?? ""} is not on the node, and its pull policy is Never`,
    remedy: "Set imagePullPolicy to IfNotPresent.",
  }),
  InvalidImageName: ({ container }) => ({
    cause: `"${container?.image ?? ""}" is not the name of an image`,
    remedy: "It reads registry/path:tag or registry/path@sha256:digest, in lower case.",
  }),
  OOMKilled: outOfMemory,
  RunContainerError: cannotStart,
  CrashLoopBackOff: (facts) => killedByProbe(facts) ?? endsAgain(facts),
  CreateContainerConfigError: ({ container }) => absent(container?.state?.waiting?.message ?? ""),
  FailedMount: ({ verdict }) => absent(verdict.message),
  FailedCreate: ({ verdict }) => podsRefused(verdict.message),
  Unschedulable: noNode,
  ProbeNotPassing: probeAnswer,
  BackoffLimitExceeded: endsAgain,
};

/** The probable cause of a verdict. `pods` are those of the newest revision, worst first; `events` are about them, oldest first. */
export function probableCause(o: {
  readonly verdict: Verdict;
  readonly pods: readonly Pod[];
  readonly events: readonly Event[];
}): Cause {
  const [pod] = o.pods;
  const trouble = pod && troubleOf(pod, { events: o.events, now: new Date() });
  const container = trouble?.container ?? lastEnded(pod);
  const facts: Facts = {
    verdict: o.verdict,
    pod,
    container,
    spec: specsOf(pod).find(({ name }) => name === container?.name),
    events: o.events.filter(({ involvedObject }) => involvedObject?.uid === pod?.metadata.uid),
  };
  const rule = ruleFor(o.verdict.reason) ?? ruleFor(trouble?.reason ?? "ProbeNotPassing");
  return rule?.(facts) ?? { cause: o.verdict.message };
}

function ruleFor(reason: string): Rule | undefined {
  return Object.hasOwn(rules, reason) ? rules[reason] : undefined;
}

function specsOf(pod: Pod | undefined): readonly ContainerSpec[] {
  return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])];
}

function lastEnded(pod: Pod | undefined): ContainerStatus | undefined {
  const all = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
  return all.find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
}

function pullRefused({ container }: Facts): Cause {
  const words = kubeletsCause(container?.state?.waiting?.message ?? "", container?.image);
  const image = shortImage(container?.image ?? "");
  const registry = registryOf(image);
  if (/no match for platform/i.test(words)) {
    return {
      cause: `the image ${image} is not made for the platform of the node`,
      remedy: "Add that platform to `platforms` where the image is built.",
    };
  }
  if (/\b(401|403|unauthorized|forbidden|denied|authentication|authorization|basic auth)\b/i.test(words)) {
    return {
      cause: `${registry} refuses to give out the image ${image}: ${words}`,
      remedy: "Give the pod credentials for it (imagePullSecrets), or renew those that it has.",
    };
  }
  if (/\b(not found|unknown|does not exist|404)\b/i.test(words)) {
    return {
      cause: `the image ${image} is not in its registry`,
      remedy: `Check its name and its tag or digest, and that it was pushed to ${registry} and not cleaned up since.`,
    };
  }
  return { cause: `the image ${image} cannot be pulled: ${words}` };
}

function outOfMemory({ container, spec }: Facts): Cause {
  const limit = spec?.resources?.limits?.memory;
  return {
    cause: `container ${container?.name ?? ""} ran out of memory${limit === undefined ? "" : ` (its limit is ${limit})`}`,
    remedy: "Raise resources.limits.memory, or make it use less.",
  };
}

function cannotStart({ container }: Facts): Cause | undefined {
  const { waiting } = container?.state ?? {};
  const words = kubeletsCause(waiting?.message || (container?.lastState?.terminated?.message ?? ""));
  const name = container?.name ?? "";
  const command = /exec: "([^"]*)"/.exec(words)?.[1];
  if (words === "") return undefined;
  if (words.includes("exec format error")) {
    return {
      cause: `container ${name} cannot start: its program is made for another kind of processor`,
      remedy: "Build the image for the platform of the nodes.",
    };
  }
  if (command !== undefined && /no such file|executable file not found/.test(words)) {
    return {
      cause: `container ${name} cannot start: its command ${command} is not in the image`,
      remedy: "Check command and args of the container, and ENTRYPOINT and CMD of the image.",
    };
  }
  return { cause: `container ${name} cannot start: ${words}` };
}

function killedByProbe({ container, events }: Facts): Cause | undefined {
  const name = container?.name ?? "";
  const killing = events.findLast(
    ({ reason, message = "" }) => reason === "Killing" && message.startsWith(`Container ${name} failed `),
  );
  const probe = /failed (liveness|startup) probe/.exec(killing?.message ?? "")?.[1];
  if (probe === undefined) return undefined;
  return {
    cause: `container ${name} is stopped again and again because its ${probe} probe fails${answerOf(probe, events)}`,
    remedy:
      "Check path and port of the probe, and that it gives the program enough time (failureThreshold, startupProbe).",
  };
}

function probeAnswer({ container, spec, events, verdict, pod }: Facts): Cause | undefined {
  const probe = ["startup", "readiness"].find((one) => answerOf(one, events) !== "");
  if (probe === undefined || pod === undefined) return undefined;
  const name =
    container?.name ?? spec?.name ?? specsOf(pod).find((one) => one.readinessProbe !== undefined)?.name ?? "";
  const deadline = verdict.reason === "ProgressDeadlineExceeded" ? `${verdict.message.split(":", 1)[0] ?? ""}: ` : "";
  return {
    cause: `${deadline}container ${name} runs, but its ${probe} probe does not pass${answerOf(probe, events)}`,
    remedy: "Check path and port of the probe, and what the program waits for.",
  };
}

/** What the probe got, from the kubelet's event: ": HTTP probe failed with statuscode: 404". */
function answerOf(probe: string, events: readonly Event[]): string {
  const start = `${probe.charAt(0).toUpperCase()}${probe.slice(1)} probe failed: `;
  const message = events.findLast((event) => event.message?.startsWith(start))?.message;
  return message === undefined ? "" : `: ${message.slice(start.length).trim()}`;
}

function endsAgain({ container, verdict }: Facts): Cause | undefined {
  const ended: Terminated | undefined = container?.state?.terminated ?? container?.lastState?.terminated;
  if (container === undefined || ended === undefined) return undefined;
  const often = verdict.reason === "BackoffLimitExceeded" ? `: ${verdict.message}` : "";
  const times = (container.restartCount ?? 0) + 1;
  const again = often === "" && times > 1 ? `, ${times} times so far` : "";
  return {
    cause: `container ${container.name} ends with ${describeExit(ended)}${again}${often}`,
    ...(ended.exitCode === 0
      ? { remedy: "The container of a service must go on: a program that ends belongs into a Job." }
      : {}),
  };
}

/** A ConfigMap, a Secret or a key of one that the pod needs and that is not there. */
function absent(message: string): Cause | undefined {
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/]*\/)?(\S+)/.exec(message);
  if (key !== null) {
    const [, name = "", kind = "", holder = ""] = key;
    return { cause: `the ${kind} ${holder} has no key ${name}`, remedy: "Add the key, or mend the container's env." };
  }
  const object = /(configmap|secret)s? "([^"]*)" not found/i.exec(message);
  if (object === null) return undefined;
  const kind = object[1]?.toLowerCase() === "secret" ? "Secret" : "ConfigMap";
  const volume = /for volume "([^"]*)"/.exec(message)?.[1];
  return {
    cause: `the ${kind} ${object[2] ?? ""} does not exist${volume === undefined ? "" : `, and the volume ${volume} needs it`}`,
    remedy: `Add it to what is deployed, or mend its name. It has to be in the pod's namespace.`,
  };
}

function podsRefused(message: string): Cause | undefined {
  const quota = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(message);
  if (quota !== null) {
    const [, name = "", requested = "", used = "", limited = ""] = quota;
    return {
      cause: `the quota ${name} is used up: it allows ${limited}, ${used} is in use, and a pod asks for ${requested}`,
      remedy: "Raise the ResourceQuota, ask for less, or run fewer replicas.",
    };
  }
  const account = /serviceaccount "([^"]*)" not found/.exec(message)?.[1];
  if (account === undefined) return undefined;
  return {
    cause: `the ServiceAccount ${account} does not exist`,
    remedy: "Add it to what is deployed, or mend serviceAccountName.",
  };
}

function noNode({ pod }: Facts): Cause | undefined {
  if (pod === undefined) return undefined;
  const words = schedulingCause(conditionOf(pod, "PodScheduled")?.message ?? "");
  const lacking = [...words.matchAll(/Insufficient ([\w./-]+)/g)].map(([, resource = ""]) => resource);
  if (lacking.length > 0) {
    const asked = lacking.map((resource) => `${resource}: ${requested(pod, resource)}`).join(", ");
    return {
      cause: `no node has enough ${lacking.join(" and ")} free for pod ${pod.metadata.name} (it asks for ${asked}): ${words}`,
      remedy: "Ask for less in resources.requests, or add nodes or larger ones to the cluster.",
    };
  }
  const remedy = /affinity|selector/.test(words)
    ? "Check nodeSelector and affinity against the labels of the nodes."
    : words.includes("taint")
      ? "Add a toleration for the taint, or use other nodes."
      : undefined;
  return { cause: `no node takes pod ${pod.metadata.name}: ${words}`, ...(remedy === undefined ? {} : { remedy }) };
}

function requested(pod: Pod, resource: string): string {
  const amounts = specsOf(pod).flatMap((spec) => spec.resources?.requests?.[resource] ?? []);
  return amounts.length === 0 ? "?" : amounts.join(" + ");
}
