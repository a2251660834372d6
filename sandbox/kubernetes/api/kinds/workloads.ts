import type {
  V1CronJob,
  V1DaemonSet,
  V1Deployment,
  V1Job,
  V1LabelSelector,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1ReplicationController,
  V1StatefulSet,
} from "@kubernetes/client-node";
import { sameJson } from "../json.ts";
import { fieldForbidden, invalidValue, required, unsupported } from "../status.ts";
import type { Cause } from "../status.ts";
import { defaultPodSpec } from "./pod-defaults.ts";
import { validateTemplate } from "./pod-validation.ts";
import { printInternal } from "./internal-template.ts";
import { rules } from "./rules.ts";
import type { Draft, Loose } from "./rules.ts";

type Selector = Loose<V1LabelSelector>;
type Template = Loose<V1PodTemplateSpec>;

interface SelectingSpec {
  selector?: Selector | undefined;
  template?: Template | undefined;
}

function defaultTemplate(template: Template | undefined): void {
  if (template !== undefined) defaultPodSpec((template.spec ??= {}));
}

/** Labels that a selector does not match would never become this workload's pods. */
function validateSelector({ selector, template }: SelectingSpec): Cause[] {
  const labels = template?.metadata?.labels ?? {};
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
  const causes = isEmpty ? [selector?.matchLabels === undefined ? required("spec.selector") : emptySelector] : [];
  const matches =
    !isEmpty && Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const mismatch = "`selector` does not match template `labels`";
  return matches ? causes : [...causes, invalidValue("spec.template.metadata.labels", labels, mismatch)];
}

const emptySelector = invalidValue("spec.selector", {}, "empty selector is invalid for deployment");

/** What pods that are always replaced share: the restart policy must be Always. */
function validateSpec(spec: SelectingSpec | undefined, old: SelectingSpec | undefined): Cause[] {
  const template = spec?.template;
  const policy = template?.spec?.restartPolicy ?? "Always";
  return [
    ...(old !== undefined && !sameJson(spec?.selector, old.selector)
      ? [invalidValue("spec.selector", spec?.selector, "field is immutable")]
      : validateSelector(spec ?? {})),
    ...validateTemplate(template, "spec.template"),
    ...(policy === "Always" ? [] : [unsupported("spec.template.spec.restartPolicy", policy, ["Always"])]),
  ];
}

export const deployments = rules<V1Deployment>({
  generation: true,
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
      claim.status ??= { phase: "Pending" };
    }
  },
  validate(draft, old) {
    const fixed = Object.entries(draft.spec ?? {}).filter(([key]) => !statefulSetMutable.includes(key));
    const before = Object.entries(old?.spec ?? {}).filter(([key]) => !statefulSetMutable.includes(key));
    const same = old === undefined || sameJson(Object.fromEntries(fixed), Object.fromEntries(before));
    const why = `updates to statefulset spec for fields other than ${quoted(statefulSetMutable)} are forbidden`;
    return same ? validateSpec(draft.spec, undefined) : [fieldForbidden("spec", why)];
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

function defaultJob(spec: NonNullable<Draft<V1Job>["spec"]>): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= 6;
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.manualSelector ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy === undefined ? "TerminatingOrFailed" : "Failed";
}

export const jobs = rules<V1Job>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    defaultJob(spec);
    defaultTemplate(spec.template);
  },
  prepare(draft, { old }) {
    if (old === undefined && draft.spec?.manualSelector !== true) selectOwnPods(draft);
  },
  validate(draft, old) {
    const { template, selector } = draft.spec ?? {};
    const policy = template?.spec?.restartPolicy ?? "";
    const isFixed = old === undefined || sameJson(template, old.spec?.template);
    return [
      ...(isFixed ? [] : [invalidTemplate(template)]),
      ...(old === undefined || sameJson(selector, old.spec?.selector)
        ? []
        : [invalidValue("spec.selector", selector, "field is immutable")]),
      ...(old === undefined ? validateTemplate(template, "spec.template") : []),
      ...(policy === "Never" || policy === "OnFailure"
        ? []
        : [unsupported("spec.template.spec.restartPolicy", policy, ["OnFailure", "Never"])]),
    ];
  },
});

function invalidTemplate(template: Template | undefined): Cause {
  const message = `Invalid value: ${printInternal(template ?? {})}: field is immutable`;
  return { reason: "FieldValueInvalid", message, field: "spec.template" };
}

/** Labels the pods of a Job with its uid, so that its selector matches no others. */
function selectOwnPods(draft: Draft<V1Job>): void {
  const { uid = "", name } = draft.metadata;
  const owned = { "batch.kubernetes.io/controller-uid": uid, "controller-uid": uid };
  const named = { "batch.kubernetes.io/job-name": name, "job-name": name };
  const spec = (draft.spec ??= {});
  const template = (spec.template ??= {});
  const metadata = (template.metadata ??= {});
  const all = Object.entries({ ...metadata.labels, ...owned, ...named });
  metadata.labels = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  spec.selector = { matchLabels: { "batch.kubernetes.io/controller-uid": uid } };
  // A Job without labels of its own takes those of its pods.
  if (Object.keys(draft.metadata.labels ?? {}).length === 0) {
    draft.metadata.labels = Object.fromEntries(
      Object.entries(metadata.labels).map(([key, value]) => [key, value ?? ""]),
    );
  }
}

export const cronJobs = rules<V1CronJob>({
  generation: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    spec.concurrencyPolicy ??= "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    defaultTemplate(spec.jobTemplate?.spec?.template);
  },
  validate(draft) {
    const { schedule = "", jobTemplate } = draft.spec ?? {};
    const fields = schedule.trim().split(/\s+/).length;
    const good = schedule.startsWith("@") || fields === 5;
    return [
      ...(schedule === "" ? [required("spec.schedule")] : []),
      ...(schedule === "" || good
        ? []
        : [
            invalidValue(
              "spec.schedule",
              schedule,
              `expected exactly 5 fields, found ${fields}: [${schedule.trim().split(/\s+/).join(" ")}]`,
            ),
          ]),
      ...validateTemplate(jobTemplate?.spec?.template, "spec.jobTemplate.spec.template"),
    ];
  },
});
