import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startTestServer } from "../../sandbox/kubernetes/api/testing/test-server.ts";
import type { TestServer } from "../../sandbox/kubernetes/api/testing/test-server.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { SlipwayError } from "../error.ts";
import { systemClock } from "../runner/clock.ts";
import { ApiError } from "./api-error.ts";
import type { ApiRequest, KubernetesApi } from "./api.ts";
import { connect } from "./client.ts";
import type { KubernetesClient } from "./client.ts";
import { discover } from "./discovery.ts";
import type { Discovery } from "./discovery.ts";
import type { KubernetesObject } from "./object.ts";
import { watchRollout } from "./rollout.ts";
import type { RolloutOptions, RolloutResult, RolloutTarget } from "./rollout.ts";

const clock = fastClock(20);
const apps = "/apis/apps/v1/namespaces/ns";
const core = "/api/v1/namespaces/ns";
const revision = "deployment.kubernetes.io/revision";

let server: TestServer;
let api: KubernetesClient;
let discovery: Discovery;
let requests: ApiRequest[];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.server.close());
beforeEach(async () => {
  requests = [];
  const token = server.server.issueToken({ user: "deployer", groups: ["system:masters"] });
  const connection = { server: server.server.url, ca: server.server.caPem, token };
  api = connect(connection, { clock, onRequest: (request) => requests.push(request) });
  discovery = await discover(api);
  requests = [];
});
afterEach(() => api.close());

const probed = { readinessProbe: { tcpSocket: { port: 80 } } };

/** A Deployment of one replica, as it is right after it was applied. */
async function deployment(name: string, container: object = probed): Promise<KubernetesObject> {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "web:1", ...container }] } };
  return server.create(`${apps}/deployments`, {
    metadata: { name, annotations: { [revision]: "1" } },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  });
}

const complete = {
  observedGeneration: 1,
  replicas: 1,
  updatedReplicas: 1,
  readyReplicas: 1,
  availableReplicas: 1,
  conditions: [{ type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" }],
};
const started = { observedGeneration: 1, replicas: 1, updatedReplicas: 1 };
const setStatus = (path: string, status: object) => server.merge(`${path}/status`, { status });

/** What the Deployment's controllers and the kubelet make of it: a ReplicaSet, and a pod in this state. */
async function podOf(owner: KubernetesObject, state: object): Promise<KubernetesObject> {
  const { name } = owner.metadata;
  const labels = { app: name };
  const spec = { containers: [{ name: "main", image: "web:1" }] };
  const replicaSet = await server.create(`${apps}/replicasets`, {
    metadata: { name: `${name}-1`, labels, annotations: { [revision]: "1" }, ownerReferences: ownedBy(owner) },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  const metadata = { name: `${name}-1-a`, labels, ownerReferences: ownedBy(replicaSet) };
  const pod = await server.create(`${core}/pods`, { metadata, spec });
  await podState(metadata.name, state);
  return pod;
}
const ownedBy = ({ apiVersion, kind, metadata: { name, uid } }: KubernetesObject) => [
  { apiVersion, kind, name, uid, controller: true },
];
const podState = (name: string, state: object, restartCount = 0) =>
  setStatus(`${core}/pods/${name}`, {
    phase: "Pending",
    containerStatuses: [{ name: "main", image: "web:1", imageID: "", ready: false, restartCount, state }],
  });

/** Follows the rollout; `until()` resolves when what was said about it ends in the given line. */
function follow(objects: readonly KubernetesObject[], o: Partial<RolloutOptions<RolloutTarget>> = {}) {
  const lines: string[] = [];
  const waiting: { line: string; resolve: () => void }[] = [];
  const done = watchRollout({
    api,
    discovery,
    clock,
    signal: new AbortController().signal,
    deadlineMs: clock.now() + 100_000,
    targets: objects.map((object) => ({ object })),
    onVerdict: ({ object }, { status, message }) => {
      lines.push(`${object.metadata.name} ${status}: ${message}`);
      for (const { line, resolve } of waiting) if (lines.at(-1) === line) resolve();
    },
    ...o,
  });
  done.catch(() => undefined);
  const until = (line: string) =>
    new Promise<void>((resolve) => (lines.includes(line) ? resolve() : waiting.push({ line, resolve })));
  return { done, lines, until };
}

function short(results: readonly RolloutResult<RolloutTarget>[]): string[] {
  const limits = { all: " (time is up)", own: " (its own time is up)" };
  return results.map(({ object, verdict, timedOut }) => {
    return `${object.metadata.name} ${verdict.status} ${verdict.reason}${timedOut === undefined ? "" : limits[timedOut]}`;
  });
}

async function tidy(...names: string[]): Promise<void> {
  for (const name of names) {
    for (const path of [`${apps}/deployments/${name}`, `${apps}/replicasets/${name}-1`, `${core}/pods/${name}-1-a`]) {
      await server.remove(path, { gracePeriodSeconds: 0 }).catch(() => undefined);
    }
  }
}

function selection({ path, query = {} }: ApiRequest): string {
  return `${path} ${String(query.fieldSelector ?? query.labelSelector)}`;
}

describe("watchRollout()", () => {
  it("sends nothing for objects that are current as they are given", async () => {
    const config = await server.create(`${core}/configmaps`, { metadata: { name: "c" } });
    const app = await deployment("ready");
    await setStatus(`${apps}/deployments/ready`, complete);
    const live = await server.get(`${apps}/deployments/ready`);
    const { done, lines } = follow([config, live]);
    expect(short(await done)).toEqual(["c current Current", "ready current Current"]);
    expect(requests).toEqual([]);
    expect(lines).toEqual([]);
    await tidy(app.metadata.name);
  });

  it("believes a container that nobody probes only once it has lasted", async () => {
    const app = await deployment("unprobed", {});
    // In real time: the crash has to come before two seconds have passed.
    const { done, until } = follow([app], { clock: systemClock, deadlineMs: systemClock.now() + 30_000 });
    await setStatus(`${apps}/deployments/unprobed`, complete);
    await until("unprobed in-progress: 1 of 1 new pod ready; nothing probes whether that is true, so it has to last");
    await podOf(app, { terminated: { exitCode: 3, reason: "Error" } });
    await podState("unprobed-1-a", { terminated: { exitCode: 3, reason: "Error" } }, 1);
    await setStatus(`${apps}/deployments/unprobed`, { ...started, readyReplicas: 0, availableReplicas: 0 });
    expect(short(await done)).toEqual(["unprobed failed CrashLoopBackOff"]);
    await tidy("unprobed");
  });

  it("follows a Deployment until it is current, with few requests, and says how far it is", async () => {
    const app = await deployment("good");
    const { done, lines, until } = follow([app]);
    await setStatus(`${apps}/deployments/good`, started);
    await until("good in-progress: 0 of 1 new pod ready");
    await setStatus(`${apps}/deployments/good`, complete);
    expect(short(await done)).toEqual(["good current Current"]);
    expect(lines).toEqual(["good in-progress: 0 of 1 new pod ready", "good current: 1 of 1 new pod ready"]);
    const watched = requests.filter(({ path }) => !path.endsWith("/events"));
    expect(new Set(watched.map(selection))).toEqual(
      new Set([
        `${apps}/deployments metadata.name=good`,
        `${apps}/replicasets app in (good)`,
        `${core}/pods app in (good)`,
      ]),
    );
    expect(watched.length).toBeLessThanOrEqual(6);
    await tidy("good");
  });

  it("ends as soon as one has failed, and tells the others apart from those whose time was up", async () => {
    const bad = await deployment("bad");
    const { done, until } = follow([bad, await deployment("slow")]);
    await setStatus(`${apps}/deployments/slow`, started);
    await setStatus(`${apps}/deployments/bad`, started);
    await until("bad in-progress: 0 of 1 new pod ready");
    await podOf(bad, { waiting: { reason: "ErrImagePull", message: "web:1: not found" } });
    const results = await done;
    expect(short(results)).toEqual(["bad failed ErrImagePull", "slow in-progress InProgress"]);
    expect(results[0]?.verdict.message).toBe("pod bad-1-a: container main cannot get its image web:1: not found");
    await tidy("bad", "slow");
  });

  it("lets a program fail that may be waiting for another one, until that has come up", async () => {
    const [app, database] = [await deployment("app"), await deployment("database")];
    for (const name of ["app", "database"]) await setStatus(`${apps}/deployments/${name}`, started);
    await podOf(app, {});
    const ended = { exitCode: 1, reason: "Error", startedAt: null, finishedAt: null };
    await podState("app-1-a", { terminated: ended }, 1);
    const { done, lines, until } = follow([app, database]);
    await until("database in-progress: 0 of 1 new pod ready");
    await clock.sleep(2_000);
    expect(lines).toEqual(["database in-progress: 0 of 1 new pod ready"]);
    await setStatus(`${apps}/deployments/database`, complete);
    expect(short(await done)).toEqual(["app failed CrashLoopBackOff", "database current Current"]);
    await tidy("app", "database");
  });

  it("does not take for a failure what is gone in the next moment", async () => {
    const app = await deployment("flaky");
    await setStatus(`${apps}/deployments/flaky`, started);
    const failing = { waiting: { reason: "InvalidImageName", message: "odd" } };
    await podOf(app, failing);
    const slow = fastClock(0.5);
    const { done, lines, until } = follow([app], { clock: slow, deadlineMs: slow.now() + 60_000 });
    await podState("flaky-1-a", { waiting: { reason: "ContainerCreating" } });
    await until("flaky in-progress: 0 of 1 new pod ready");
    await setStatus(`${apps}/deployments/flaky`, complete);
    expect(short(await done)).toEqual(["flaky current Current"]);
    expect(lines.join()).not.toContain("failed");
    await tidy("flaky");
  });

  it("says clearly that an object was deleted, or deleted and made anew", async () => {
    const first = await deployment("gone");
    const gone = follow([first]);
    await setStatus(`${apps}/deployments/gone`, started);
    await gone.until("gone in-progress: 0 of 1 new pod ready");
    await tidy("gone");
    expect((await gone.done)[0]?.verdict.message).toBe("it was deleted by somebody else while it was rolled out");
    await deployment("gone");
    const [anew] = await follow([first]).done;
    expect(anew?.verdict).toMatchObject({ status: "failed", message: expect.stringContaining("made anew") });
    await tidy("gone");
  });

  it("tells when the time is up", async () => {
    const app = await deployment("late");
    const { done } = follow([app], { deadlineMs: clock.now() + 3_000 });
    await setStatus(`${apps}/deployments/late`, started);
    expect(short(await done)).toEqual(["late in-progress InProgress (time is up)"]);
    await tidy("late");
  });

  it("ends when the time of one object is up, and tells that one apart", async () => {
    const [quick, slow] = [await deployment("quick"), await deployment("slow")];
    for (const name of ["quick", "slow"]) await setStatus(`${apps}/deployments/${name}`, started);
    const targets = [{ object: quick, timeoutMs: 2_000 }, { object: slow }];
    expect(short(await follow([], { targets }).done)).toEqual([
      "quick in-progress InProgress (its own time is up)",
      "slow in-progress InProgress",
    ]);
    await tidy("quick", "slow");
  });

  it("does not blame a Secret that has come meanwhile, which the kubelet has not seen yet", async () => {
    const app = await deployment("keyless");
    await setStatus(`${apps}/deployments/keyless`, started);
    const pod = await podOf(app, {
      waiting: { reason: "CreateContainerConfigError", message: 'secret "late" not found' },
    });
    await server.create(`${core}/secrets`, { metadata: { name: "late" }, data: { key: "eA==" } });
    const { done, lines, until } = follow([app]);
    await until("keyless in-progress: needs the Secret late, which is there now, and which its node will see soon");
    const missing = "couldn't find key none in Secret ns/late";
    await podState(pod.metadata.name, { waiting: { reason: "CreateContainerConfigError", message: missing } });
    expect(short(await done)).toEqual(["keyless failed CreateContainerConfigError"]);
    expect(lines).toHaveLength(2);
    await tidy("keyless");
  });

  it("finds in the warnings what pods do not say themselves", async () => {
    const app = await deployment("volume");
    await setStatus(`${apps}/deployments/volume`, started);
    const pod = await podOf(app, { waiting: { reason: "ContainerCreating" } });
    await server.create(`${core}/events`, {
      metadata: { name: "volume.1" },
      involvedObject: { kind: "Pod", name: "volume-1-a", namespace: "ns", uid: pod.metadata.uid },
      type: "Warning",
      reason: "FailedMount",
      message: 'MountVolume.SetUp failed for volume "v" : configmap "none" not found',
    });
    expect(short(await follow([app]).done)).toEqual(["volume failed FailedMount"]);
    await tidy("volume");
  });

  it("reads storage classes for a claim, which may wait for its first pod", async () => {
    const classes = "/apis/storage.k8s.io/v1/storageclasses";
    await server.create(classes, {
      metadata: { name: "lazy" },
      provisioner: "p",
      volumeBindingMode: "WaitForFirstConsumer",
    });
    const claim = await server.create(`${core}/persistentvolumeclaims`, {
      metadata: { name: "data" },
      spec: { storageClassName: "lazy", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
    });
    await setStatus(`${core}/persistentvolumeclaims/data`, { phase: "Pending" });
    expect(short(await follow([claim]).done)).toEqual(["data current WaitForFirstConsumer"]);
  });

  it("goes on without what the user may not watch, and says so", async () => {
    const blindTo: string[] = [];
    const forbidden = new ApiError(403, undefined, { text: "pods is forbidden" });
    const partial: KubernetesApi = {
      request: (request) => (request.path.endsWith("/pods") ? Promise.reject(forbidden) : api.request(request)),
      stream: (request) => api.stream(request),
    };
    const app = await deployment("blind");
    const { done } = follow([app], { api: partial, onBlind: (what) => blindTo.push(what) });
    await setStatus(`${apps}/deployments/blind`, complete);
    expect(short(await done)).toEqual(["blind current Current"]);
    expect(blindTo).toEqual(["pods"]);
    await tidy("blind");
  });

  it("throws what keeps it from watching the objects themselves", async () => {
    const forbidden = new ApiError(403, undefined, { text: "deployments is forbidden" });
    const none: KubernetesApi = { request: () => Promise.reject(forbidden), stream: (request) => api.stream(request) };
    const app = await deployment("unseen");
    await expect(follow([app], { api: none }).done).rejects.toBe(forbidden);
    await tidy("unseen");
  });

  it("does not call it a failure when the server cannot be seen any more at the end", async () => {
    const app = await deployment("apart");
    let isAway = false;
    const away = () => Promise.reject(new SlipwayError("no route", { code: "unreachable" }));
    const parted: KubernetesApi = {
      request: (request) => (isAway ? away() : api.request(request)),
      stream: (request) => api.stream(request),
    };
    const { done, until } = follow([app], { api: parted, deadlineMs: clock.now() + 5_000 });
    await setStatus(`${apps}/deployments/apart`, started);
    await until("apart in-progress: 0 of 1 new pod ready");
    isAway = true;
    await expect(done).rejects.toMatchObject({ outcome: "unknown" });
    await tidy("apart");
  });

  it("ends with the signal's reason", async () => {
    const stop = new AbortController();
    const app = await deployment("stopped");
    const { done } = follow([app], { signal: stop.signal });
    stop.abort(new SlipwayError("cancelled by you", { code: "cancelled" }));
    await expect(done).rejects.toThrow("cancelled by you");
    await tidy("stopped");
  });
});
