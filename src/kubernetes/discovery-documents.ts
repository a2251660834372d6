import type { ResourceKind } from "./discovery.ts";

/** The kinds of one discovery document, and the group versions it says nothing about because their server is away. */
export interface DiscoveredKinds {
  readonly kinds: readonly ResourceKind[];
  readonly unavailable: readonly string[];
}

/** `apidiscovery.k8s.io` v2 and v2beta1. A missing `responseKind.kind` means that only subresources are there. */
interface AggregatedDocument {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      readonly freshness?: string;
      readonly resources?: readonly AggregatedResource[];
    }[];
  }[];
}

interface AggregatedResource {
  readonly resource: string;
  readonly responseKind?: { readonly group?: string; readonly version?: string; readonly kind?: string };
  readonly scope: "Namespaced" | "Cluster";
  readonly verbs?: readonly string[];
  readonly subresources?: readonly { readonly subresource: string }[];
}

/** Reads an aggregated document; `undefined` for one of the older ones. Beyond its kind, its shape is Kubernetes' promise. */
export function readAggregated(document: unknown): DiscoveredKinds | undefined {
  if (!hasKind(document, "APIGroupDiscoveryList")) return undefined;
  const { items = [] } = document as AggregatedDocument;
  const versions = items.flatMap((item) =>
    (item.versions ?? []).map((version) => ({ ...version, group: item.metadata?.name ?? "" })),
  );
  return {
    kinds: versions.flatMap(({ group, version, resources }) =>
      (resources ?? []).map((resource) => aggregatedKind(group, version, resource)),
    ),
    unavailable: versions
      .filter(({ freshness, resources }) => freshness === "Stale" && !resources?.length)
      .map(({ group, version }) => (group === "" ? version : `${group}/${version}`)),
  };
}

function aggregatedKind(group: string, version: string, resource: AggregatedResource): ResourceKind {
  return {
    group,
    version,
    kind: resource.responseKind?.kind ?? "",
    plural: resource.resource,
    namespaced: resource.scope === "Namespaced",
    verbs: resource.verbs ?? [],
    subresources: (resource.subresources ?? []).map(({ subresource }) => subresource),
  };
}

/** Whether it is one of the older documents that list groups. */
export function isGroupList(document: unknown): boolean {
  return hasKind(document, "APIVersions") || hasKind(document, "APIGroupList");
}

/** The group versions of `/api` (`APIVersions`) or `/apis` (`APIGroupList`). */
export function readGroupList(document: unknown): readonly string[] {
  if (hasKind(document, "APIVersions")) return (document as ApiVersions).versions ?? [];
  if (!hasKind(document, "APIGroupList")) return [];
  const { groups = [] } = document as ApiGroupList;
  return groups.flatMap((group) => (group.versions ?? []).map(({ groupVersion }) => groupVersion));
}

interface ApiVersions {
  readonly versions?: readonly string[];
}

interface ApiGroupList {
  readonly groups?: readonly { readonly versions?: readonly { readonly groupVersion: string }[] }[];
}

interface ResourceListDocument {
  readonly groupVersion: string;
  readonly resources?: readonly {
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly verbs?: readonly string[];
  }[];
}

/** The kinds of an `APIResourceList`, where `deployments/scale` is a row of its own. */
export function readResourceList(document: unknown): readonly ResourceKind[] {
  if (!hasKind(document, "APIResourceList")) return [];
  const { groupVersion, resources = [] } = document as ResourceListDocument;
  const [group, version] = groupVersion.includes("/") ? splitOnce(groupVersion) : ["", groupVersion];
  return resources
    .filter(({ name }) => !name.includes("/"))
    .map(({ name, kind, namespaced, verbs }) => ({
      group,
      version,
      kind,
      plural: name,
      namespaced,
      verbs: verbs ?? [],
      subresources: resources.flatMap((other) =>
        other.name.startsWith(`${name}/`) ? [other.name.slice(name.length + 1)] : [],
      ),
    }));
}

function splitOnce(text: string): [string, string] {
  const at = text.indexOf("/");
  return [text.slice(0, at), text.slice(at + 1)];
}

function hasKind(document: unknown, kind: string): boolean {
  return typeof document === "object" && document !== null && "kind" in document && document.kind === kind;
}
