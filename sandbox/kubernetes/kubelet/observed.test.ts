import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startInformer } from "../../../src/kubernetes/watch.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { startRegistry } from "../../registry/server.ts";
import type { Registry } from "../../registry/server.ts";
import { readObserved } from "../controllers/testing/observed.ts";
import type { Scenario } from "../controllers/testing/observed.ts";
import { kubeletBackOffMs } from "./back-off.ts";
import type { ContainerStatus, Pod, PodSpec, PodStatus } from "./pod.ts";
import { eventually } from "./testing/eventually.ts";
import { hostVariable, isReady, startTestNode } from "./testing/test-node.ts";
import type { TestNode } from "./testing/test-node.ts";

/**
 * The pods of workloads that were watched on a real node run here, and have to show the same states and events in the same order.
 * Only the back-off is shorter: 5 s is to the test what 10 s is to the kubelet.
 */
const backOffMs = 5_000;
/** Of each recording, so much is waited for: with doubling pauses, the rest would take long and show nothing new. */
const longestStory = 5;

const scenarios: readonly [scenario: string, pod: string][] = [
  ["liveness fails and restarts", "app-rs1-p1"],
  ["crash on start, exit 1", "app-rs1-p1"],
  ["init container fails", "app-rs1-p1"],
  ["image needs credentials", "app-rs1-p1"],
  ["image is not in the registry", "app-rs1-p1"],
  ["command does not exist", "app-rs1-p1"],
  ["rollout succeeds", "app-rs1-p1"],
  ["image name is invalid", "app-rs1-p1"],
  ["image is never pulled and absent", "app-rs1-p1"],
  ["readiness never passes", "app-rs1-p1"],
  ["readiness port is closed", "app-rs1-p1"],
  ["config map key is missing", "app-rs1-p1"],
  ["secret is missing", "app-rs1-p1"],
  ["volume config map is missing", "app-rs1-p1"],
  ["job succeeds", "app-p1"],
  ["job fails", "app-p1"],
];

interface Event extends KubernetesObject {
  type: string;
  reason: string;
  message: string;
  involvedObject: { name: string; fieldPath?: string };
}

const recordings = readObserved();
let node: TestNode;
let closed: Registry;
const ending = new AbortController();
const statuses = new Map<string, Pod[]>();
const events = new Map<string, Event[]>();

beforeAll(async () => {
  node = await startTestNode({ backOffMs });
  closed = await startRegistry({ credentials: [], challenge: "Basic" });
  const { api } = node;
  const { signal } = ending;
  await startInformer<Pod>({
    api,
    signal,
    path: "/api/v1/pods",
    onEvent: ({ object }) => append(statuses, object.metadata.name, object),
  });
  await startInformer<Event>({
    api,
    signal,
    path: "/api/v1/events",
    onEvent: ({ object }) => append(events, object.involvedObject.name, object),
  });
  // The recorded node had the image already.
  await node.createPod("first", {
    restartPolicy: "Never",
    containers: [{ name: "main", image: node.image, command: ["node", "-e", ""] }],
  });
  await node.until("first", ({ status }) => status?.phase === "Succeeded");
  // All of them run side by side, but they begin one after the other: on a busy machine, what is quick would not be any more.
  for (const [name, recordedPod] of scenarios) {
    const scenario = recorded(name);
    for (const step of scenario.given)
      if ("create" in step && step.create.kind === "ConfigMap") await create(step.create);
    await node.createPod(podName(name), specOf(scenario));
    const states = Math.min(2, storyOf(scenario, recordedPod).states.length);
    await eventually(`the start of ${name}`, () => seenStates(podName(name)).length >= states || undefined);
  }
});

afterAll(async () => {
  ending.abort();
  await node.stop();
  await closed.close();
});

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

describe("a client sees of a pod what it sees on a real node:", () => {
  it.each(scenarios)("%s", async (name, recordedPod) => {
    const pod = podName(name);
    const { states, events } = storyOf(recorded(name), recordedPod);
    const seen = () => ({
      states: seenStates(pod).slice(0, states.length),
      events: seenEvents(pod).slice(0, events.length),
    });
    const isAsRecorded = () => isDeepStrictEqual(seen(), { states, events }) || undefined;
    await eventually(name, isAsRecorded, 30_000).catch(() => undefined);
    expect(seen()).toEqual({ states, events });
  });

  it("a pod that is deleted and does not end by itself", async () => {
    const scenario = recorded("rollout to a new template succeeds");
    await node.createPod("deleted", specOf(scenario));
    await node.until("deleted", isReady);
    await node.deletePod("deleted");
    await eventually("the end", async () => ((await node.pod("deleted")) ? undefined : true));
    const expected = storyOf(scenario, "app-rs1-p1", Infinity);
    expect(seenStates("deleted")).toEqual(expected.states);
    expect(seenEvents("deleted")).toEqual(withoutLuck(expected.events));
  });
});

function podName(scenario: string): string {
  return scenario.replace(/\W+/g, "-");
}

function create(object: KubernetesObject): Promise<unknown> {
  const path = `/api/v1/namespaces/ns/${object.kind.toLowerCase()}s`;
  return node.api.request({ method: "POST", path, body: object });
}

/** A recording, with this test's registries in it. */
function recorded(name: string): Scenario {
  const found = recordings.get(name);
  if (found === undefined) throw new Error(`there is no recording "${name}"`);
  const text = JSON.stringify(found)
    .replaceAll("docker.io/library/web:1", node.image)
    .replaceAll("127.0.0.1:5001", node.registry.address)
    .replaceAll("127.0.0.1:5002", closed.address)
    .replace(
      /back-off (\d+)s/g,
      (_, seconds: string) => `back-off ${(Number(seconds) * backOffMs) / kubeletBackOffMs}s`,
    );
  return JSON.parse(text) as Scenario;
}

function specOf({ given }: Scenario): PodSpec {
  const owners = given.flatMap((step) =>
    "create" in step ? [step.create as KubernetesObject & { spec?: { template?: { spec: PodSpec } } }] : [],
  );
  const spec = owners.find((owner) => owner.spec?.template)?.spec?.template?.spec;
  if (spec === undefined) throw new Error("the recording has no pod template");
  return {
    ...spec,
    containers: spec.containers.map((container) => ({ ...container, env: [hostVariable, ...(container.env ?? [])] })),
  };
}

function storyOf({ seen }: Scenario, pod: string, longest = longestStory): { states: string[]; events: string[] } {
  const states = seen
    .filter(({ what, status }) => what === `pod/${pod}` && status !== undefined)
    .map(({ generation, status }) => ({ generation, status: status as PodStatus }));
  const lines = seen
    .filter(({ about, from }) => from === "kubelet" && about?.replace(/#.*/, "") === `Pod/${pod}`)
    .map((event) => {
      const { type, reason = "", message = "", about = "" } = event as typeof event & { type: string };
      return eventLine({ type, reason, message, fieldPath: about.split("#")[1] ?? "" });
    });
  return {
    states: stateLines(states).slice(0, longest),
    events: distinct(lines.map((line) => line.replaceAll(pod, "POD"))),
  };
}

function seenStates(pod: string): string[] {
  const states = (statuses.get(pod) ?? []).map(({ metadata: { generation }, status = {} }) => ({ generation, status }));
  return stateLines(states).map((line) => line.replaceAll(`${pod}_ns(`, "app-rs1-p1_ns("));
}

function seenEvents(pod: string): string[] {
  const lines = (events.get(pod) ?? []).map(({ type, reason, message, involvedObject }) => {
    return eventLine({ type, reason, message, fieldPath: involvedObject.fieldPath ?? "" });
  });
  return withoutLuck(distinct(lines.map((line) => line.replaceAll(`pod ${pod}_`, "pod POD_"))));
}

/** Whether the first probe finds the server listening already depends on how busy the machine is. */
function withoutLuck(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.endsWith(":8080: connect: connection refused"));
}

function eventLine(event: {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string;
}): string {
  return normal(`${event.type} ${event.reason} ${event.fieldPath}: ${event.message}`);
}

/** The states that the kubelet has written, a line each, without those that only a slow or a fast machine shows. */
function stateLines(
  states: readonly { readonly generation: number | undefined; readonly status: PodStatus }[],
): string[] {
  const own = states
    .filter(({ generation, status }) => status.observedGeneration === generation)
    .map(({ status }) => status);
  return distinct(own.filter((status, index) => !isBrief(status, own[index + 1])).map(stateLine));
}

/** Running, but not ready or over at once: how long that lasts, and so whether it is seen, depends on how busy the machine is. */
function isBrief(status: PodStatus, next: PodStatus | undefined): boolean {
  const first = ({ initContainerStatuses = [], containerStatuses = [] }: PodStatus): ContainerStatus | undefined =>
    [...initContainerStatuses, ...containerStatuses][0];
  const [now, then] = [first(status), next && first(next)];
  if (!now?.state.running) return false;
  return (!now.ready && then?.ready === true) || then?.state.terminated !== undefined;
}

function stateLine({ phase, conditions = [], initContainerStatuses = [], containerStatuses = [] }: PodStatus): string {
  const shownConditions = conditions.map(({ type, status, reason = "", message = "" }) => [
    type,
    status,
    reason,
    message,
  ]);
  const shown = {
    phase,
    shownConditions,
    init: initContainerStatuses.map(essence),
    main: containerStatuses.map(essence),
  };
  return normal(JSON.stringify(shown));
}

function essence({ name, state, lastState, ready, started, restartCount }: ContainerStatus): object {
  const { reason, message, exitCode } = { ...state.waiting, ...state.terminated } as Record<string, unknown>;
  const last = lastState.terminated;
  return {
    name,
    is: Object.keys(state),
    reason,
    message,
    exitCode,
    ready,
    started,
    restartCount,
    last: last && [last.exitCode, last.reason, last.message],
  };
}

/** Without what differs from one run to another. */
function normal(text: string): string {
  const address = /<pod-ip>|127\.\d+\.\d+\.\d+(?=:(8080|9999)\b)/g;
  return text.replace(/\(<uid>\)|\([0-9a-f-]{36}\)/g, "(UID)").replace(address, "IP");
}

function distinct(lines: readonly string[]): string[] {
  return [...new Set(lines)];
}
