import type {
  V1DaemonSet,
  V1Deployment,
  V1LabelSelector,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1ReplicationController,
  V1StatefulSet,
} from "@kubernetes/client-node";
import { selects } from "../../label-selector.ts";
import { sameJson } from "../../json.ts";
import { fieldForbidden, invalidValue, required, unsupported } from "../status.ts";
import type { Cause } from "../status.ts";
import { defaultPodSpec } from "./pod-defaults.ts";
import { validateTemplate } from "./pod-validation.ts";
import { rules } from "./rules.ts";
import type { Loose } from "./rules.ts";

type Selector = Loose<V1LabelSelector>;
type Template = Loose<V1PodTemplateSpec>;

interface SelectingSpec {
  replicas?: number | undefined;
  selector?: Selector | undefined;
  template?: Template | undefined;
}

/** Fills the template of a workload, as if its pods were made now. */
export function defaultTemplate(template: Template | undefined): void {
  if (template !== undefined) defaultPodSpec((template.spec ??= {}));
}

/** Labels that a selector does not match would never become this workload's pods. */
function validateSelector({ selector, template }: SelectingSpec): Cause[] {
  const labels = template?.metadata?.labels ?? {};
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
  const causes = isEmpty ? [selector?.matchLabels === undefined ? required("spec.selector") : emptySelector] : [];
  const matches = !isEmpty && selects(selector ?? {}, labels);
  const mismatch = "`selector` does not match template `labels`";
  return matches ? causes : [...causes, invalidValue("spec.template.metadata.labels", labels, mismatch)];
}

const emptySelector = invalidValue("spec.selector", {}, "empty selector is invalid for deployment");

/** What pods that are always replaced share: the restart policy must be Always. */
function validateSpec(spec: SelectingSpec | undefined, old: SelectingSpec | undefined): Cause[] {
  const template = spec?.template;
  const policy = template?.spec?.restartPolicy ?? "Always";
  const replicas = spec?.replicas ?? 0;
  return [
    ...(replicas < 0 ? [invalidValue("spec.replicas", replicas, "must be greater than or equal to 0")] : []),
    ...validateSelector(spec ?? {}),
    ...validateTemplate(template, "spec.template"),
    ...(policy === "Always" ? [] : [unsupported("spec.template.spec.restartPolicy", policy, ["Always"])]),
    ...(old !== undefined && !sameJson(spec?.selector, old.selector)
      ? [invalidValue("spec.selector", spec?.selector, "field is immutable")]
      : []),
  ];
}

export const deployments = rules<V1Deployment>({
  generation: true,
  annotated: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ??= "RollingUpdate";
    if (spec.strategy.type === "RollingUpdate") {
      const rolling = (spec.strategy.rollingUpdate ??= {});
      rolling.maxUnavailable ??= "25%";
      rolling.maxSurge ??= "25%";
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    defaultTemplate(spec.template);
  },
  validate(draft, old) {
    const { strategy, progressDeadlineSeconds = 600, minReadySeconds = 0 } = draft.spec ?? {};
    const recreates = strategy?.type === "Recreate" && strategy.rollingUpdate !== undefined;
    return [
      ...validateSpec(draft.spec, old?.spec),
      ...(recreates
        ? [fieldForbidden("spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'")]
        : []),
      ...(progressDeadlineSeconds > minReadySeconds
        ? []
        : [
            invalidValue(
              "spec.progressDeadlineSeconds",
              progressDeadlineSeconds,
              "must be greater than minReadySeconds",
            ),
          ]),
    ];
  },
});

export const replicaSets = rules<V1ReplicaSet>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.replicas ??= 1;
    defaultTemplate(spec.template);
  },
  validate: (draft, old) => validateSpec(draft.spec, old?.spec),
});

export const replicationControllers = rules<V1ReplicationController>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.replicas ??= 1;
    const labels = spec.template?.metadata?.labels;
    if (labels !== undefined) spec.selector ??= { ...labels };
    defaultTemplate(spec.template);
  },
});

const statefulSetMutable = [
  "replicas",
  "ordinals",
  "template",
  "updateStrategy",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
  "minReadySeconds",
];

export const statefulSets = rules<V1StatefulSet>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.replicas ??= 1;
    spec.podManagementPolicy ??= "OrderedReady";
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ??= "RollingUpdate";
    if (spec.updateStrategy.type === "RollingUpdate") (spec.updateStrategy.rollingUpdate ??= {}).partition ??= 0;
    spec.revisionHistoryLimit ??= 10;
    spec.persistentVolumeClaimRetentionPolicy ??= {};
    spec.persistentVolumeClaimRetentionPolicy.whenDeleted ??= "Retain";
    spec.persistentVolumeClaimRetentionPolicy.whenScaled ??= "Retain";
    defaultTemplate(spec.template);
    for (const claim of spec.volumeClaimTemplates ?? []) {
      claim.apiVersion ??= "v1";
      claim.kind ??= "PersistentVolumeClaim";
      (claim.spec ??= {}).volumeMode ??= "Filesystem";
      (claim.status ??= {}).phase ??= "Pending";
    }
  },
  validate(draft, old) {
    const fixed = Object.entries(draft.spec ?? {}).filter(([key]) => !statefulSetMutable.includes(key));
    const before = Object.entries(old?.spec ?? {}).filter(([key]) => !statefulSetMutable.includes(key));
    const same = old === undefined || sameJson(Object.fromEntries(fixed), Object.fromEntries(before));
    const why = `updates to statefulset spec for fields other than ${quoted(statefulSetMutable)} are forbidden`;
    if (!same) return [fieldForbidden("spec", why)];
    // The pods themselves are looked at when they are made: only then do they have the volumes of their claims.
    const isOfPods = ({ field = "" }: Cause): boolean => /^spec\.template\.spec\.(?!restartPolicy)/.test(field);
    return validateSpec(draft.spec, undefined).filter((cause) => !isOfPods(cause));
  },
});

/** 'a', 'b' and 'c' */
function quoted(words: readonly string[]): string {
  const all = words.map((word) => `'${word}'`);
  return `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}

const templateGeneration = "deprecated.daemonset.template.generation";

export const daemonSets = rules<V1DaemonSet>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ??= "RollingUpdate";
    if (spec.updateStrategy.type === "RollingUpdate") {
      const rolling = (spec.updateStrategy.rollingUpdate ??= {});
      rolling.maxUnavailable ??= 1;
      rolling.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
    defaultTemplate(spec.template);
    // Counts the versions of the template; kept as an annotation since it stopped being a field.
    draft.metadata.annotations = { [templateGeneration]: "1", ...draft.metadata.annotations };
  },
  prepare(draft, { old }) {
    if (old === undefined || sameJson(old.spec?.template, draft.spec?.template)) return;
    const count = Number(old.metadata.annotations?.[templateGeneration] ?? 0) + 1;
    draft.metadata.annotations = { ...draft.metadata.annotations, [templateGeneration]: String(count) };
  },
  validate: (draft, old) => validateSpec(draft.spec, old?.spec),
});
