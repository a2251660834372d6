import type { KubernetesObject, ObjectMeta } from "../../object.ts";
import { readiness } from "../../readiness.ts";
import type { Event, Pod, Related, ReplicaSet, Verdict } from "../../readiness.ts";
import type { ContainerStatus } from "../objects.ts";

/** The server's time in these tests. */
export const now = new Date("2026-11-20T12:00:00Z");
/** That many seconds before. */
export const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
/** Nothing belongs to the object. */
export const nothing: Related = { pods: [], replicaSets: [], now };

/** A verdict in two words. */
export function short({ status, reason }: Verdict): string {
  return `${status} ${reason}`;
}

/** Metadata of what Slipway changed that many seconds before. */
export function changedBefore(seconds: number): Pick<ObjectMeta, "managedFields"> {
  return { managedFields: [{ manager: "slipway", operation: "Apply", apiVersion: "v1", time: ago(seconds) }] };
}

export type Parts = Partial<ObjectMeta> & { apiVersion?: string; spec?: object; status?: object };
/** Any object, which its kind names. */
export function object(
  kind: string,
  { apiVersion = "v1", spec = {}, status = {}, ...metadata }: Parts = {},
): KubernetesObject {
  return { apiVersion, kind, metadata: { name: "x", namespace: "ns", uid: `uid-${kind}`, ...metadata }, spec, status };
}
export const owner = (kind: string, uid = `uid-${kind}`) => [{ apiVersion: "apps/v1", kind, name: "x", uid }];

/** A pod of one container, `age` seconds after it came to its node. */
export function pod(
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
export const waiting = (reason: string, message = "", restartCount = 0) => ({
  state: { waiting: { reason, message } },
  restartCount,
});
export const crashing = (restartCount: number) => ({
  state: { waiting: { reason: "CrashLoopBackOff" } },
  lastState: { terminated: { exitCode: 1 } },
  restartCount,
});
export const wellPod = (name: string) =>
  pod({ name, container: { ready: true, started: true, state: { running: {} } } });

/** A Deployment in the middle of its rollout, with one ReplicaSet and these pods. */
export function rollout(
  pods: readonly Pod[],
  o: {
    changed?: number;
    conditions?: object[];
    events?: Event[];
    status?: object;
    spec?: object;
    old?: number;
  } = {},
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
    ...(o.changed === undefined ? {} : changedBefore(o.changed)),
    generation: 2,
    spec: { replicas: 4, ...o.spec },
    status: { observedGeneration: 2, replicas: 2 + (o.old ?? 0), updatedReplicas: 2, ...o.status },
  });
  return readiness(deployment, { pods, replicaSets: [replicaSet], now, ...(o.events ? { events: o.events } : {}) });
}
