import type { Problem } from "../../error.ts";
import type { Discovery, ResourceKind } from "../../kubernetes/discovery.ts";
import type { Manifest } from "../../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { keyOf, nameOf } from "../../release/release-object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/** An object of a manifest, or one that an input asked for, which stands in no file. */
type UnplacedObject = Pick<Manifest, "object"> & Partial<Pick<Manifest, "source">>;

/**
 * Finds each object's kind among those that the server has or that a CustomResourceDefinition of this very deploy brings, and puts
 * namespaced objects without a namespace into `namespace`. Unknown kinds and objects that are there twice are problems.
 */
export function resolveKinds(
  manifests: readonly UnplacedObject[],
  { discovery, namespace }: { readonly discovery: Discovery; readonly namespace: string },
): { objects: ReleaseObject[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const brought = kindsBroughtBy(manifests);
  const seen = new Map<string, UnplacedObject>();
  const objects: ReleaseObject[] = [];
  for (const manifest of manifests) {
    const { object, source } = manifest;
    const at = source === undefined ? {} : { file: source.file, line: source.line };
    const kind = discovery.find(object.apiVersion, object.kind) ?? brought.get(`${object.apiVersion} ${object.kind}`);
    if (kind === undefined) {
      problems.push({ ...unknownKind(object, discovery), ...at });
      continue;
    }
    const placed = place(object, kind, namespace);
    const first = seen.get(keyOf(placed));
    if (first === undefined) {
      seen.set(keyOf(placed), manifest);
      objects.push({ object: placed, kind, ...(source === undefined ? {} : { source }) });
    } else
      problems.push({
        message: `${nameOf(placed)} is there twice: first ${whereIs(first)}, then ${whereIs(manifest)}`,
        ...at,
      });
  }
  return { objects, problems };
}

function unknownKind({ apiVersion, kind }: KubernetesObject, discovery: Discovery): Problem {
  const message = `the cluster knows no ${kind} in ${apiVersion}`;
  if (discovery.unavailable.includes(apiVersion))
    return { message, hint: `the server behind ${apiVersion} does not answer now: "kubectl get apiservices" says why` };
  const similar = discovery.nearest(apiVersion, kind);
  return similar === undefined ? { message } : { message, hint: `did you mean ${similar}?` };
}

function place(object: KubernetesObject, kind: ResourceKind, namespace: string): KubernetesObject {
  const { namespace: own, ...metadata } = object.metadata;
  return { ...object, metadata: kind.namespaced ? { ...metadata, namespace: own ?? namespace } : metadata };
}

function whereIs({ source }: UnplacedObject): string {
  return source === undefined ? 'in the input "secrets"' : `at ${source.file}:${source.line}`;
}

function kindsBroughtBy(manifests: readonly UnplacedObject[]): Map<string, ResourceKind> {
  const kinds = new Map<string, ResourceKind>();
  for (const { object } of manifests) {
    if (object.kind !== "CustomResourceDefinition") continue;
    const spec = object.spec as Partial<CustomResourceDefinitionSpec> | undefined;
    for (const { name: version, subresources } of spec?.versions ?? []) {
      const { group = "", names } = spec ?? {};
      if (names?.kind === undefined || names.plural === undefined) continue;
      kinds.set(`${group}/${version} ${names.kind}`, {
        group,
        version,
        kind: names.kind,
        plural: names.plural,
        namespaced: spec?.scope === "Namespaced",
        verbs: ["get", "list", "watch", "create", "patch", "delete"],
        subresources: Object.keys(subresources ?? {}),
      });
    }
  }
  return kinds;
}

interface CustomResourceDefinitionSpec {
  group: string;
  scope: "Namespaced" | "Cluster";
  names: { kind?: string; plural?: string };
  versions: { name: string; subresources?: object }[];
}
