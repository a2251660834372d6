import type { KubernetesObject } from "./object.ts";

/** The parts of a container that Slipway reads; everything else passes through untouched. */
export interface Container {
  name: string;
  image?: string;
  env?: { name: string; value?: string; valueFrom?: { configMapKeyRef?: KeyRef; secretKeyRef?: KeyRef } }[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
}

interface KeyRef {
  name: string;
  key: string;
}

interface Volume {
  image?: { reference?: string };
  configMap?: { name: string };
  secret?: { secretName: string };
  projected?: { sources?: { configMap?: { name: string }; secret?: { name: string } }[] };
}

export interface PodSpec {
  containers?: Container[];
  initContainers?: Container[];
  volumes?: Volume[];
}

export interface PodTemplate {
  metadata?: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec?: PodSpec;
}

const template = ["spec", "template"] as const;

/** Where a kind keeps its pod template. A Pod is its own. */
const templatePaths: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: template,
  ReplicaSet: template,
  StatefulSet: template,
  DaemonSet: template,
  ReplicationController: template,
  Job: template,
  CronJob: ["spec", "jobTemplate", "spec", "template"],
};

/** Where custom resources keep theirs: Argo's Rollout, Knative's Service, OpenKruise's workloads; KEDA's ScaledJob. */
const customPaths: readonly (readonly string[])[] = [template, ["spec", "jobTargetRef", "template"]];

/** The path from the object to its pod template, undefined for kinds without one. A custom resource is known by its containers. */
export function podTemplatePath(object: KubernetesObject): readonly string[] | undefined {
  if (!isCustom(object)) return Object.hasOwn(templatePaths, object.kind) ? templatePaths[object.kind] : undefined;
  return customPaths.find((path) => Array.isArray(valueAt(object, [...path, "spec", "containers"])));
}

/** Whether a CustomResourceDefinition brought its kind: Kubernetes' own groups have no dot, or end in `.k8s.io`. */
export function isCustom({ apiVersion }: Pick<KubernetesObject, "apiVersion">): boolean {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return group.includes(".") && !group.endsWith(".k8s.io");
}

/** The pod template inside `object` itself (not a copy), undefined where there is none. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  const path = podTemplatePath(object);
  const value = path === undefined ? undefined : valueAt(object, path);
  return value !== null && typeof value === "object" ? value : undefined;
}

function valueAt(object: KubernetesObject, path: readonly string[]): unknown {
  let value: unknown = object;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Init containers first, as they run; each with its path below the pod template. */
export function containersOf(podTemplate: PodTemplate): { container: Container; path: readonly (string | number)[] }[] {
  return (["initContainers", "containers"] as const).flatMap((list) => {
    const containers = podTemplate.spec?.[list];
    if (!Array.isArray(containers)) return [];
    return containers.map((container, index) => ({ container, path: ["spec", list, index] }));
  });
}

/** Names of the ConfigMaps and Secrets a pod reads, by environment or volume, as `ConfigMap/name` and `Secret/name`, sorted. */
export function configurationOf({ spec }: PodTemplate): string[] {
  const names = new Set<string>();
  const add = (kind: string, name: string | undefined): void => {
    if (name !== undefined) names.add(`${kind}/${name}`);
  };
  for (const { container } of containersOf({ ...(spec === undefined ? {} : { spec }) })) {
    for (const { valueFrom } of container.env ?? []) {
      add("ConfigMap", valueFrom?.configMapKeyRef?.name);
      add("Secret", valueFrom?.secretKeyRef?.name);
    }
    for (const source of container.envFrom ?? []) {
      add("ConfigMap", source.configMapRef?.name);
      add("Secret", source.secretRef?.name);
    }
  }
  for (const volume of spec?.volumes ?? []) {
    add("ConfigMap", volume.configMap?.name);
    add("Secret", volume.secret?.secretName);
    for (const source of volume.projected?.sources ?? []) {
      add("ConfigMap", source.configMap?.name);
      add("Secret", source.secret?.name);
    }
  }
  return [...names].sort();
}
