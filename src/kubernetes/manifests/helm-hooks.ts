import type { Problem } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";
import { podTemplateOf } from "../pod-template.ts";
import type { Manifest, ManifestSet } from "./manifest.ts";

const hook = "helm.sh/hook";
const weight = "helm.sh/hook-weight";

/**
 * Helm's hooks as Slipway's. A release is both an installation and an upgrade: whoever runs Helm's hooks of the one has to be able to run
 * them again, as Argo CD asks of charts too. A deploy never uninstalls, and tests are what smoke tests are for.
 */
const points: ReadonlyMap<string, string | undefined> = new Map([
  ["pre-install", "pre-deploy"],
  ["pre-upgrade", "pre-deploy"],
  ["post-install", "post-deploy"],
  ["post-upgrade", "post-deploy"],
  ["pre-rollback", "pre-rollback"],
  ["post-rollback", "post-rollback"],
  ["pre-delete", undefined],
  ["post-delete", undefined],
  ["test", undefined],
  ["test-success", undefined],
  ["test-failure", undefined],
]);

/**
 * Makes Slipway's hooks of Helm's: Jobs with `slipway.dev/hook`, their weight as `slipway.dev/wave`. What else is a hook to Helm (a
 * ServiceAccount, a ConfigMap) is an object of the release, which is applied before its hooks run. What only uninstalling or
 * `helm test` would run is left out.
 */
export function translateHelmHooks({ manifests, problems }: ManifestSet): ManifestSet {
  const found: Problem[] = [];
  const kept = manifests.flatMap((manifest) => {
    const words = manifest.object.metadata.annotations?.[hook];
    if (typeof words !== "string") return [manifest];
    const translated = translate(manifest, words);
    if (Array.isArray(translated)) return translated;
    const { file, locate } = manifest.source;
    found.push({ ...translated, file, line: locate(["metadata", "annotations", hook]) });
    return [];
  });
  return { manifests: kept, problems: [...problems, ...found] };
}

function translate(manifest: Manifest, text: string): Manifest[] | Pick<Problem, "message" | "hint"> {
  const { object } = manifest;
  const words = text.split(",").map((word) => word.trim());
  const what = `${object.kind} ${object.metadata.name}`;
  const unknown = words.find((word) => !points.has(word));
  if (unknown !== undefined) {
    const near = nearest(unknown, points.keys());
    const hint = near === undefined ? `Known are ${[...points.keys()].join(", ")}.` : `Did you mean ${near}?`;
    return { message: `${what}: Slipway has no hook like Helm's "${unknown}"`, hint };
  }
  const wanted = [...new Set(words.flatMap((word) => points.get(word) ?? []))];
  if (wanted.length === 0) return [];
  const { [hook]: _, [weight]: order, ...rest } = object.metadata.annotations ?? {};
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith("helm.sh/hook-")));
  if (object.kind !== "Job" && (object.kind === "Pod" || podTemplateOf(object) !== undefined)) {
    return {
      message: `${what} cannot be a hook, because only a Job can`,
      hint: "Make it a Job, which ends by itself.",
    };
  }
  const wave = order === undefined || Number(order) === 0 ? {} : { "slipway.dev/wave": order };
  const annotations = object.kind === "Job" ? { ...own, "slipway.dev/hook": wanted.join(","), ...wave } : own;
  return [{ ...manifest, object: { ...object, metadata: { ...object.metadata, annotations } } }];
}
