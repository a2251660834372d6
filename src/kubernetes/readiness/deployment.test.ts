import { describe, expect, it } from "@jest/globals";
import { readiness } from "../readiness.ts";
import type { Event, Pod } from "../readiness.ts";
import { ago, crashing, now, object, owner, pod, rollout, short, waiting, wellPod } from "./testing/builders.ts";

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
    [
      'Head "https://r/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
      "failed",
    ],
    ['Head "https://r/v2/": http: server gave HTTP response to HTTPS client', "failed"],
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

  it("doubts a registry that no name server knows after half a minute", () => {
    const unknown = waiting("ErrImagePull", 'Head "https://r/v2/": dial tcp: lookup r: no such host');
    expect(rollout([pod({ container: unknown, age: 29 })]).status).toBe("in-progress");
    expect(rollout([pod({ container: unknown, age: 31 })]).status).toBe("failed");
  });

  it("does not blame an image that another pod of the same revision has got, unless that lasts", () => {
    const absent = (age: number) => pod({ container: waiting("ErrImagePull", "manifest unknown"), age });
    expect(rollout([absent(5), pod({ name: "q", container: waiting("ContainerCreating") })]).status).toBe("failed");
    expect(rollout([absent(5), wellPod("q")]).status).toBe("in-progress");
    expect(rollout([absent(31), wellPod("q")]).status).toBe("failed");
  });

  it("finds in the events why an old kubelet backs off", () => {
    const pods = [pod({ container: waiting("ImagePullBackOff", 'Back-off pulling image "r/a:1"') })];
    const event: Event = {
      ...object("Event"),
      message: 'Failed to pull image "r/a:1": rpc error: code = NotFound desc = r/a:1: not found',
      involvedObject: { uid: "uid-p", fieldPath: "spec.containers{main}" },
    };
    expect(rollout(pods).status).toBe("in-progress");
    expect(rollout(pods, { events: [event] })).toMatchObject({
      status: "failed",
      message: "pod p: container main cannot get its image : r/a:1: not found",
    });
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
    ["a user that may not be", "container has runAsNonRoot and image will run as root", 5, "failed"],
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

  it("says what it lacks, so that somebody can look again", () => {
    const absent = (message: string) =>
      rollout([pod({ container: waiting("CreateContainerConfigError", message) })]).absence;
    expect(absent('configmap "c" not found')).toEqual({ kind: "ConfigMap", name: "c" });
    expect(absent("couldn't find key b in Secret ns/s")).toEqual({ kind: "Secret", name: "s", key: "b" });
    expect(absent("container has runAsNonRoot and image will run as root")).toBeUndefined();
  });

  it("does not wait for a container that has no command", () => {
    const container = waiting("CreateContainerError", "failed to apply OCI options: no command specified");
    expect(short(rollout([pod({ container })]))).toBe("failed CreateContainerError");
  });

  it("takes a sidecar that ends for broken, and an init container that has ended well for done", () => {
    const sidecar = (restartPolicy: string | undefined, restartCount: number): Pod => {
      const { spec, status, ...rest } = pod({});
      const init = { name: "proxy", ...(restartPolicy === undefined ? {} : { restartPolicy }) };
      const ended = { name: "proxy", restartCount, state: { terminated: { exitCode: 0 } } };
      return {
        ...rest,
        spec: { ...spec, initContainers: [init] },
        status: { ...status, initContainerStatuses: [ended] },
      };
    };
    expect(rollout([sidecar("Always", 1)]).message).toContain("container proxy keeps failing (2 times so far)");
    expect(rollout([sidecar(undefined, 0)]).message).toBe("1 of 4 new pods ready");
  });

  it("says after 15 seconds that no node takes a pod, and gives up after five minutes", () => {
    const unschedulable = (seconds: number, message = "0/3 nodes: 3 Insufficient cpu.") => {
      const condition = {
        type: "PodScheduled",
        status: "False",
        reason: "Unschedulable",
        message,
      };
      return pod({ status: { conditions: [{ ...condition, lastTransitionTime: ago(seconds) }] } });
    };
    expect(rollout([unschedulable(14)]).message).toBe("1 of 4 new pods ready");
    expect(rollout([unschedulable(16)]).message).toContain("no node takes it: 0/3 nodes: 3 Insufficient cpu");
    const claim = '0/3 nodes are available: persistentvolumeclaim "data" not found. preemption: no.';
    expect(rollout([unschedulable(1, claim)])).toMatchObject({
      status: "failed",
      absence: { kind: "PersistentVolumeClaim", name: "data" },
    });
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
    [
      "a quota that old pods use which it may not spare",
      rollout([], { ...refused(quota), old: 2, spec: { strategy: { rollingUpdate: { maxUnavailable: 0 } } } }),
      "failed",
    ],
    ["a quota that old pods have used for minutes", rollout([], { ...refused(quota, 181), old: 2 }), "failed"],
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

  it("does not take the deadline of the template before for its own", () => {
    const condition = {
      type: "Progressing",
      status: "False",
      reason: "ProgressDeadlineExceeded",
      lastUpdateTime: ago(30),
    };
    const changed = (seconds: number) => ({
      status: { conditions: [condition] },
      changed: seconds,
    });
    expect(rollout([], changed(5)).status).toBe("in-progress");
    expect(rollout([], changed(601)).status).toBe("failed");
    expect(rollout([], changed(60)).status).toBe("failed");
  });
});
