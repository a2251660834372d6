import { describe, expect, it } from "@jest/globals";
import { observedWorkloads } from "../../test/observed.ts";
import type { Moment } from "../../test/observed.ts";
import type { KubernetesObject, ObjectMeta } from "./object.ts";
import { podsInTheWay, readiness } from "./readiness.ts";
import type { Event, Pod, Related, ReplicaSet, Verdict } from "./readiness.ts";
import type { ContainerStatus } from "./readiness/objects.ts";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
const nothing: Related = { pods: [], replicaSets: [], now };

function short({ status, reason }: Verdict): string {
  return `${status} ${reason}`;
}

describe("readiness() of the workloads that were watched on a real node", () => {
  const relatedAt = ({ pods, replicaSets, events }: Moment): Related => ({ pods, replicaSets, events, now });
  /** Every change from one status to another: when, to what, and why. */
  const flips = (moments: readonly Moment[], key: string): string[] => {
    const verdicts = moments.flatMap((moment) => {
      const object = moment.given.get(key);
      return object === undefined ? [] : [{ at: moment.at, verdict: readiness(object, relatedAt(moment)) }];
    });
    return verdicts
      .filter(({ verdict }, index) => verdict.status !== verdicts[index - 1]?.verdict.status)
      .map(({ at, verdict }) => `${at} ${short(verdict)}`)
      .slice(1);
  };

  // When a person who watched the cluster would have known: never earlier, and not a step later.
  const expected: Readonly<Record<string, readonly string[]>> = {
    "rollout succeeds": ["2.7 current Current"],
    "rollout to a new template succeeds": [
      "3.4 current Current",
      "8.3 in-progress NotObserved",
      "11.5 current Current",
    ],
    "image is not in the registry": ["2.6 failed ErrImagePull"],
    "image needs credentials": ["2.6 failed ErrImagePull"],
    "image name is invalid": ["2.4 failed InvalidImageName"],
    "image is never pulled and absent": ["2.3 failed ErrImageNeverPull"],
    "crash on start, exit 1": ["3.4 failed CrashLoopBackOff"],
    "command does not exist": ["2.2 failed RunContainerError"],
    "out of memory": ["2.2 failed OOMKilled"],
    "readiness never passes": ["12.5 failed ProgressDeadlineExceeded"],
    "readiness port is closed": ["13.2 failed ProgressDeadlineExceeded"],
    "liveness fails and restarts": [
      "1.3 current Current",
      "14.4 failed CrashLoopBackOff",
      "28.5 in-progress InProgress",
      "28.5 current Current",
      "32.6 failed CrashLoopBackOff",
    ],
    "config map key is missing": ["1.4 failed CreateContainerConfigError"],
    "secret is missing": ["1.3 failed CreateContainerConfigError"],
    "volume config map is missing": ["0.4 failed FailedMount"],
    "no node has the cpu": [],
    "node selector matches nothing": [],
    "quota is exceeded": ["2.3 failed FailedCreate"],
    "service account is missing": ["0.3 failed FailedCreate"],
    "init container fails": ["2.2 failed CrashLoopBackOff"],
    "deadline exceeded on a bad update": [
      "1.5 current Current",
      "6.2 in-progress NotObserved",
      "6.6 failed ErrImagePull",
    ],
    "fix arrives while the bad pod still fails": [
      "2.5 failed CrashLoopBackOff",
      "8.2 in-progress NotObserved",
      "8.7 current Current",
    ],
    "paused deployment": ["0.2 current Paused"],
    "job succeeds": ["0.2 current Started"],
    "job fails": ["0.2 current Started", "13 failed BackoffLimitExceeded"],
    "stateful set rolls out": ["2.4 current Current"],
    "stateful set is stuck after a bad update, also once it is fixed": [
      "2.2 current Current",
      "10.2 in-progress NotObserved",
      "14.3 failed ErrImagePull",
      "18.2 in-progress NotObserved",
      "18.2 failed BlockedByOldPod",
    ],
    "daemon set rolls out": ["1.3 current Current"],
    "hpa without metrics": ["1.4 current Current"],
  };

  it("flips where it should, and nowhere else", async () => {
    const workloads = await observedWorkloads();
    const found = Object.fromEntries(
      workloads.map(({ scenario, workload, moments }) => [scenario, flips(moments, workload)]),
    );
    expect(found).toEqual(expected);
    expect(Object.keys(found)).toHaveLength(29);
  });

  it("waits for a hook until it completes or fails", async () => {
    const workloads = await observedWorkloads();
    const hookFlips = (scenario: string) => {
      const moments = workloads.find((one) => one.scenario === scenario)?.moments ?? [];
      const asHook = moments.map((moment) => {
        const job = moment.given.get("job/app");
        if (job === undefined) return moment;
        const annotations = { "slipway.dev/hook": "pre-deploy" };
        const hook = { ...job, metadata: { ...job.metadata, annotations } };
        return { ...moment, given: new Map([["job/app", hook]]) };
      });
      return flips(asHook, "job/app");
    };
    expect(hookFlips("job succeeds")).toEqual(["3.5 current Complete"]);
    expect(hookFlips("job fails")).toEqual(["13 failed BackoffLimitExceeded"]);
  });

  it("tolerates an HPA without metrics, once its controller has looked", async () => {
    const moments =
      (await observedWorkloads()).find(({ scenario }) => scenario === "hpa without metrics")?.moments ?? [];
    expect(flips(moments, "horizontalpodautoscaler/app")).toEqual(["2.2 current FailedGetResourceMetric"]);
  });

  it("says in a sentence what it waits for and what is wrong", async () => {
    const messages = new Map<string, string>();
    for (const { scenario, workload, moments } of await observedWorkloads()) {
      const last = moments.findLast((moment) => moment.given.has(workload));
      const object = last?.given.get(workload);
      if (last && object) messages.set(scenario, readiness(object, relatedAt(last)).message);
    }
    expect(messages.get("image is not in the registry")).toBe(
      "pod app-rs1-p1: container main cannot get its image 127.0.0.1:5001/none/none:1: not found",
    );
    expect(messages.get("out of memory")).toBe(
      "pod app-rs1-p1: container main keeps failing (3 times so far): exit code 137: out of memory",
    );
    expect(messages.get("command does not exist")).toBe(
      'pod app-rs1-p1: container main cannot start: exec: "/no/such/file": stat /no/such/file: no such file or directory',
    );
    expect(messages.get("no node has the cpu")).toBe(
      "0 of 1 new pod ready; pod app-rs1-p1: no node takes it: 0/1 nodes are available: 1 Insufficient cpu",
    );
    expect(messages.get("deadline exceeded on a bad update")).toContain("127.0.0.1:5001/none/none:2: not found");
  });
});

type Parts = Partial<ObjectMeta> & { apiVersion?: string; spec?: object; status?: object };
function object(
  kind: string,
  { apiVersion = "v1", spec = {}, status = {}, ...metadata }: Parts = {},
): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "x", namespace: "ns", uid: `uid-${kind}`, ...metadata }, spec, status };
}
const owner = (kind: string, uid = `uid-${kind}`) => [{ apiVersion: "apps/v1", kind, name: "x", uid }];

function pod(
  o: { name?: string; container?: Partial<ContainerStatus>; age?: number; status?: object } & Partial<ObjectMeta>,
): Pod {
  const { name = "p", container, age = 5, status = {}, ...metadata } = o;
  const containerStatuses = container === undefined ? [] : [{ name: "main", restartCount: 0, ...container }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "ns", uid: `uid-${name}`, ownerReferences: owner("ReplicaSet"), ...metadata },
    spec: { containers: [{ name: "main", readinessProbe: { periodSeconds: 2 } }] },
    status: { phase: "Pending", startTime: ago(age), containerStatuses, ...status },
  };
}
const waiting = (reason: string, message = "", restartCount = 0) => ({
  state: { waiting: { reason, message } },
  restartCount,
});
const crashing = (restartCount: number) => ({
  state: { waiting: { reason: "CrashLoopBackOff" } },
  lastState: { terminated: { exitCode: 1 } },
  restartCount,
});
const wellPod = (name: string) => pod({ name, container: { ready: true, started: true, state: { running: {} } } });

/** A Deployment in the middle of its rollout, with one ReplicaSet and these pods. */
function rollout(
  pods: readonly Pod[],
  o: { conditions?: object[]; events?: Event[]; status?: object; old?: number } = {},
): Verdict {
  const revision = { "deployment.kubernetes.io/revision": "3" };
  const replicaSet: ReplicaSet = {
    ...object("ReplicaSet", { apiVersion: "apps/v1", annotations: revision, ownerReferences: owner("Deployment") }),
    spec: { replicas: 4 },
    status: { readyReplicas: 1, conditions: (o.conditions ?? []) as [] },
  };
  const deployment = object("Deployment", {
    apiVersion: "apps/v1",
    annotations: revision,
    generation: 2,
    spec: { replicas: 4 },
    status: { observedGeneration: 2, replicas: 2 + (o.old ?? 0), updatedReplicas: 2, ...o.status },
  });
  return readiness(deployment, { pods, replicaSets: [replicaSet], now, ...(o.events ? { events: o.events } : {}) });
}

describe("a Deployment", () => {
  const pullTable: readonly (readonly [message: string, expected: string])[] = [
    ['failed to resolve reference "r/timeout:1": r/timeout:1: not found', "failed"],
    ["manifest unknown", "failed"],
    ["pull access denied, repository does not exist or may require authorization", "failed"],
    ["failed to authorize: failed to fetch anonymous token: unexpected status: 403 Forbidden", "failed"],
    ["no basic auth credentials", "failed"],
    ["no match for platform in manifest: not found", "failed"],
    ['failed to do request: Head "https://r/v2/x": dial tcp 10.0.0.1:443: i/o timeout', "in-progress"],
    [
      "unexpected status from HEAD request to https://r/v2/not-found/manifests/1: 503 Service Unavailable",
      "in-progress",
    ],
    ["toomanyrequests: You have reached your pull rate limit", "in-progress"],
    ['Head "https://r/v2/": dial tcp: lookup r: no such host', "in-progress"],
    ["failed to fetch oauth token: unexpected status: 500 Internal Server Error: denied", "in-progress"],
    ["something nobody has seen before", "in-progress"],
  ];
  it.each(pullTable)("takes the pull error %p as %s", (message, expected) => {
    expect(rollout([pod({ container: waiting("ErrImagePull", message) })]).status).toBe(expected);
    const late = rollout([pod({ container: waiting("ImagePullBackOff", message), age: 181 })]);
    expect(short(late)).toBe("failed ImagePullBackOff");
  });

  it("gives a node time to see the Secret that it pulls with, and no pod that names none", () => {
    const denied = waiting("ErrImagePull", "pull access denied, authorization failed");
    const named = (age: number, container = denied): Pod => {
      const { spec, ...rest } = pod({ container, age });
      return { ...rest, spec: { ...spec, imagePullSecrets: [{ name: "registry" }] } };
    };
    expect(rollout([named(5)]).status).toBe("in-progress");
    expect(rollout([named(31)]).status).toBe("failed");
    expect(rollout([named(5, waiting("ErrImagePull", "manifest unknown"))]).status).toBe("failed");
    expect(rollout([pod({ container: denied })]).status).toBe("failed");
  });

  it.each([
    ["a ConfigMap's absence", 'configmap "c" not found', 5, "failed"],
    ["a missing key", "couldn't find key b in Secret ns/s", 5, "failed"],
    ["a cache that is slow", "failed to sync secret cache: timed out waiting for the condition", 59, "in-progress"],
    ["a cache that never comes", "failed to sync secret cache: timed out waiting for the condition", 61, "failed"],
  ])("takes %s as it is", (_, message, age, expected) => {
    expect(rollout([pod({ container: waiting("CreateContainerConfigError", message), age })]).status).toBe(expected);
  });

  it("fails when all new pods fail again and again, and not while another one may still succeed", () => {
    expect(rollout([pod({ container: crashing(1) }), pod({ name: "q", container: crashing(1) })]).status).toBe(
      "failed",
    );
    expect(rollout([pod({ container: crashing(1) }), pod({ name: "q" })]).status).toBe("in-progress");
    expect(rollout([pod({ container: crashing(0) })]).status).toBe("in-progress");
  });

  it("fails when one pod goes on failing while the others are well", () => {
    expect(rollout([pod({ container: crashing(2) }), wellPod("q")]).status).toBe("in-progress");
    expect(rollout([pod({ container: crashing(3) }), wellPod("q")]).status).toBe("failed");
  });

  it.each([
    ["gives up by itself", { exitCode: 1, reason: "Error" }, 1, true],
    ["has done so too often", { exitCode: 1, reason: "Error" }, 3, undefined],
    ["is killed for its memory", { exitCode: 137, reason: "OOMKilled" }, 1, undefined],
    ["has no command", { exitCode: 127, reason: "Error" }, 1, undefined],
    ["has nothing to do", { exitCode: 0, reason: "Completed" }, 1, undefined],
  ])("whose program %s may recover, or not", (_, terminated, restartCount, expected) => {
    const verdict = rollout([pod({ container: { state: { terminated }, restartCount } })]);
    expect([verdict.status, verdict.mayRecover]).toEqual(["failed", expected]);
  });

  it("fails at once when one pod can never start, whatever the others do", () => {
    const verdict = rollout([wellPod("q"), pod({ container: waiting("InvalidImageName", "bad") })]);
    expect(short(verdict)).toBe("failed InvalidImageName");
  });

  it("looks neither at pods that leave nor at those of older revisions", () => {
    const pods = [
      pod({ container: crashing(9), deletionTimestamp: ago(1) }),
      pod({ container: crashing(9), ownerReferences: owner("ReplicaSet", "uid-older") }),
      pod({ container: waiting("InvalidImageName"), status: { phase: "Failed", reason: "Evicted" } }),
    ];
    expect(rollout(pods).message).toBe("1 of 4 new pods ready");
  });

  it("looks at no pods while the newest ReplicaSet is not known", () => {
    const annotations = { "deployment.kubernetes.io/revision": "4" };
    const deployment = object("Deployment", { apiVersion: "apps/v1", annotations, status: { observedGeneration: 1 } });
    const replicaSets = [object("ReplicaSet", { ownerReferences: owner("Deployment") })];
    const pods = [pod({ container: crashing(9) })];
    expect(readiness(deployment, { pods, replicaSets, now }).status).toBe("in-progress");
  });

  it("lets a probe take its time, and says so once that is longer than the probe itself", () => {
    const running = (seconds: number) =>
      pod({ container: { ready: false, started: true, state: { running: { startedAt: ago(seconds) } } } });
    expect(rollout([running(3)]).message).toBe("1 of 4 new pods ready");
    expect(rollout([running(60)])).toEqual({
      status: "in-progress",
      reason: "ProbeNotPassing",
      message: "1 of 4 new pods ready; pod p: container main runs, but its readiness probe does not pass",
    });
  });

  it("gives a pod that no node takes five minutes", () => {
    const unschedulable = (seconds: number) => {
      const condition = {
        type: "PodScheduled",
        status: "False",
        reason: "Unschedulable",
        message: "0/3 nodes: 3 Insufficient cpu.",
      };
      return pod({ status: { conditions: [{ ...condition, lastTransitionTime: ago(seconds) }] } });
    };
    expect(short(rollout([unschedulable(299)]))).toBe("in-progress Unschedulable");
    expect(rollout([unschedulable(301)])).toEqual({
      status: "failed",
      reason: "Unschedulable",
      message: "pod p: no node takes it: 0/3 nodes: 3 Insufficient cpu",
    });
  });

  it("knows a volume that cannot be mounted by its events", () => {
    const event = (message: string): Event => ({
      ...object("Event"),
      reason: "FailedMount",
      message,
      involvedObject: { uid: "uid-p" },
    });
    const pods = [pod({ container: waiting("ContainerCreating") })];
    const absent = 'MountVolume.SetUp failed for volume "v" : secret "s" not found';
    expect(short(rollout(pods, { events: [event(absent)] }))).toBe("failed FailedMount");
    expect(short(rollout(pods, { events: [event("timed out waiting for the condition")] }))).toBe(
      "in-progress FailedMount",
    );
  });

  const refused = (message: string, seconds = 1) => ({
    conditions: [
      { type: "ReplicaFailure", status: "True", reason: "FailedCreate", message, lastTransitionTime: ago(seconds) },
    ],
  });
  const quota = 'pods "a" is forbidden: exceeded quota: q, requested: pods=1, used: pods=4, limited: pods=4';
  it.each([
    ["a quota that is used up", rollout([], refused(quota)), "failed"],
    ["a quota that old pods still use", rollout([], { ...refused(quota), old: 2 }), "in-progress"],
    [
      "a quota that a pod on its way out still uses",
      rollout([pod({ deletionTimestamp: ago(1) })], refused(quota)),
      "in-progress",
    ],
    ["a policy", rollout([], refused('admission webhook "p" denied the request: no')), "failed"],
    [
      "a namespace so new that it has no ServiceAccount yet",
      rollout([], refused('serviceaccount "default" not found')),
      "in-progress",
    ],
    ["the same for more than a minute", rollout([], refused('serviceaccount "default" not found', 61)), "failed"],
    ["a webhook that cannot be called", rollout([], refused('failed calling webhook "w": timeout')), "in-progress"],
  ])("whose pods are refused by %s", (_, verdict, expected) => {
    expect(verdict.status).toBe(expected);
    expect(verdict.reason).toBe("FailedCreate");
  });

  it("fails at its own deadline, with what was wrong by then", () => {
    const conditions = [{ type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" }];
    const verdict = rollout([pod({ container: crashing(0) })], { status: { conditions } });
    expect(short(verdict)).toBe("failed ProgressDeadlineExceeded");
    expect(verdict.message).toContain("no progress within 600 s: 1 of 4 new pods ready; pod p: container main failed");
  });
});

describe("a StatefulSet", () => {
  const set = (o: { spec?: object; status?: object } = {}) =>
    object("StatefulSet", {
      apiVersion: "apps/v1",
      generation: 2,
      spec: { replicas: 3, ...o.spec },
      status: {
        observedGeneration: 2,
        replicas: 3,
        readyReplicas: 3,
        updatedReplicas: 3,
        currentRevision: "r2",
        updateRevision: "r2",
        ...o.status,
      },
    });
  const partition = { updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } };
  const half = { updatedReplicas: 1, currentRevision: "r1" };
  it.each([
    ["all of the newest revision", set(), "current Current"],
    ["not all updated", set({ status: half }), "in-progress InProgress"],
    ["updated down to its partition", set({ spec: partition, status: half }), "current Current"],
    [
      "updated, but not to its partition",
      set({ spec: partition, status: { ...half, updatedReplicas: 0 } }),
      "in-progress InProgress",
    ],
    ["not all ready", set({ status: { readyReplicas: 2 } }), "in-progress InProgress"],
    ["ready, but not for long enough", set({ status: { availableReplicas: 2 } }), "in-progress InProgress"],
    ["updated by hand", set({ spec: { updateStrategy: { type: "OnDelete" } }, status: half }), "current OnDelete"],
  ])("with its pods %s", (_, statefulSet, expected) => {
    expect(short(readiness(statefulSet, nothing))).toBe(expected);
  });

  it("names the old pods that hold it up, unless it takes its pods all at once", () => {
    const labels = { "controller-revision-hash": "r1" };
    const broken = pod({ container: crashing(5), labels, ownerReferences: owner("StatefulSet") });
    const related = { ...nothing, pods: [broken] };
    const status = { updatedReplicas: 0, readyReplicas: 2 };
    expect(readiness(set({ status }), related).reason).toBe("BlockedByOldPod");
    expect(podsInTheWay(set({ status }), related)).toEqual([broken]);
    expect(podsInTheWay(set({ status, spec: { podManagementPolicy: "Parallel" } }), related)).toEqual([]);
  });
});

describe("other kinds", () => {
  const condition = (type: string, status: string, reason = "", message = "") => ({ type, status, reason, message });
  const withConditions = (kind: string, apiVersion: string, ...conditions: object[]) =>
    object(kind, { apiVersion, status: { conditions } });
  const classes = (mode: string, annotations = {}) => ({
    ...nothing,
    storageClasses: [{ ...object("StorageClass", { name: "fast", annotations }), volumeBindingMode: mode }],
  });
  const pending = object("PersistentVolumeClaim", { spec: { storageClassName: "fast" }, status: { phase: "Pending" } });
  const byDefault = object("PersistentVolumeClaim", { status: { phase: "Pending" } });
  const isDefault = { "storageclass.kubernetes.io/is-default-class": "true" };
  const hpa = (...conditions: object[]) => withConditions("HorizontalPodAutoscaler", "autoscaling/v2", ...conditions);
  const crd = (...conditions: object[]) =>
    withConditions("CustomResourceDefinition", "apiextensions.k8s.io/v1", ...conditions);
  const balancer = { type: "LoadBalancer", clusterIP: "10.0.0.1" };
  const daemonSet = (status: object, spec = {}) =>
    object("DaemonSet", { apiVersion: "apps/v1", generation: 1, spec, status: { observedGeneration: 1, ...status } });
  const custom = (status: object, generation = 2) =>
    object("Widget", { apiVersion: "example.com/v1", generation, status });
  const job = (spec: object, status: object) => object("Job", { apiVersion: "batch/v1", spec, status });

  const table: readonly (readonly [what: string, object: KubernetesObject, expected: string, related?: Related])[] = [
    ["ConfigMap", object("ConfigMap"), "current Current"],
    ["CronJob", object("CronJob", { apiVersion: "batch/v1", generation: 1 }), "current Current"],
    ["anything that is being deleted", object("ConfigMap", { deletionTimestamp: ago(1) }), "in-progress Terminating"],
    ["Pod that is ready", pod({ status: { conditions: [condition("Ready", "True")] } }), "current Ready"],
    ["Pod that has ended well", pod({ status: { phase: "Succeeded" } }), "current Succeeded"],
    ["Pod that has failed", pod({ status: { phase: "Failed" } }), "failed PodFailed"],
    ["Pod that was evicted", pod({ status: { phase: "Failed", reason: "Evicted" } }), "in-progress NotReady"],
    ["Pod that cannot start", pod({ container: waiting("ErrImageNeverPull", "no") }), "failed ErrImageNeverPull"],
    ["Pod that crashes", pod({ container: crashing(1) }), "failed CrashLoopBackOff"],
    [
      "ReplicaSet",
      object("ReplicaSet", {
        apiVersion: "apps/v1",
        generation: 1,
        spec: { replicas: 2 },
        status: { observedGeneration: 1, replicas: 2, readyReplicas: 1 },
      }),
      "in-progress InProgress",
    ],
    [
      "ReplicationController",
      object("ReplicationController", {
        generation: 1,
        spec: { replicas: 1 },
        status: { observedGeneration: 1, replicas: 1, readyReplicas: 1 },
      }),
      "current Current",
    ],
    [
      "DaemonSet",
      daemonSet({ desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2 }),
      "in-progress InProgress",
    ],
    ["DaemonSet for no node", daemonSet({ desiredNumberScheduled: 0 }), "current Current"],
    [
      "DaemonSet updated by hand",
      daemonSet({ desiredNumberScheduled: 3 }, { updateStrategy: { type: "OnDelete" } }),
      "current OnDelete",
    ],
    ["Job that is suspended", job({ suspend: true }, {}), "current Suspended"],
    [
      "Job that is about to fail",
      job({}, { failed: 1, conditions: [condition("FailureTarget", "True", "PodFailurePolicy", "No")] }),
      "failed PodFailurePolicy",
    ],
    ["PersistentVolumeClaim, bound", object("PersistentVolumeClaim", { status: { phase: "Bound" } }), "current Bound"],
    ["PersistentVolumeClaim, lost", object("PersistentVolumeClaim", { status: { phase: "Lost" } }), "failed Lost"],
    ["PersistentVolumeClaim, to be bound at once", pending, "in-progress Pending", classes("Immediate")],
    [
      "PersistentVolumeClaim that waits for a pod",
      pending,
      "current WaitForFirstConsumer",
      classes("WaitForFirstConsumer"),
    ],
    [
      "PersistentVolumeClaim of the default class",
      byDefault,
      "current WaitForFirstConsumer",
      classes("WaitForFirstConsumer", isDefault),
    ],
    ["PersistentVolumeClaim of a class that cannot be read", pending, "current Pending"],
    ["Service", object("Service", { spec: { clusterIP: "10.0.0.1" } }), "current Current"],
    ["Service, headless", object("Service", { spec: { clusterIP: "None" } }), "current Current"],
    ["Service, elsewhere", object("Service", { spec: { type: "ExternalName" } }), "current Current"],
    ["Service without an address", object("Service"), "in-progress NoClusterIP"],
    ["Service without its load balancer", object("Service", { spec: balancer }), "in-progress NoLoadBalancer"],
    [
      "Service with its load balancer",
      object("Service", { spec: balancer, status: { loadBalancer: { ingress: [{ ip: "1.2.3.4" }] } } }),
      "current Current",
    ],
    [
      "Service of another group",
      object("Service", {
        apiVersion: "serving.knative.dev/v1",
        status: { conditions: [condition("Ready", "Unknown", "Deploying")] },
      }),
      "in-progress Deploying",
    ],
    [
      "Ingress, new",
      object("Ingress", { apiVersion: "networking.k8s.io/v1", creationTimestamp: ago(5) }),
      "in-progress NoAddress",
    ],
    [
      "Ingress that gets no address",
      object("Ingress", { apiVersion: "networking.k8s.io/v1", creationTimestamp: ago(60) }),
      "current NoAddress",
    ],
    ["Namespace", object("Namespace", { status: { phase: "Active" } }), "current Current"],
    [
      "CustomResourceDefinition",
      crd(condition("NamesAccepted", "True"), condition("Established", "True")),
      "current Established",
    ],
    [
      "CustomResourceDefinition, installing",
      crd(condition("Established", "False", "Installing")),
      "in-progress Installing",
    ],
    [
      "CustomResourceDefinition whose names are taken",
      crd(condition("NamesAccepted", "False", "ListKindConflict", "taken")),
      "failed ListKindConflict",
    ],
    [
      "CustomResourceDefinition that is not established",
      crd(condition("Established", "False", "NotAccepted", "no")),
      "failed NotAccepted",
    ],
    [
      "APIService",
      withConditions("APIService", "apiregistration.k8s.io/v1", condition("Available", "False", "MissingEndpoints")),
      "in-progress MissingEndpoints",
    ],
    ["HPA", hpa(condition("AbleToScale", "True"), condition("ScalingActive", "True")), "current Current"],
    ["HPA, new", hpa(), "in-progress NotLookedAt"],
    ["HPA that is off", hpa(condition("ScalingActive", "False", "ScalingDisabled")), "current Current"],
    [
      "HPA that cannot scale",
      hpa(condition("AbleToScale", "False", "FailedUpdateScale", "no")),
      "failed FailedUpdateScale",
    ],
    ["HPA of nothing", hpa(condition("ScalingActive", "False", "InvalidSelector", "no")), "failed InvalidSelector"],
    [
      "HPA whose target is not there yet",
      hpa(condition("AbleToScale", "False", "FailedGetScale", "not found")),
      "in-progress FailedGetScale",
    ],
    [
      "PodDisruptionBudget, unseen",
      object("PodDisruptionBudget", { apiVersion: "policy/v1", generation: 1 }),
      "in-progress NotObserved",
    ],
    [
      "PodDisruptionBudget",
      object("PodDisruptionBudget", { apiVersion: "policy/v1", generation: 1, status: { observedGeneration: 1 } }),
      "current Current",
    ],
    ["custom resource without conditions", custom({}), "current Current"],
    [
      "custom resource, ready",
      custom({ observedGeneration: "2", conditions: [condition("Ready", "True")] }),
      "current Ready",
    ],
    [
      "custom resource with an old status",
      custom({ observedGeneration: "1", conditions: [condition("Ready", "True")] }),
      "in-progress NotObserved",
    ],
    [
      "custom resource with an old condition",
      custom({ conditions: [{ ...condition("Ready", "True"), observedGeneration: 1 }] }),
      "in-progress NotObserved",
    ],
    [
      "custom resource that is not ready",
      custom({ conditions: [condition("Ready", "False", "Waiting")] }),
      "in-progress Waiting",
    ],
    [
      "custom resource at work",
      custom({ conditions: [condition("Reconciling", "True", "Progressing")] }),
      "in-progress Progressing",
    ],
    [
      "custom resource that has given up",
      custom({ conditions: [condition("Stalled", "True", "BuildFailed", "no")] }),
      "failed BuildFailed",
    ],
  ];
  it.each(table)("%s", (_, what, expected, related = nothing) => {
    expect(short(readiness(what, related))).toBe(expected);
  });

  it("knows refused pods of kinds that say it in events only", () => {
    const event: Event = {
      ...object("Event"),
      reason: "FailedCreate",
      message: 'Error creating: pods "x" is forbidden: exceeded quota: q',
      involvedObject: { uid: "uid-DaemonSet" },
    };
    const verdict = readiness(daemonSet({ desiredNumberScheduled: 1 }), { ...nothing, events: [event] });
    expect(verdict).toEqual({
      status: "failed",
      reason: "FailedCreate",
      message: 'pods "x" is forbidden: exceeded quota: q',
    });
  });
});
