import { SlipwayError } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { isWorkload } from "../../kubernetes/rollout/watches.ts";
import { describeField } from "../../report/release-lines.ts";
import { diffObjects } from "../plan/diff.ts";
import type { FieldChange } from "../plan/diff.ts";
import { canonical, ownedTemplate } from "../fields/owned-fields.ts";
import { fieldManager } from "../labels.ts";
import { nameOf } from "../release-object.ts";

const mostFields = 3;

/**
 * The fields of a pod template in which a workload is not what was applied any more, because somebody else has set them since. What others
 * add to it (a sidecar, the mark of `kubectl rollout restart`) leaves our fields as they are, and is none of these.
 */
export function overtakenFields(applied: KubernetesObject, seen: KubernetesObject): FieldChange[] {
  if (!isWorkload(applied) || applied.metadata.generation === seen.metadata.generation) return [];
  const [before, after] = [applied, seen].map((each) => ownedTemplate(applied, each));
  if (canonical(before) === canonical(after)) return [];
  return diffObjects(applied, seen).filter(({ path }) => path.startsWith("spec.template."));
}

/**
 * That a release was overtaken: whatever the pods come to now, it is not this release that they run. It is no failure of it either, so
 * nothing is taken back: that would undo what somebody has just done on purpose.
 */
export function overtaken(release: string, seen: KubernetesObject, fields: readonly FieldChange[]): SlipwayError {
  const name = nameOf(seen);
  const who = lastWriter(seen);
  const shown = fields.slice(0, mostFields).map(describeField).join("; ");
  const more = fields.length > mostFields ? ` and ${fields.length - mostFields} more fields` : "";
  return new SlipwayError(
    `Cannot tell whether ${release} comes up because somebody else${who === undefined ? "" : ` (${who})`} has changed ${name} since it was applied: got ${shown}${more}`,
    {
      code: "refused",
      outcome: "unknown",
      hint: "What runs now is theirs, and is left as it is. Put their change into the manifests, or deploy again with force-conflicts: true.",
    },
  );
}

/** Who wrote last, as far as a watch keeps it: which manager, not which fields. */
function lastWriter({ metadata }: KubernetesObject): string | undefined {
  const others = (metadata.managedFields ?? []).filter(
    ({ manager, subresource }) => manager !== fieldManager && subresource === undefined,
  );
  return others.toSorted((a, b) => (b.time ?? "").localeCompare(a.time ?? ""))[0]?.manager;
}
