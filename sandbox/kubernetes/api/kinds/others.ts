import type {
  V1EndpointSlice,
  V1Ingress,
  V1Lease,
  V1NetworkPolicy,
  V1PodDisruptionBudget,
  V1PriorityClass,
  V1StorageClass,
  V1ValidatingAdmissionPolicy,
  V1ValidatingWebhookConfiguration,
  V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";
import { invalidValue, required } from "../status.ts";
import { rules } from "./rules.ts";

export const autoscalers = rules<V2HorizontalPodAutoscaler>({
  status: { desiredReplicas: 0, currentMetrics: null },
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.minReplicas ??= 1;
    if (draft.apiVersion === "autoscaling/v1") {
      // This version knows one metric, by a field of its own.
      (spec as { targetCPUUtilizationPercentage?: number }).targetCPUUtilizationPercentage ??= 80;
      return;
    }
    if ((spec.metrics ?? []).length === 0) {
      spec.metrics = [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
      ];
    }
    const { behavior } = spec;
    if (behavior === undefined) return;
    // GenerateHPAScaleUpRules and GenerateHPAScaleDownRules: once one direction is given, both are filled.
    const up = (behavior.scaleUp ??= {});
    up.stabilizationWindowSeconds ??= 0;
    up.selectPolicy ??= "Max";
    up.policies ??= [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ];
    const down = (behavior.scaleDown ??= {});
    down.selectPolicy ??= "Max";
    down.policies ??= [{ type: "Percent", value: 100, periodSeconds: 15 }];
  },
  validate(draft) {
    const { minReplicas = 1, maxReplicas = 0, scaleTargetRef } = draft.spec ?? {};
    return [
      ...(maxReplicas < 1 ? [invalidValue("spec.maxReplicas", maxReplicas, "must be greater than 0")] : []),
      ...(maxReplicas >= 1 && maxReplicas < minReplicas
        ? [invalidValue("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`")]
        : []),
      ...(scaleTargetRef?.apiVersion
        ? []
        : [invalidValue("spec.scaleTargetRef.apiVersion", "", "apiVersion must specify API group")]),
    ];
  },
});

export const ingresses = rules<V1Ingress>({
  generation: true,
  status: { loadBalancer: {} },
  validate: (draft) =>
    (draft.spec?.rules ?? []).flatMap((rule, at) =>
      (rule.http?.paths ?? []).flatMap((path, index) =>
        path.pathType
          ? []
          : [required(`spec.rules[${at}].http.paths[${index}].pathType`, "pathType must be specified")],
      ),
    ),
});

export const disruptionBudgets = rules<V1PodDisruptionBudget>({
  generation: true,
  conditional: true,
  validate(draft) {
    const { minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy = null } = draft.spec ?? {};
    if (minAvailable === undefined || maxUnavailable === undefined) return [];
    const internal = {
      MinAvailable: minAvailable,
      Selector: selector,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy,
    };
    return [invalidValue("spec", internal, "minAvailable and maxUnavailable cannot be both set")];
  },
});

export const leases = rules<V1Lease>({
  conditional: true,
  createdByUpdate: true,
  validate(draft) {
    const { leaseDurationSeconds = 1 } = draft.spec ?? {};
    const path = "spec.leaseDurationSeconds";
    return leaseDurationSeconds > 0 ? [] : [invalidValue(path, leaseDurationSeconds, "must be greater than 0")];
  },
});

export const networkPolicies = rules<V1NetworkPolicy>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.policyTypes ??= spec.egress === undefined ? ["Ingress"] : ["Ingress", "Egress"];
    for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
      for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  },
});

export const endpointSlices = rules<V1EndpointSlice>({
  generation: true,
  defaults(draft) {
    for (const port of draft.ports ?? []) {
      port.name ??= "";
      port.protocol ??= "TCP";
    }
  },
});

export const priorityClasses = rules<V1PriorityClass>({
  generation: true,
  defaults: (draft) => void (draft.preemptionPolicy ??= "PreemptLowerPriority"),
});

export const storageClasses = rules<V1StorageClass>({
  defaults(draft) {
    draft.reclaimPolicy ??= "Delete";
    draft.volumeBindingMode ??= "Immediate";
  },
});

export const webhooks = rules<V1ValidatingWebhookConfiguration>({
  generation: true,
  conditional: true,
  defaults(draft) {
    for (const webhook of draft.webhooks ?? []) {
      webhook.failurePolicy ??= "Fail";
      webhook.matchPolicy ??= "Equivalent";
      webhook.namespaceSelector ??= {};
      webhook.objectSelector ??= {};
      webhook.timeoutSeconds ??= 10;
      for (const rule of webhook.rules ?? []) rule.scope ??= "*";
    }
  },
});

export const admissionPolicies = rules<V1ValidatingAdmissionPolicy>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.failurePolicy ??= "Fail";
    const match = spec.matchConstraints;
    if (match === undefined) return;
    match.namespaceSelector ??= {};
    match.objectSelector ??= {};
    match.matchPolicy ??= "Equivalent";
    for (const rule of match.resourceRules ?? []) rule.scope ??= "*";
  },
});
