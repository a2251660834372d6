import { createHash } from "node:crypto";
import { configurationOf, podTemplateOf } from "../../kubernetes/pod-template.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/** On a pod template: the hash of the configuration that its pods read, so that a changed value rolls them, forth and back. */
export const configHashAnnotation = "slipway.dev/config-hash";

/** What cannot change once it is there. A CronJob can: its next pods tell with which configuration they were started. */
const fixed: ReadonlySet<string> = new Set(["Pod", "Job"]);

/** Annotates, in place, each pod template that reads a ConfigMap or Secret of this release. Others keep their pods. */
export function hashConfiguration(objects: readonly ReleaseObject[]): void {
  const contents = new Map<string, string>();
  for (const { object } of objects) {
    if (object.kind !== "ConfigMap" && object.kind !== "Secret") continue;
    contents.set(`${object.metadata.namespace ?? ""}/${object.kind}/${object.metadata.name}`, contentOf(object));
  }
  for (const { object } of objects) {
    const template = fixed.has(object.kind) ? undefined : podTemplateOf(object);
    if (template === undefined) continue;
    const read = configurationOf(template).filter((name) => contents.has(`${object.metadata.namespace ?? ""}/${name}`));
    if (read.length === 0) continue;
    const hash = createHash("sha256");
    for (const name of read)
      hash.update(`${name}\0${contents.get(`${object.metadata.namespace ?? ""}/${name}`) ?? ""}\0`);
    template.metadata ??= {};
    template.metadata.annotations = {
      ...template.metadata.annotations,
      [configHashAnnotation]: hash.digest("hex").slice(0, 16),
    };
  }
}

function contentOf({ data, binaryData, stringData }: KubernetesObject): string {
  return JSON.stringify([data, binaryData, stringData].map(sorted));
}

function sorted(map: unknown): unknown {
  return map !== null && typeof map === "object" ? Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)) : [];
}
