import type { V1CronJob, V1Job, V1PodTemplateSpec } from "@kubernetes/client-node";
import { sameJson } from "../../json.ts";
import { invalidValue, required, unsupported } from "../status.ts";
import type { Cause } from "../status.ts";
import { printInternal } from "./internal-template.ts";
import { validateTemplate } from "./pod-validation.ts";
import { rules } from "./rules.ts";
import type { Draft, Loose } from "./rules.ts";
import { defaultTemplate } from "./workloads.ts";

type Template = Loose<V1PodTemplateSpec>;

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
      ...restartPolicyCauses(policy),
    ];
  },
});

function restartPolicyCauses(policy: string): Cause[] {
  const path = "spec.template.spec.restartPolicy";
  // What is not given is Always by then.
  if (policy === "Always") return [required(path, 'valid values: "OnFailure", "Never"')];
  return policy === "Never" || policy === "OnFailure" ? [] : [unsupported(path, policy, ["OnFailure", "Never"])];
}

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
