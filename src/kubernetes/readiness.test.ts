import { describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "./object.ts";
import { readiness } from "./readiness.ts";
import type { Event, Related } from "./readiness.ts";
import { ago, crashing, nothing, object, pod, short, waiting } from "./readiness/testing/builders.ts";

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
    ["Pod that was evicted", pod({ status: { phase: "Failed", reason: "Evicted" } }), "in-progress Evicted"],
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
