import { describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../object.ts";
import { readiness } from "../readiness.ts";
import { ago, changedBefore, nothing, object, short } from "./testing/builders.ts";

const condition = (type: string, status: string, reason = "", message = "") => ({ type, status, reason, message });
const custom = (apiVersion: string, kind: string, o: { status?: object; spec?: object; changed?: number } = {}) => {
  return object(kind, {
    apiVersion,
    generation: 2,
    ...changedBefore(o.changed ?? 1),
    spec: o.spec ?? {},
    status: o.status ?? {},
  });
};
const withConditions = (apiVersion: string, kind: string, ...conditions: object[]) =>
  custom(apiVersion, kind, { status: { conditions } });
const rollout = (status: object, spec: object = {}) =>
  custom("argoproj.io/v1alpha1", "Rollout", { status: { observedGeneration: "2", ...status }, spec });
const steps = (...all: object[]) => ({ strategy: { canary: { steps: all } } });

describe("custom resources", () => {
  const certificate = (status: object) => custom("cert-manager.io/v1", "Certificate", { status });
  const table: readonly (readonly [what: string, object: KubernetesObject, expected: string])[] = [
    [
      "KEDA, with its generation nowhere",
      withConditions(
        "keda.sh/v1alpha1",
        "ScaledObject",
        condition("Ready", "True", "ScaledObjectReady"),
        condition("Active", "False"),
      ),
      "current ScaledObjectReady",
    ],
    [
      "KEDA, before it has looked",
      withConditions("keda.sh/v1alpha1", "ScaledObject", condition("Ready", "Unknown")),
      "in-progress NotReady",
    ],
    [
      "a resource that has failed",
      withConditions(
        "example.com/v1",
        "Backup",
        condition("Failed", "True", "DiskFull", "no room"),
        condition("Ready", "False"),
      ),
      "failed DiskFull",
    ],
    [
      "a failure of the generation before",
      withConditions("example.com/v1", "Backup", { ...condition("Failed", "True"), observedGeneration: 1 }),
      "current Current",
    ],
    [
      "Flux at work",
      withConditions(
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        condition("Reconciling", "True", "Progressing"),
        condition("Ready", "Unknown"),
      ),
      "in-progress Progressing",
    ],
    [
      "Flux that has given up",
      withConditions(
        "helm.toolkit.fluxcd.io/v2",
        "HelmRelease",
        condition("Stalled", "True", "RetriesExceeded"),
        condition("Ready", "False"),
      ),
      "failed RetriesExceeded",
    ],
    ["Argo's Rollout, with its generation as a string", rollout({ phase: "Healthy" }), "current Healthy"],
    ["Argo's Rollout, unseen", rollout({ phase: "Healthy", observedGeneration: "1" }), "in-progress NotObserved"],
    ["Argo's Rollout at work", rollout({ phase: "Progressing", message: "more replicas" }), "in-progress Progressing"],
    ["Argo's Rollout that failed", rollout({ phase: "Degraded", message: "timed out" }), "failed Degraded"],
    [
      "Argo's Rollout that waits for a person",
      rollout({ phase: "Paused", currentStepIndex: 1 }, steps({ setWeight: 20 }, { pause: {} })),
      "current Paused",
    ],
    [
      "Argo's Rollout that waits for a while",
      rollout({ phase: "Paused", currentStepIndex: 1 }, steps({ setWeight: 20 }, { pause: { duration: "30s" } })),
      "in-progress Paused",
    ],
    [
      "a certificate on its way",
      certificate({ conditions: [condition("Issuing", "True"), condition("Ready", "False", "DoesNotExist")] }),
      "in-progress DoesNotExist",
    ],
    [
      "a certificate that cannot be had",
      certificate({
        lastFailureTime: ago(1),
        conditions: [
          condition("Issuing", "False", "Failed", "order is invalid"),
          condition("Ready", "False", "DoesNotExist"),
        ],
      }),
      "failed Failed",
    ],
    [
      "a certificate that is good until it can be renewed",
      certificate({
        lastFailureTime: ago(1),
        conditions: [condition("Issuing", "False", "Failed"), condition("Ready", "True")],
      }),
      "current Ready",
    ],
  ];
  it.each(table)("%s", (_, what, expected) => {
    expect(short(readiness(what, nothing))).toBe(expected);
  });

  it("may take back within half a minute that they had given up before the change", () => {
    const stalled = (changed: number, observedGeneration?: number) =>
      custom("example.com/v1", "Widget", {
        changed,
        status: {
          ...(observedGeneration === undefined ? {} : { observedGeneration }),
          conditions: [{ ...condition("Stalled", "True", "BuildFailed", "no"), lastTransitionTime: ago(100) }],
        },
      });
    expect(short(readiness(stalled(5), nothing))).toBe("in-progress NotObserved");
    expect(short(readiness(stalled(31), nothing))).toBe("failed BuildFailed");
    expect(short(readiness(stalled(101), nothing))).toBe("failed BuildFailed");
    expect(short(readiness(stalled(5, 2), nothing))).toBe("failed BuildFailed");
  });

  it("are given a moment for a first word, if there is a status for it", () => {
    const silent = (apiVersion: string, changed: number) => ({
      ...custom(apiVersion, "Widget", { changed }),
      status: undefined,
    });
    const told = { ...nothing, hasStatus: true };
    expect(short(readiness(silent("example.com/v1", 1), told))).toBe("in-progress NotReported");
    expect(short(readiness(silent("example.com/v1", 4), told))).toBe("current Current");
    expect(short(readiness(silent("example.com/v1", 1), nothing))).toBe("current Current");
    expect(short(readiness(silent("networking.k8s.io/v1", 1), told))).toBe("current Current");
  });
});
