import type { V1ResourceQuota, V1Service } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { milliValue } from "../../../../src/kubernetes/quantity.ts";
import type { Container, Pod } from "../../controllers/kinds.ts";
import { hasEnded } from "../../controllers/pods.ts";
import { canonicalQuantity } from "../../fields/quantity.ts";
import { podLimits, podRequests } from "../../pod-requests.ts";
import type { Core } from "../core.ts";
import { sameJson } from "../../json.ts";
import type { Draft } from "../kinds/rules.ts";
import { subject } from "../read.ts";
import type { Target } from "../request.ts";
import type { Resource } from "../resources.ts";
import { forbidden } from "../status.ts";
import type { Stored } from "../store.ts";

type Quota = Draft<V1ResourceQuota> & KubernetesObject;

/** Thousandths of what is limited, by the name that quotas have for it: `pods`, `requests.cpu`, `count/secrets`. */
type Amounts = ReadonlyMap<string, number>;

const storage = "/resourcequotas";

/** The ResourceQuota admission plugin: refuses a new object that would take more than a quota of its namespace leaves. */
export function admitQuota(core: Core, { resource, namespace }: Target, object: KubernetesObject): void {
  const asked = usage(resource, object);
  for (const { metadata, hard } of quotas(core, namespace)) {
    const refuse = (why: string): Error => forbidden(subject(resource), object.metadata.name, why);
    const unsaid = resource.storage === "/pods" ? unsaidAmounts(object as Pod, hard) : "";
    if (unsaid !== "") throw refuse(`failed quota: ${metadata.name}: must specify ${unsaid}`);
    const limited = [...asked.keys()].filter((name) => hard.has(name)).sort();
    const used = limited.length === 0 ? new Map<string, number>() : usageOf(core, namespace);
    const amount = (amounts: Amounts, name: string): number => amounts.get(name) ?? 0;
    const over = limited.filter((name) => amount(used, name) + amount(asked, name) > amount(hard, name));
    if (over.length === 0) continue;
    const list = (amounts: Amounts): string =>
      over.map((name) => `${name}=${printed(name, amount(amounts, name))}`).join(",");
    throw refuse(
      `exceeded quota: ${metadata.name}, requested: ${list(asked)}, used: ${list(used)}, limited: ${list(hard)}`,
    );
  }
}

/** Writes into the status of each quota what is used, soon after each change in its namespace. */
export function countQuotas(core: Core): void {
  const changed = new Set<string>();
  core.store.subscribeToAll(({ object }) => {
    const { namespace } = object.metadata;
    if (namespace === undefined || changed.has(namespace) || quotas(core, namespace).length === 0) return;
    changed.add(namespace);
    setImmediate(() => {
      changed.delete(namespace);
      countQuotasOf(core, namespace);
    });
  });
}

function countQuotasOf(core: Core, namespace: string): void {
  const used = usageOf(core, namespace);
  for (const quota of quotas(core, namespace)) {
    const amounts = [...quota.hard.keys()].map((name) => [name, printed(name, used.get(name) ?? 0)] as const);
    const status = { hard: quota.spec?.hard ?? {}, used: Object.fromEntries(amounts) };
    const { hard: _h, ...stored } = quota;
    if (!sameJson(quota.status, status)) core.store.put(storage, { ...stored, status });
  }
}

/** The quotas of a namespace. Those with scopes, which limit only some pods, are left out: nothing is counted against them. */
function quotas(core: Core, namespace: string): (Quota & { readonly hard: Amounts })[] {
  return core.store
    .list(storage, namespace)
    .map((stored) => stored as Stored & Quota)
    .filter(({ spec }) => (spec?.scopes ?? []).length === 0 && spec?.scopeSelector === undefined)
    .map((quota) => {
      const hard = Object.entries(quota.spec?.hard ?? {});
      return { ...quota, hard: new Map(hard.map(([name, value = "0"]) => [name, milliValue(value) ?? 0])) };
    });
}

/** What all objects of a namespace use. */
function usageOf(core: Core, namespace: string): Amounts {
  const resources = [...core.resources.all()].filter((resource) => resource.namespaced);
  const byStorage = new Map(resources.map((resource) => [resource.storage, resource]));
  const total = new Map<string, number>();
  for (const resource of byStorage.values()) {
    for (const object of core.store.list(resource.storage, namespace)) {
      for (const [name, amount] of usage(resource, object)) total.set(name, (total.get(name) ?? 0) + amount);
    }
  }
  return total;
}

/** What one object uses; what it uses nothing of is not named. */
function usage(resource: Resource, object: KubernetesObject): Amounts {
  const { group, plural } = resource;
  const own = { [`count/${plural}${group === "" ? "" : `.${group}`}`]: 1000 };
  const all = { ...own, ...usageByKind(resource.storage, object) };
  return new Map(Object.entries(all).filter(([, amount]) => amount > 0));
}

function usageByKind(kept: string, object: KubernetesObject): Readonly<Record<string, number>> {
  switch (kept) {
    case "/pods":
      return podUsage(object as Pod);
    case "/services": {
      const { spec } = object as Draft<V1Service>;
      const ports = spec?.type === "NodePort" || spec?.type === "LoadBalancer" ? (spec.ports?.length ?? 0) : 0;
      return {
        services: 1000,
        "services.nodeports": ports * 1000,
        "services.loadbalancers": spec?.type === "LoadBalancer" ? 1000 : 0,
      };
    }
    case "/persistentvolumeclaims": {
      const { resources } = object.spec as { resources?: { requests?: { storage?: string } } };
      return { persistentvolumeclaims: 1000, "requests.storage": milliValue(resources?.requests?.storage ?? "0") ?? 0 };
    }
    case "/configmaps":
    case "/secrets":
    case "/resourcequotas":
    case "/replicationcontrollers":
      return { [kept.slice(1)]: 1000 };
    default:
      return {};
  }
}

/** A pod that has ended is an object, and uses nothing else. */
function podUsage(pod: Pod): Readonly<Record<string, number>> {
  if (hasEnded(pod)) return {};
  const { cpu, memory, pods } = podRequests(pod);
  const limits = podLimits(pod);
  return {
    pods,
    cpu,
    memory,
    "requests.cpu": cpu,
    "requests.memory": memory,
    "limits.cpu": limits.cpu,
    "limits.memory": limits.memory,
  };
}

/** Where CPU or memory is limited, each container has to say how much it takes. */
function unsaidAmounts({ spec }: Pod, hard: Amounts): string {
  const all = [...spec.containers, ...(spec.initContainers ?? [])];
  const lines = [...hard.keys()].sort().flatMap((name) => {
    const [, kind = "requests", what] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
    if (what === undefined) return [];
    const says = ({ resources }: Container): boolean =>
      resources?.[kind === "limits" ? "limits" : "requests"]?.[what] !== undefined;
    const silent = all.filter((container) => !says(container)).map((container) => container.name);
    return silent.length === 0 ? [] : [`${name} for: ${silent.sort().join(",")}`];
  });
  return lines.join("; ");
}

/** Bytes in the binary units in which they are mostly given, the rest as it is: `64Mi`, `1500m`, `3`. */
function printed(name: string, thousandths: number): string {
  const kibibytes = thousandths / 1_024_000;
  const isBytes = /(memory|storage)$/.test(name) && Number.isInteger(kibibytes);
  return canonicalQuantity(isBytes ? `${kibibytes}Ki` : `${thousandths}m`);
}
