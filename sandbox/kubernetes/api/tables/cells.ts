import type {
  CoreV1Event,
  V1ConfigMap,
  V1Container,
  V1CronJob,
  V1DaemonSet,
  V1Deployment,
  V1Ingress,
  V1Job,
  V1Lease,
  V1LabelSelector,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolumeClaim,
  V1PodDisruptionBudget,
  V1PodTemplateSpec,
  V1ReplicaSet,
  V1RoleBinding,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1StatefulSet,
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
  V2MetricStatus,
} from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Draft, Loose } from "../kinds/rules.ts";
import { printSelector } from "../../label-selector.ts";
import type { Resource } from "../resources.ts";
import type { Stored } from "../store.ts";
import { podCells } from "./pod-cells.ts";
import { age, none, orNone, span } from "./text.ts";

export type Cell = string | number | boolean | null;
type Printer = (object: Stored) => Cell[];

/** The one place where a stored object becomes one of a kind, for printing. */
function printer<T extends object>(print: (object: Draft<T> & KubernetesObject) => Cell[]): Printer {
  return (object) => print(object as unknown as Draft<T> & KubernetesObject);
}

const ageOf = (object: Stored): string => age(object.metadata.creationTimestamp);

function containers(template: Loose<V1PodTemplateSpec> | undefined): Cell[] {
  const list: Loose<V1Container>[] = template?.spec?.containers ?? [];
  return [list.map((container) => container.name).join(","), list.map((container) => container.image).join(",")];
}

function selector(given: Loose<V1LabelSelector> | undefined): string {
  return orNone(printSelector(given));
}

const printers: Readonly<Record<string, Printer>> = {
  "/configmaps": printer<V1ConfigMap>((o) => [
    o.metadata.name,
    Object.keys(o.data ?? {}).length + Object.keys(o.binaryData ?? {}).length,
    ageOf(o),
  ]),
  "/events": printer<CoreV1Event>(eventCells),
  "/namespaces": printer<V1Namespace>((o) => [o.metadata.name, o.status?.phase ?? "", ageOf(o)]),
  "/nodes": printer<V1Node>(nodeCells),
  "/persistentvolumeclaims": printer<V1PersistentVolumeClaim>((o) => [
    o.metadata.name,
    o.metadata.deletionTimestamp === undefined ? (o.status?.phase ?? "") : "Terminating",
    o.spec?.volumeName ?? "",
    o.status?.capacity?.storage ?? "",
    (o.status?.accessModes ?? []).map((mode) => mode.replace(/[a-z]/g, "")).join(","),
    o.spec?.storageClassName ?? "",
    o.spec?.volumeAttributesClassName ?? "<unset>",
    ageOf(o),
    o.spec?.volumeMode ?? "<unset>",
  ]),
  "/pods": printer(podCells),
  "/secrets": printer<V1Secret>((o) => [o.metadata.name, o.type ?? "", Object.keys(o.data ?? {}).length, ageOf(o)]),
  "/serviceaccounts": printer<V1ServiceAccount>((o) => [o.metadata.name, (o.secrets ?? []).length, ageOf(o)]),
  "/services": printer<V1Service>(serviceCells),
  "apps/daemonsets": printer<V1DaemonSet>((o) => [
    o.metadata.name,
    o.status?.desiredNumberScheduled ?? 0,
    o.status?.currentNumberScheduled ?? 0,
    o.status?.numberReady ?? 0,
    o.status?.updatedNumberScheduled ?? 0,
    o.status?.numberAvailable ?? 0,
    selector({ matchLabels: o.spec?.template?.spec?.nodeSelector }),
    ageOf(o),
    ...containers(o.spec?.template),
    selector(o.spec?.selector),
  ]),
  "apps/deployments": printer<V1Deployment>((o) => [
    o.metadata.name,
    `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 0}`,
    o.status?.updatedReplicas ?? 0,
    o.status?.availableReplicas ?? 0,
    ageOf(o),
    ...containers(o.spec?.template),
    selector(o.spec?.selector),
  ]),
  "apps/replicasets": printer<V1ReplicaSet>((o) => [
    o.metadata.name,
    o.spec?.replicas ?? 0,
    o.status?.replicas ?? 0,
    o.status?.readyReplicas ?? 0,
    ageOf(o),
    ...containers(o.spec?.template),
    selector(o.spec?.selector),
  ]),
  "apps/statefulsets": printer<V1StatefulSet>((o) => [
    o.metadata.name,
    `${o.status?.readyReplicas ?? 0}/${o.spec?.replicas ?? 0}`,
    ageOf(o),
    ...containers(o.spec?.template),
  ]),
  "autoscaling/horizontalpodautoscalers": printer<V2HorizontalPodAutoscaler>((o) => [
    o.metadata.name,
    `${o.spec?.scaleTargetRef?.kind ?? ""}/${o.spec?.scaleTargetRef?.name ?? ""}`,
    metrics(o.spec?.metrics ?? [], o.status?.currentMetrics ?? []),
    String(o.spec?.minReplicas ?? "<unset>"),
    o.spec?.maxReplicas ?? 0,
    o.status?.currentReplicas ?? 0,
    ageOf(o),
  ]),
  "batch/cronjobs": printer<V1CronJob>((o) => [
    o.metadata.name,
    o.spec?.schedule ?? "",
    orNone(o.spec?.timeZone),
    o.spec?.suspend === true ? "True" : "False",
    (o.status?.active ?? []).length,
    o.status?.lastScheduleTime === undefined ? none : age(o.status.lastScheduleTime),
    ageOf(o),
    ...containers(o.spec?.jobTemplate?.spec?.template),
    selector(o.spec?.jobTemplate?.spec?.selector),
  ]),
  "batch/jobs": printer<V1Job>(jobCells),
  "coordination.k8s.io/leases": printer<V1Lease>((o) => [o.metadata.name, o.spec?.holderIdentity ?? "", ageOf(o)]),
  "networking.k8s.io/ingresses": printer<V1Ingress>((o) => [
    o.metadata.name,
    orNone(o.spec?.ingressClassName),
    atMost(
      3,
      (o.spec?.rules ?? []).map((rule) => rule.host ?? "*"),
      "*",
    ),
    (o.status?.loadBalancer?.ingress ?? []).map((point) => point.ip ?? point.hostname ?? "").join(","),
    (o.spec?.tls ?? []).length > 0 ? "80, 443" : "80",
    ageOf(o),
  ]),
  "networking.k8s.io/networkpolicies": printer<V1NetworkPolicy>((o) => [
    o.metadata.name,
    selector(o.spec?.podSelector),
    ageOf(o),
  ]),
  "policy/poddisruptionbudgets": printer<V1PodDisruptionBudget>((o) => [
    o.metadata.name,
    String(o.spec?.minAvailable ?? "N/A"),
    String(o.spec?.maxUnavailable ?? "N/A"),
    o.status?.disruptionsAllowed ?? 0,
    ageOf(o),
  ]),
  "rbac.authorization.k8s.io/clusterrolebindings": printer<V1RoleBinding>(bindingCells),
  "rbac.authorization.k8s.io/rolebindings": printer<V1RoleBinding>(bindingCells),
};

/** The cells of an object, in the order of its columns. */
export function cellsOf({ storage, schema }: Resource, object: Stored): Cell[] {
  if (schema !== undefined) return [object.metadata.name, ageOf(object)];
  return printers[storage]?.(object) ?? [object.metadata.name, object.metadata.creationTimestamp ?? ""];
}

function atMost(count: number, items: readonly string[], empty = none): string {
  if (items.length === 0) return empty;
  return items.length <= count
    ? items.join(",")
    : `${items.slice(0, count).join(",")} + ${items.length - count} more...`;
}

function bindingCells(o: Draft<V1RoleBinding>): Cell[] {
  const named = (kind: string): string =>
    (o.subjects ?? [])
      .filter((one) => one.kind === kind)
      .map(({ name = "", namespace = "" }) => (kind === "ServiceAccount" ? `${namespace}/${name}` : name))
      .join(", ");
  return [
    o.metadata.name,
    `${o.roleRef?.kind ?? ""}/${o.roleRef?.name ?? ""}`,
    age(o.metadata.creationTimestamp),
    named("User"),
    named("Group"),
    named("ServiceAccount"),
  ];
}

function eventCells(o: Draft<CoreV1Event>): Cell[] {
  const { involvedObject: about = {}, source = {} } = o;
  const first = o.firstTimestamp ?? o.eventTime;
  const seen = first === undefined ? "<unknown>" : age(first);
  const count = o.series?.count ?? o.count ?? 1;
  const last = o.series?.lastObservedTime ?? o.lastTimestamp ?? first;
  return [
    last === undefined ? "<unknown>" : count > 1 ? `${age(last)} (x${count} over ${seen})` : seen,
    o.type ?? "",
    o.reason ?? "",
    `${(about.kind ?? "").toLowerCase()}/${about.name ?? ""}`,
    (o.message ?? "").trim(),
    about.fieldPath ?? "",
    [source.component ?? o.reportingComponent, source.host]
      .filter((part) => part !== undefined && part !== "")
      .join(", "),
    seen,
    count,
    o.metadata.name,
  ];
}

function nodeCells(o: Draft<V1Node>): Cell[] {
  const ready = o.status?.conditions?.find((condition) => condition.type === "Ready")?.status;
  const states = [
    ready === "True" ? "Ready" : ready === undefined ? "Unknown" : "NotReady",
    ...(o.spec?.unschedulable ? ["SchedulingDisabled"] : []),
  ];
  const prefix = "node-role.kubernetes.io/";
  const roles = Object.keys(o.metadata.labels ?? {}).filter((key) => key.startsWith(prefix));
  const address = (type: string): string => orNone(o.status?.addresses?.find((known) => known.type === type)?.address);
  const info = o.status?.nodeInfo ?? {};
  return [
    o.metadata.name,
    states.join(","),
    orNone(
      roles
        .map((key) => key.slice(prefix.length))
        .sort()
        .join(","),
    ),
    age(o.metadata.creationTimestamp),
    info.kubeletVersion ?? "",
    address("InternalIP"),
    address("ExternalIP"),
    info.osImage ?? "<unknown>",
    info.kernelVersion ?? "<unknown>",
    info.containerRuntimeVersion ?? "<unknown>",
  ];
}

function serviceCells(o: Draft<V1Service>): Cell[] {
  const { type = "ClusterIP", clusterIP = none, externalName, externalIPs = [], ports = [] } = o.spec ?? {};
  const points = (o.status?.loadBalancer?.ingress ?? []).map((point) => point.ip ?? point.hostname ?? "");
  const external = type === "LoadBalancer" ? [...points, ...externalIPs] : externalIPs;
  const waiting = type === "LoadBalancer" ? "<pending>" : none;
  return [
    o.metadata.name,
    type,
    clusterIP,
    type === "ExternalName" ? (externalName ?? "") : external.join(",") || waiting,
    orNone(
      ports
        .map((port) => `${port.port ?? ""}${port.nodePort ? `:${port.nodePort}` : ""}/${port.protocol ?? ""}`)
        .join(","),
    ),
    age(o.metadata.creationTimestamp),
    selector({ matchLabels: o.spec?.selector }),
  ];
}

function jobCells(o: Draft<V1Job>): Cell[] {
  const { status = {}, spec = {} } = o;
  const is = (type: string): boolean => status.conditions?.some((c) => c.type === type && c.status === "True") ?? false;
  const found = ["Complete", "Failed", "SuccessCriteriaMet", "FailureTarget", "Suspended"].find(is);
  const state = o.metadata.deletionTimestamp === undefined ? (found ?? "Running") : "Terminating";
  const end = status.completionTime ?? new Date().toISOString();
  return [
    o.metadata.name,
    state,
    `${status.succeeded ?? 0}/${spec.completions ?? `1 of ${spec.parallelism ?? 1}`}`,
    status.startTime === undefined ? "" : span(Date.parse(end) - Date.parse(status.startTime)),
    age(o.metadata.creationTimestamp),
    ...containers(spec.template),
    selector(spec.selector),
  ];
}

function metrics(wanted: readonly Loose<V2MetricSpec>[], current: readonly Loose<V2MetricStatus>[]): string {
  if (wanted.length === 0) return none;
  const texts = wanted.map((metric, index) => {
    if (metric.resource === undefined) return "<unknown>";
    const { name, target = {} } = metric.resource;
    const now = current[index]?.resource?.current;
    const isRatio = target.averageUtilization !== undefined;
    const value = isRatio ? now?.averageUtilization : now?.averageValue;
    const unit = isRatio ? "%" : "";
    return `${name ?? ""}: ${value === undefined ? "<unknown>" : `${value}${unit}`}/${isRatio ? target.averageUtilization : (target.averageValue ?? "")}${unit}`;
  });
  return atMost(2, texts).replace(/,(?=\S)/g, ", ");
}
