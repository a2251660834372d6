import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Parts } from "../parts.ts";
import { makeCgroup } from "./cgroup.ts";
import type { Credentials } from "./credentials.ts";
import { machineAddress, podNetwork } from "./network.ts";
import { nodeName } from "./sandbox-node.ts";

/** What a real node is made of, beside Kubernetes itself. */
export interface NodeSettings {
  readonly containerd: string;
  readonly runc: string;
  /** The folder of the CNI plugins. */
  readonly plugins: string;
  /** The program that is each of the iptables commands, by its name. */
  readonly iptables: string;
  /** What the programs need in their environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly pauseImage: string;
  readonly metricsServer: string;
}

export interface RealNodeOptions {
  readonly settings: NodeSettings;
  /** The program that is each part of Kubernetes. */
  readonly program: string;
  readonly folder: string;
  /** A name that no other node of this machine has. */
  readonly cgroup: string;
  /** Registries of loopback that are spoken to without TLS, `host:port`. */
  readonly registries: readonly string[];
  readonly credentials: Credentials;
  readonly parts: Parts;
}

const run = promisify(execFile);
const runtime = "/run/containerd/containerd.sock";

/** Starts containerd, kubelet and kube-proxy: a node as any other, in namespaces of its own. */
export async function startRealNode(o: RealNodeOptions): Promise<void> {
  const { settings, program: file, parts, credentials } = o;
  const folder = join(o.folder, "node");
  await mkdir(folder);
  // Where node programs write without being asked.
  for (const place of ["/run", "/var/log"]) await run("mount", ["-t", "tmpfs", "tmpfs", place]);
  const env = { ...settings.env, PATH: `${await iptablesCommands(folder, settings)}:${settings.env.PATH ?? ""}` };
  await makeCgroup(o.cgroup);
  await writeNetwork(folder);
  await writeRegistries(folder, o.registries);
  const files = {
    containerd: await write(folder, "containerd.toml", containerdConfig(folder, settings)),
    kubelet: await write(folder, "kubelet.json", await kubeletConfig(o)),
    proxy: await write(folder, "kube-proxy.json", await proxyConfig(credentials)),
  };
  await parts.start({ name: "containerd", file: settings.containerd, args: ["--config", files.containerd], env });
  // The kubelet ends when it is not there.
  const listens = (): Promise<true | undefined> => Promise.resolve(existsSync(runtime) || undefined);
  await parts.until("socket of containerd", listens, 20_000);
  const kubeconfig = await credentials.kubeconfig({ user: `system:node:${nodeName}`, groups: ["system:nodes"] });
  await parts.start({
    name: "kubelet",
    file,
    args: [
      "kubelet",
      `--config=${files.kubelet}`,
      `--kubeconfig=${kubeconfig}`,
      `--hostname-override=${nodeName}`,
      `--root-dir=${join(folder, "kubelet")}`,
      `--node-ip=${machineAddress}`,
    ],
    env,
  });
  await parts.start({ name: "kube-proxy", file, args: ["kube-proxy", `--config=${files.proxy}`], env });
}

async function write(folder: string, name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Debian leaves it to the administrator which iptables is called that: here it is the one for nftables. */
async function iptablesCommands(folder: string, { iptables }: NodeSettings): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  for (const version of ["iptables", "ip6tables"]) {
    for (const command of ["", "-save", "-restore"]) await symlink(iptables, join(bin, `${version}${command}`));
  }
  return bin;
}

async function writeNetwork(folder: string): Promise<void> {
  await mkdir(join(folder, "network"));
  const plugins = [
    {
      type: "bridge",
      bridge: "pods",
      isGateway: true,
      ipMasq: true,
      hairpinMode: true,
      ipam: {
        type: "host-local",
        dataDir: join(folder, "addresses"),
        ranges: [[{ subnet: `${podNetwork}.0.0/16` }]],
        routes: [{ dst: "0.0.0.0/0" }],
      },
    },
    { type: "portmap", capabilities: { portMappings: true } },
  ];
  const network = { cniVersion: "1.0.0", name: "pods", plugins };
  await write(join(folder, "network"), "pods.conflist", JSON.stringify(network));
}

async function writeRegistries(folder: string, registries: readonly string[]): Promise<void> {
  for (const registry of registries) {
    const place = join(folder, "registries", registry);
    await mkdir(place, { recursive: true });
    await write(place, "hosts.toml", `server = "http://${registry}"\n`);
  }
}

function containerdConfig(folder: string, { runc, plugins, pauseImage }: NodeSettings): string {
  const text = JSON.stringify;
  const cri = `plugins."io.containerd.grpc.v1.cri"`;
  return `version = 2
root = ${text(join(folder, "containerd"))}
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt"]
[${cri}]
sandbox_image = ${text(pauseImage)}
# The machine may lack CAP_SYS_RESOURCE, without which a container's score cannot be lowered.
restrict_oom_score_adj = true
[${cri}.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[${cri}.containerd.runtimes.runc.options]
BinaryName = ${text(runc)}
SystemdCgroup = false
[${cri}.cni]
bin_dir = ${text(plugins)}
conf_dir = ${text(join(folder, "network"))}
[${cri}.registry]
config_path = ${text(join(folder, "registries"))}
`;
}

async function kubeletConfig({ cgroup, credentials }: RealNodeOptions): Promise<string> {
  const serving = await credentials.server("kubelet", [machineAddress, nodeName]);
  return JSON.stringify({
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    containerRuntimeEndpoint: `unix://${runtime}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/${cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: false },
      x509: { clientCAFile: credentials.ca },
    },
    authorization: { mode: "AlwaysAllow" },
    tlsCertFile: serving.cert,
    tlsPrivateKeyFile: serving.key,
    resolvConf: "",
    // Nobody answers there. Without an address, each pod would be warned about.
    clusterDNS: ["10.96.0.10"],
    clusterDomain: "cluster.local",
    // However full this machine is, its pods stay.
    evictionHard: { "memory.available": "1%", "nodefs.available": "1%", "imagefs.available": "1%" },
  });
}

async function proxyConfig(credentials: Credentials): Promise<string> {
  return JSON.stringify({
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "iptables",
    hostnameOverride: nodeName,
    clientConnection: { kubeconfig: await credentials.kubeconfig("kube-proxy") },
    clusterCIDR: `${podNetwork}.0.0/16`,
    // Without the first, answers between pods of one bridge would bypass the tables; the last is for tests' sake.
    iptables: { masqueradeAll: true, localhostNodePorts: true, minSyncPeriod: "0s" },
    // These are the whole machine's.
    conntrack: { maxPerCore: 0 },
  });
}
