import type { KubernetesObject } from "../object.ts";
import { conditionOf, fieldsOf, isOwnedBy, numberOf, specOf, statusOf } from "./objects.ts";
import type { Node, Pod, Related } from "./objects.ts";
import { isLeaving, isReady, readyText, verdictOfPods } from "./pods.ts";
import { replicaFailure } from "./replica-failure.ts";
import { current } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

const templateGenerationAnnotation = "deprecated.daemonset.template.generation";
const templateGenerationLabel = "pod-template-generation";

/** Every node that should run the pod, and that is fit to, runs the newest one, and it is available. */
export function daemonSet(object: KubernetesObject, related: Related): Verdict {
  if (fieldsOf(specOf(object).updateStrategy).type === "OnDelete") {
    return current("OnDelete", "updated pod by pod, as each is deleted (OnDelete)");
  }
  const count = (name: string) => numberOf(statusOf(object)[name]) ?? 0;
  const want = count("desiredNumberScheduled");
  const updated = count("updatedNumberScheduled");
  const available = count("numberAvailable");
  if (updated >= want && available >= want) {
    return current("Current", want === 0 ? "no node is to run it" : readyText(want, want));
  }
  const own = related.pods.filter((pod) => isOwnedBy(pod, object));
  const newest = own.filter((pod) => isNewest(pod, object));
  const unfit = unfitNodes(own, related.nodes);
  if (unfit.length > 0 && isReadyElsewhere(newest, { want, unfit })) {
    return current("Current", `${readyText(want - unfit.length, want)}; not ready themselves: ${unfit.join(", ")}`);
  }
  const progress = readyText(Math.min(available, updated), want);
  const byPods = verdictOfPods(
    newest.filter((pod) => !unfit.includes(nodeOf(pod))),
    progress,
    related,
  );
  if (byPods.status === "failed") return byPods;
  return replicaFailure(object, { progress, mayFree: false, related }) ?? byPods;
}

function isNewest({ metadata }: Pod, object: KubernetesObject): boolean {
  return metadata.labels?.[templateGenerationLabel] === object.metadata.annotations?.[templateGenerationAnnotation];
}

/** The nodes that are to run it and are not ready, or are cordoned while their pod is not ready: nobody can expect anything of them. */
function unfitNodes(pods: readonly Pod[], nodes: readonly Node[] = []): readonly string[] {
  const unready = new Set(pods.filter((pod) => !isReady(pod)).map(nodeOf));
  return nodes
    .filter((node) => unready.has(node.metadata.name))
    .filter((node) => conditionOf(node, "Ready")?.status !== "True" || node.spec?.unschedulable === true)
    .map(({ metadata }) => metadata.name);
}

function isReadyElsewhere(
  newest: readonly Pod[],
  o: { readonly want: number; readonly unfit: readonly string[] },
): boolean {
  const ready = newest.filter((pod) => !isLeaving(pod) && isReady(pod) && !o.unfit.includes(nodeOf(pod)));
  return ready.length >= o.want - o.unfit.length;
}

function nodeOf({ spec }: Pod): string {
  return spec?.nodeName ?? "";
}
