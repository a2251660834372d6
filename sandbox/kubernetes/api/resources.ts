import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { CustomSchema } from "./custom-schema.ts";

/** A subresource of a kind: `status`, `scale`, `log`. Its answers may be of another kind. */
export interface Subresource {
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  readonly verbs: readonly string[];
}

/** One served version of one kind, as discovery tells it. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: ReadonlyMap<string, Subresource>;
  /** Where its objects are kept: one place for all versions of a kind, and for the two groups of Event. */
  readonly storage: string;
  /** The OpenAPI schema of this version, for a custom resource. */
  readonly schema?: CustomSchema;
}

/** A document of aggregated discovery (apidiscovery.k8s.io/v2), as `/api` and `/apis` answer it. */
export interface DiscoveryDocument {
  readonly items: readonly DiscoveryGroup[];
}

export interface DiscoveryGroup {
  readonly metadata: { readonly name?: string };
  readonly versions: readonly {
    readonly version: string;
    readonly freshness?: string;
    readonly resources?: readonly DiscoveryResource[];
  }[];
}

export interface DiscoveryResource {
  readonly resource: string;
  readonly responseKind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly scope: "Namespaced" | "Cluster";
  readonly singularResource: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly {
    readonly subresource: string;
    readonly responseKind?: { readonly group: string; readonly version: string; readonly kind: string };
    readonly verbs: readonly string[];
  }[];
}

/** Everything the server serves: built-in kinds from the recorded discovery, custom ones as their definitions come and go. */
export class Resources {
  readonly #byPath = new Map<string, Resource>();
  readonly #builtInGroups: readonly DiscoveryGroup[];

  constructor() {
    const documents = readDiscovery();
    this.#builtInGroups = [...documents["/api"].items, ...documents["/apis"].items];
    for (const group of this.#builtInGroups) for (const resource of builtIn(group)) this.add(resource);
  }

  find(group: string, version: string, plural: string): Resource | undefined {
    return this.#byPath.get(`${group}/${version}/${plural}`);
  }

  /** Every resource of a group, and of one version if it is given. */
  of(group: string, version?: string): Resource[] {
    return [...this.#byPath.values()].filter(
      (r) => r.group === group && (version === undefined || r.version === version),
    );
  }

  all(): Iterable<Resource> {
    return this.#byPath.values();
  }

  isBuiltIn(group: string): boolean {
    return this.#builtInGroups.some((known) => (known.metadata.name ?? "") === group);
  }

  add(resource: Resource): void {
    this.#byPath.set(`${resource.group}/${resource.version}/${resource.plural}`, resource);
  }

  remove(resource: Resource): void {
    this.#byPath.delete(`${resource.group}/${resource.version}/${resource.plural}`);
  }
}

function readDiscovery(): Record<"/api" | "/apis", DiscoveryDocument> {
  const file = new URL("../data/discovery.json.gz", import.meta.url);
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Record<"/api" | "/apis", DiscoveryDocument>;
}

function builtIn(group: DiscoveryGroup): Resource[] {
  const name = group.metadata.name ?? "";
  return group.versions.flatMap((version) =>
    (version.resources ?? []).map((resource) => fromDiscovery(name, version.version, resource)),
  );
}

function fromDiscovery(group: string, version: string, found: DiscoveryResource): Resource {
  const subresources = (found.subresources ?? []).map((sub): [string, Subresource] => {
    const kind = sub.responseKind ?? found.responseKind;
    // In this format an empty group and version of a kind mean "those of the resource".
    const same = kind.version === "";
    return [
      sub.subresource,
      { kind: kind.kind, group: same ? group : kind.group, version: same ? version : kind.version, verbs: sub.verbs },
    ];
  });
  return {
    group,
    version,
    kind: found.responseKind.kind,
    plural: found.resource,
    singular: found.singularResource,
    namespaced: found.scope === "Namespaced",
    verbs: found.verbs,
    shortNames: found.shortNames ?? [],
    categories: found.categories ?? [],
    subresources: new Map(subresources),
    storage: storageOf(group, found.resource),
  };
}

export function storageOf(group: string, plural: string): string {
  return group === "events.k8s.io" ? "/events" : `${group}/${plural}`;
}

export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
}
