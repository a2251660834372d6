import type { Problem } from "../../error.ts";
import { podTemplatePath } from "../../kubernetes/pod-template.ts";
import type { FieldChange } from "./diff.ts";
import { changesAnything } from "./plan.ts";
import type { Plan } from "./plan.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { place } from "../server-problems.ts";

/** One line of a plan as plain data: what a dry run prints, the summary shows and the output `plan` holds. */
export interface Change {
  readonly action: "create" | "update" | "unchanged" | "delete" | "skip";
  /** `Deployment/web`. */
  readonly object: string;
  readonly apiVersion?: string;
  readonly namespace: string;
  readonly file?: string;
  readonly line?: number;
  readonly fields: readonly FieldChange[];
  /** Whether its pods are replaced: the template that they are made of changes. */
  readonly rolls?: true;
  /** Fields that are taken from other managers, with their owners. */
  readonly taken?: readonly string[];
  /** Whom the object belongs to until now. */
  readonly adopted?: string;
  /** What the server warns of, such as an API that is going away, where it stands. */
  readonly warnings?: readonly Problem[];
  /** What could not be checked beforehand, and why. */
  readonly unchecked?: string;
  /** Why it is left alone, or comes about otherwise than by an apply. */
  readonly reason?: string;
}

/**
 * A plan as the output `plan` holds it, and as everything else shows it. Whoever reads the file goes by `version`: within one, fields
 * are added, and none that is there changes its meaning.
 */
export interface PlanDocument {
  readonly version: 1;
  readonly app: string;
  readonly namespace: string;
  /** How many objects each action has. */
  readonly counts: Readonly<Record<Change["action"], number>>;
  readonly changes: readonly Change[];
  /** Why the cluster would refuse it. A plan with problems is not carried out. */
  readonly problems: readonly Problem[];
  /** Roles and bindings that give the permissions which are missing, as YAML to apply. */
  readonly roles?: string;
}

/** The plan as plain data. */
export function planDocument(
  given: Pick<PlanDocument, "app" | "namespace" | "changes"> &
    Partial<Pick<PlanDocument, "problems">> & {
      readonly roles?: string | undefined;
    },
): PlanDocument {
  const { app, namespace, changes, problems = [], roles } = given;
  const count = (action: Change["action"]): number => changes.filter((change) => change.action === action).length;
  return {
    version: 1,
    app,
    namespace,
    counts: {
      create: count("create"),
      update: count("update"),
      unchanged: count("unchanged"),
      delete: count("delete"),
      skip: count("skip"),
    },
    changes,
    problems,
    ...(roles === undefined ? {} : { roles }),
  };
}

/** The lines of a plan, in the order of the manifests, removals last. */
export function changesOf(plan: Plan): Change[] {
  const runs = changesAnything(plan);
  return [
    ...plan.objects.map(changeOfObject),
    ...plan.hooks.map(({ released, moment, job, ...checked }) => ({
      ...describe(released),
      ...(moment === undefined || !runs
        ? { action: "unchanged" as const }
        : {
            action: "create" as const,
            object: job,
            reason: `hook, runs ${moment === "pre" ? "before" : "after"} the rest`,
          }),
      fields: [],
      ...checkOf(released, checked),
    })),
    ...plan.removals.map(({ released, action, reason }) => ({
      action,
      ...describe(released),
      fields: [],
      ...(reason === undefined ? {} : { reason }),
    })),
  ];
}

function changeOfObject(planned: Plan["objects"][number]): Change {
  const { released, action, fields, taken, takeover, adoptedFrom, warnings, unchecked } = planned;
  const predecessors = takeover?.from ?? [];
  return {
    action,
    ...describe(released),
    fields,
    ...(rolls(released, fields) ? { rolls: true as const } : {}),
    ...(predecessors.length === 0 ? {} : { reason: `takes over from ${predecessors.join(", ")}` }),
    ...(taken.length === 0 ? {} : { taken }),
    ...(adoptedFrom === undefined ? {} : { adopted: adoptedFrom }),
    ...checkOf(released, { warnings, unchecked }),
  };
}

/** What the server said when it was asked beforehand, and what it could not say. */
function checkOf(
  released: ReleaseObject,
  { warnings, unchecked }: { readonly warnings: readonly string[]; readonly unchecked?: string | undefined },
): Pick<Change, "warnings" | "unchecked"> {
  return {
    ...(warnings.length === 0 ? {} : { warnings: warnings.map((text) => warningAt(released, text)) }),
    ...(unchecked === undefined ? {} : { unchecked }),
  };
}

/** A warning at the field that it begins with, `spec.template.spec.nodeSelector[beta.kubernetes.io/os]: …`, else at the object. */
function warningAt(released: ReleaseObject, message: string): Problem {
  const field = /^((?:spec|metadata|data)[\w.]*(?:\[[^\]]*\][\w.]*)*): /.exec(message)?.[1];
  return { message, ...place(released, field) };
}

/** Pods of these follow a changed template at once; a Job's cannot, and a CronJob's next ones will. */
function rolls({ object }: ReleaseObject, fields: readonly FieldChange[]): boolean {
  const template = podTemplatePath(object)?.join(".");
  if (template === undefined || ["Job", "CronJob", "ReplicaSet", "ReplicationController"].includes(object.kind))
    return false;
  return template !== "" && fields.some(({ path }) => path.startsWith(template));
}

function describe(
  released: ReleaseObject,
): Pick<Change, "object" | "namespace" | "file" | "line"> & { readonly apiVersion: string } {
  const { apiVersion, metadata } = released.object;
  return { object: nameOf(released.object), apiVersion, namespace: metadata.namespace ?? "", ...place(released) };
}
