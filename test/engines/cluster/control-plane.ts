import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readKubeconfig } from "../../../src/kubernetes/access.ts";
import { connect } from "../../../src/kubernetes/client.ts";
import type { KubernetesClient } from "../../../src/kubernetes/client.ts";
import type { Parts } from "../parts.ts";
import type { Credentials } from "./credentials.ts";
import { machineAddress, serviceRange } from "./network.ts";

export interface ControlPlaneOptions {
  /** The program that is each part of Kubernetes, by its first argument. */
  readonly program: string;
  readonly folder: string;
  /** Of the API server, on 127.0.0.1. */
  readonly port: number;
  readonly credentials: Credentials;
  readonly parts: Parts;
}

const startLimitMs = 60_000;
/** By default they ask 20 times a second, and take five seconds to start. */
const hurry = ["--kube-api-qps=500", "--kube-api-burst=1000"];
const etcd = "http://127.0.0.1:2379";

/** Starts etcd and the API server. Resolves with a connection when the server is ready. */
export async function startApiServer(o: ControlPlaneOptions): Promise<KubernetesClient> {
  const { program: file, parts, credentials } = o;
  await parts.start({ name: "etcd", file, args: etcdArguments(o) });
  await parts.start({ name: "kube-apiserver", file, args: await apiServerArguments(o) });
  const admin = await credentials.kubeconfig("admin");
  const api = connect(readKubeconfig(readFileSync(admin, "utf8")));
  // Short, since the connection waits longer and longer between its tries.
  const ask = (): Promise<unknown> =>
    api.request({ method: "GET", path: "/readyz", signal: AbortSignal.timeout(1_000) });
  await parts.until("ready API server", ask, startLimitMs);
  return api;
}

/** Starts the controllers and the scheduler. Without the roles that the API server makes at its start, they would end. */
export async function startControllers(o: ControlPlaneOptions): Promise<void> {
  const { program: file, parts } = o;
  await parts.start({ name: "kube-controller-manager", file, args: await controllersArguments(o) });
  await parts.start({ name: "kube-scheduler", file, args: await schedulerArguments(o) });
}

function etcdArguments({ folder }: ControlPlaneOptions): string[] {
  return [
    "etcd",
    `--data-dir=${join(folder, "etcd")}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    "--listen-peer-urls=http://127.0.0.1:2380",
    // Nobody needs what it holds after a power failure.
    "--unsafe-no-fsync",
  ];
}

async function apiServerArguments({ port, credentials }: ControlPlaneOptions): Promise<string[]> {
  const hosts = ["127.0.0.1", machineAddress, "10.96.0.1", "localhost", "kubernetes.default.svc"];
  const server = await credentials.server("kube-apiserver", hosts);
  const client = await credentials.client("kube-apiserver");
  const proxy = await credentials.client("front-proxy");
  return [
    "kube-apiserver",
    `--etcd-servers=${etcd}`,
    "--bind-address=0.0.0.0",
    `--advertise-address=${machineAddress}`,
    `--secure-port=${port}`,
    `--tls-cert-file=${server.cert}`,
    `--tls-private-key-file=${server.key}`,
    `--client-ca-file=${credentials.ca}`,
    `--kubelet-client-certificate=${client.cert}`,
    `--kubelet-client-key=${client.key}`,
    "--kubelet-preferred-address-types=InternalIP",
    `--proxy-client-cert-file=${proxy.cert}`,
    `--proxy-client-key-file=${proxy.key}`,
    `--requestheader-client-ca-file=${credentials.ca}`,
    "--requestheader-allowed-names=front-proxy",
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
    "--enable-aggregator-routing",
    `--service-account-key-file=${credentials.accounts.publicKey}`,
    `--service-account-signing-key-file=${credentials.accounts.privateKey}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-cluster-ip-range=${serviceRange}`,
    "--authorization-mode=Node,RBAC",
    "--allow-privileged=true",
  ];
}

async function controllersArguments({ credentials }: ControlPlaneOptions): Promise<string[]> {
  return [
    "kube-controller-manager",
    `--kubeconfig=${await credentials.kubeconfig("kube-controller-manager")}`,
    `--service-account-private-key-file=${credentials.accounts.privateKey}`,
    `--root-ca-file=${credentials.ca}`,
    "--use-service-account-credentials",
    "--leader-elect=false",
    ...hurry,
  ];
}

async function schedulerArguments({ credentials }: ControlPlaneOptions): Promise<string[]> {
  const kubeconfig = await credentials.kubeconfig("kube-scheduler");
  return ["kube-scheduler", `--kubeconfig=${kubeconfig}`, "--leader-elect=false", ...hurry];
}
