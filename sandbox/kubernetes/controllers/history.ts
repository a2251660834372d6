import { claimed } from "./claim.ts";
import { controllerReference } from "./cluster.ts";
import type { Cluster } from "./cluster.ts";
import { sameTemplate } from "./deployment/revisions.ts";
import { templateHash } from "./deployment/template-hash.ts";
import { controllerRevisionKind } from "./kinds.ts";
import type { ControllerRevision, Kind, LabelSelector, PodTemplate } from "./kinds.ts";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Store } from "./store.ts";

type Owner = KubernetesObject & {
  readonly spec: {
    readonly selector: LabelSelector;
    readonly template: PodTemplate;
    readonly revisionHistoryLimit?: number;
  };
};

export interface HistoryOptions<T extends Owner> {
  readonly cluster: Cluster;
  readonly owner: T;
  readonly ownerKind: Kind<T>;
  readonly store: Store<ControllerRevision>;
}

/** The templates that a StatefulSet or a DaemonSet has had, the newest last. */
export interface History {
  readonly all: readonly ControllerRevision[];
  /** The one that the template is now. */
  readonly newest: ControllerRevision;
}

/** Reads the history, and writes into it the template as it is now: as a new revision, or as an earlier one that has come again. */
export async function history<T extends Owner>(o: HistoryOptions<T>): Promise<History> {
  const { cluster, owner, ownerKind, store } = o;
  const { selector, template } = owner.spec;
  const found = await claimed({ cluster, owner, ownerKind, selector, kind: controllerRevisionKind, store });
  const all = found.sort((a, b) => a.revision - b.revision);
  const last = all.at(-1);
  const same = all.findLast(({ data }) => sameTemplate(templateOf(data), template));
  if (same !== undefined && same === last) return { all, newest: same };
  const revision = (last?.revision ?? 0) + 1;
  const newest =
    same === undefined
      ? await cluster.create(controllerRevisionKind, revisionOf(o, revision))
      : await cluster.replace(controllerRevisionKind, { ...same, revision });
  return { all: [...all.filter((each) => each !== same), newest], newest };
}

/** Deletes the oldest revisions beyond the limit; `live` are the names of those that pods still have. */
export async function forget(o: {
  readonly cluster: Cluster;
  readonly owner: Owner;
  readonly history: History;
  readonly live: ReadonlySet<string>;
}): Promise<void> {
  const unused = o.history.all.filter((each) => each !== o.history.newest && !o.live.has(each.metadata.name));
  const limit = o.owner.spec.revisionHistoryLimit ?? 10;
  for (const each of unused.slice(0, Math.max(0, unused.length - limit))) {
    await o.cluster.delete(controllerRevisionKind, each);
  }
}

/** The pod template of a revision. */
export function templateOf({ spec }: ControllerRevision["data"]): PodTemplate {
  const { $patch: _, ...template } = spec.template as PodTemplate & { $patch?: string };
  return template;
}

/** The part of a revision's name that tells it from others of its owner. */
export function hashOf({ metadata }: ControllerRevision): string {
  return metadata.labels?.["controller.kubernetes.io/hash"] ?? metadata.labels?.["controller-revision-hash"] ?? "";
}

function revisionOf<T extends Owner>({ owner, ownerKind }: HistoryOptions<T>, revision: number) {
  const { name, namespace = "", annotations = {} } = owner.metadata;
  const hash = templateHash(owner.spec.template);
  const hashLabel = ownerKind.kind === "DaemonSet" ? "controller-revision-hash" : "controller.kubernetes.io/hash";
  return {
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels: { ...owner.spec.template.metadata?.labels, [hashLabel]: hash },
      annotations,
      ownerReferences: [controllerReference(ownerKind, owner)],
    },
    // With this mark a patch replaces the template whole: it is how `kubectl rollout undo` goes back.
    data: { spec: { template: { ...owner.spec.template, $patch: "replace" } } },
    revision,
  };
}
