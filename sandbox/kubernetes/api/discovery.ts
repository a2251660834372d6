import { createHash } from "node:crypto";
import type { Core } from "./core.ts";
import { PageNotFound } from "./request.ts";
import type { Answer, Call } from "./request.ts";
import type { Resource, Subresource } from "./resources.ts";

/** `/api`, `/apis`, `/apis/{group}`, `/api/v1`, `/apis/{group}/{version}`, and the aggregated form of the first two. */
export function discovery(core: Core, call: Call): Answer {
  const [root, group, version] = call.path.split("/").filter((part) => part !== "");
  const aggregated = call.accept.includes("as=APIGroupDiscoveryList");
  if (root === "api" && group === undefined)
    return aggregated ? aggregate(core, [""]) : { code: 200, json: coreVersions };
  if (root === "api") return resourceList(core, "", group ?? "");
  if (group === undefined) return aggregated ? aggregate(core, groupsOf(core)) : { code: 200, json: groupList(core) };
  if (version !== undefined) return resourceList(core, group, version);
  const found = groupsOf(core).includes(group);
  if (!found) throw new PageNotFound();
  return { code: 200, json: { kind: "APIGroup", apiVersion: "v1", ...apiGroup(core, group) } };
}

const coreVersions = {
  kind: "APIVersions",
  versions: ["v1"],
  serverAddressByClientCIDRs: [{ clientCIDR: "0.0.0.0/0", serverAddress: "127.0.0.1" }],
};

function groupsOf(core: Core): string[] {
  return [...new Set([...core.resources.all()].map((resource) => resource.group))].filter((group) => group !== "");
}

function versionsOf(core: Core, group: string): string[] {
  return [...new Set(core.resources.of(group).map((resource) => resource.version))];
}

function apiGroup(core: Core, name: string): object {
  const versions = versionsOf(core, name).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function groupList(core: Core): object {
  return { kind: "APIGroupList", apiVersion: "v1", groups: groupsOf(core).map((group) => apiGroup(core, group)) };
}

function resourceList(core: Core, group: string, version: string): Answer {
  const resources = core.resources.of(group, version);
  if (resources.length === 0) throw new PageNotFound();
  const groupVersion = group === "" ? version : `${group}/${version}`;
  return {
    code: 200,
    json: { kind: "APIResourceList", apiVersion: "v1", groupVersion, resources: resources.flatMap(listed) },
  };
}

function listed(resource: Resource): object[] {
  const main = {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: resource.verbs,
    ...optional("shortNames", resource.shortNames),
    ...optional("categories", resource.categories),
    storageVersionHash: storageVersionHash(resource),
  };
  const subresources = [...resource.subresources].map(([name, sub]) => ({
    name: `${resource.plural}/${name}`,
    singularName: "",
    namespaced: resource.namespaced,
    ...(sub.group === resource.group && sub.version === resource.version
      ? {}
      : { group: sub.group, version: sub.version }),
    kind: sub.kind,
    verbs: sub.verbs,
  }));
  return [main, ...subresources];
}

/** discovery.StorageVersionHash: tells clients when the stored version of a kind changes. */
function storageVersionHash(resource: Resource): string {
  const text = `${resource.group}/${resource.version}/${resource.kind}`;
  return createHash("sha256").update(text).digest().subarray(0, 8).toString("base64");
}

function optional<K extends string>(key: K, values: readonly string[]): Partial<Record<K, readonly string[]>> {
  return values.length === 0 ? {} : ({ [key]: values } as Record<K, readonly string[]>);
}

function aggregate(core: Core, groups: readonly string[]): Answer {
  const items = groups.map((group) => ({
    metadata: group === "" ? {} : { name: group },
    versions: versionsOf(core, group).map((version) => ({
      version,
      resources: core.resources.of(group, version).map(aggregated),
      freshness: "Current",
    })),
  }));
  const json = { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items };
  return { code: 200, json, contentType: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" };
}

function aggregated(resource: Resource): object {
  const subresources = [...resource.subresources].map(([subresource, sub]) => ({
    subresource,
    responseKind: responseKind(resource, sub),
    verbs: sub.verbs,
  }));
  return {
    resource: resource.plural,
    responseKind: responseKind(resource, resource),
    scope: resource.namespaced ? "Namespaced" : "Cluster",
    singularResource: resource.singular,
    verbs: resource.verbs,
    ...optional("shortNames", resource.shortNames),
    ...optional("categories", resource.categories),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

function responseKind(resource: Resource, of: Pick<Subresource, "group" | "version" | "kind">): object {
  const same = of.group === resource.group && of.version === resource.version;
  return { group: same ? "" : of.group, version: same ? "" : of.version, kind: of.kind };
}
