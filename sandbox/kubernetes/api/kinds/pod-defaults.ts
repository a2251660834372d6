import type { V1Container, V1PodSpec, V1Probe, V1Volume } from "@kubernetes/client-node";
import type { Loose } from "./rules.ts";

type Container = Loose<V1Container>;

/** SetDefaults_PodSpec, for pods and for the templates of workloads (k8s.io/kubernetes/pkg/apis/core/v1/defaults.go). */
export function defaultPodSpec(spec: Loose<V1PodSpec>): void {
  spec.restartPolicy ??= "Always";
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ??= "ClusterFirst";
  spec.securityContext ??= {};
  spec.schedulerName ??= "default-scheduler";
  // Both names of this field are always the same.
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) spec.serviceAccountName = spec.serviceAccount = account;
  for (const container of containersOf(spec)) defaultContainer(container, spec.hostNetwork === true);
  for (const volume of spec.volumes ?? []) defaultVolume(volume);
}

/** Init containers first, as messages and admission count them. */
export function containersOf(spec: Loose<V1PodSpec>): Container[] {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
}

function defaultContainer(container: Container, hostNetwork: boolean): void {
  container.terminationMessagePath ??= "/dev/termination-log";
  container.terminationMessagePolicy ??= "File";
  container.imagePullPolicy ??= pullPolicy(container.image ?? "");
  for (const port of container.ports ?? []) {
    port.protocol ??= "TCP";
    if (hostNetwork && port.containerPort !== undefined) port.hostPort ??= port.containerPort;
  }
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) variable.valueFrom.fieldRef.apiVersion ??= "v1";
  }
  for (const probe of [container.livenessProbe, container.readinessProbe, container.startupProbe]) {
    if (probe) defaultProbe(probe);
  }
  for (const handler of [container.lifecycle?.postStart, container.lifecycle?.preStop]) {
    if (handler?.httpGet) defaultHttpGet(handler.httpGet);
  }
}

function defaultProbe(probe: Loose<V1Probe>): void {
  probe.timeoutSeconds = orElse(probe.timeoutSeconds, 1);
  probe.periodSeconds = orElse(probe.periodSeconds, 10);
  probe.successThreshold = orElse(probe.successThreshold, 1);
  probe.failureThreshold = orElse(probe.failureThreshold, 3);
  if (probe.httpGet) defaultHttpGet(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= "";
}

/** Zero is how Go says that a number was not given. */
function orElse(value: number | undefined, otherwise: number): number {
  return value === undefined || value === 0 ? otherwise : value;
}

function defaultHttpGet(action: { path?: string | undefined; scheme?: string | undefined }): void {
  action.path ||= "/";
  action.scheme ||= "HTTP";
}

/** `Always` for `latest`, which an image without tag or digest means. */
function pullPolicy(image: string): string {
  const [name = "", digest] = image.split("@");
  const tag = /:([^/]+)$/.exec(name)?.[1] ?? (digest === undefined ? "latest" : "");
  return tag === "latest" ? "Always" : "IfNotPresent";
}

function defaultVolume(volume: Loose<V1Volume>): void {
  const { name: _name, ...sources } = volume;
  if (Object.keys(sources).length === 0) volume.emptyDir = {};
  for (const source of [volume.secret, volume.configMap, volume.downwardAPI, volume.projected]) {
    if (source) source.defaultMode ??= 0o644;
  }
  const items = [volume.downwardAPI, ...(volume.projected?.sources ?? []).map((source) => source.downwardAPI)];
  for (const item of items.flatMap((source) => source?.items ?? []))
    if (item.fieldRef) item.fieldRef.apiVersion ??= "v1";
  for (const source of volume.projected?.sources ?? []) {
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
  }
  if (volume.hostPath) volume.hostPath.type ??= "";
}

/** SetDefaults_Pod: what is asked for at most is also what is asked for at least. */
export function defaultRequests(spec: Loose<V1PodSpec>): void {
  for (const { resources } of containersOf(spec)) {
    if (resources?.limits !== undefined) resources.requests = { ...resources.limits, ...resources.requests };
  }
}
