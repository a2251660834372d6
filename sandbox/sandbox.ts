import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./certificates.ts";
import { kubeconfig } from "./digitalocean/clusters.ts";
import type { Cluster } from "./digitalocean/clusters.ts";
import { startDigitalOcean } from "./digitalocean/server.ts";
import type { DigitalOcean } from "./digitalocean/server.ts";
import { Faults } from "./faults.ts";
import { startGitHub } from "./github/server.ts";
import type { GitHub } from "./github/server.ts";
import { requireLoopback } from "./http.ts";
import { nodePath, seedNodeImage } from "./registry/seed.ts";
import { startRegistry } from "./registry/server.ts";
import type { Registry } from "./registry/server.ts";
import { AddressPool } from "./kubernetes/addresses.ts";
import { startApiServer } from "./kubernetes/api/server.ts";
import type { ApiServer } from "./kubernetes/api/server.ts";
import { startControllers } from "./kubernetes/controllers/start.ts";
import { startServiceProxy } from "./kubernetes/kubelet/service-proxy.ts";
import { startKubelet } from "./kubernetes/kubelet/start.ts";

const clusterName = "sandbox";
const registryName = "sandbox";
const baseImage = { repository: "library/node", tag: "24-slim" };

export interface SandboxOptions {
  /** Where the APIs listen: 127.0.0.1 by default. */
  readonly address?: string | undefined;
  /** Where NodePorts and load balancers listen: 127.0.0.1 by default. Another one lets two sandboxes use the same NodePort. */
  readonly nodeAddress?: string | undefined;
  /** Told what the cluster's parts could not do. */
  readonly log?: (line: string) => void;
}

/** A running outside world. */
export interface Sandbox {
  /** Path of a kubeconfig that only this user can read. */
  readonly kubeconfig: string;
  /** `host:port` of the registry. The account's own part of it is below `/sandbox`. */
  readonly registry: string;
  /** Stands in for the official Node image; anybody may pull it. */
  readonly baseImage: string;
  readonly digitaloceanApiUrl: string;
  readonly digitaloceanToken: string;
  readonly githubApiUrl: string;
  /** As a job of a workflow has one, with all permissions. */
  readonly githubToken: string;
  readonly nodeAddress: string;
  readonly faults: Faults;
  /** For tests that live in the same process. */
  readonly parts: { readonly api: ApiServer; readonly registry: Registry };
  /** Resolves when no process, file or open port of it is left. */
  stop(): Promise<void>;
}

/** Starts a DigitalOcean API, a GitHub API, a registry, and a Kubernetes cluster with one node, all in this process and on loopback. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { address = "127.0.0.1", nodeAddress = "127.0.0.1", log = () => undefined } = options;
  for (const each of [address, nodeAddress]) requireLoopback(each);
  const running = new Running();
  try {
    const folder = await mkdtemp(join(tmpdir(), "slipway-sandbox-"));
    running.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const faults = new Faults();
    const digitaloceanToken = `dop_v1_${randomBytes(32).toString("hex")}`;
    const ground = { address, nodeAddress, folder, faults, digitaloceanToken, running, log };
    const registry = await openRegistry(ground);
    const api = await openCluster(ground);
    const digitalOcean = await openDigitalOcean(ground, { api, registry });
    const githubToken = `ghs_${randomBytes(18).toString("hex")}`;
    const github = await openGitHub(ground, githubToken);
    return {
      kubeconfig: await writeKubeconfig(folder, api),
      registry: registry.address,
      baseImage: `${registry.address}/${baseImage.repository}:${baseImage.tag}`,
      digitaloceanApiUrl: digitalOcean.url,
      digitaloceanToken,
      githubApiUrl: github.url,
      githubToken,
      nodeAddress,
      faults,
      parts: { api, registry },
      stop: () => running.stop(),
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** What all parts of one sandbox are made with. */
interface Ground {
  readonly address: string;
  readonly nodeAddress: string;
  /** Holds all files. */
  readonly folder: string;
  readonly faults: Faults;
  readonly digitaloceanToken: string;
  readonly running: Running;
  readonly log: (line: string) => void;
}

async function openRegistry({ address, folder, faults, digitaloceanToken, running }: Ground): Promise<Registry> {
  const registry = await startRegistry({
    address,
    folder: join(folder, "registry"),
    // As at DigitalOcean, the account's own token will do for a person who logs in by hand.
    credentials: [
      { username: digitaloceanToken, password: digitaloceanToken, readWrite: true, namespace: registryName },
    ],
    publicNamespaces: ["library"],
    onFault: faults.hook("registry"),
  });
  running.add(() => registry.close());
  await seedNodeImage(registry.contents, baseImage);
  return registry;
}

/** The API server, the controllers, and a node that runs what they decide. */
async function openCluster({ address, nodeAddress, folder, faults, running, log }: Ground): Promise<ApiServer> {
  const { signal } = running;
  const addresses = await AddressPool.open();
  running.add(() => addresses.close());
  const api = await startApiServer({
    address,
    certificates: await makeCertificates([address, "localhost", "kubernetes.default.svc"]),
    serviceAddresses: { take: () => addresses.nextServiceAddress(), release: (each) => addresses.release(each) },
    onFault: faults.hook("kubernetes"),
  });
  running.add(() => api.close());
  const manager = api.inProcess("system:kube-controller-manager");
  const controllers = await startControllers({ api: manager, caPem: api.caPem, nodeAddress, signal, log });
  running.add(() => controllers.stop());
  const proxy = await startServiceProxy({ api: api.inProcess("system:kube-proxy"), nodeAddress, signal });
  running.add(() => proxy.stop());
  const kubelet = await startKubelet({
    api: api.inProcess("system:node:sandbox"),
    nodeName: "sandbox",
    // More than the machine may have: what the sandbox runs is small, whatever it asks for.
    capacity: { cpu: "8", memory: "16Gi", pods: "110" },
    podAddresses: addresses,
    // All of the sandbox's files: the kubelet sees to it that they go even when this process is killed.
    rootDir: folder,
    hostPrograms: { [nodePath]: process.execPath },
    signal,
    log,
  });
  running.add(() => kubelet.stop());
  return api;
}

async function openDigitalOcean(
  { address, faults, digitaloceanToken, running }: Ground,
  { api, registry }: { readonly api: ApiServer; readonly registry: Registry },
): Promise<DigitalOcean> {
  const cluster: Cluster = {
    id: randomUUID(),
    name: clusterName,
    region: "local",
    version: "1.34.4-do.0",
    server: api.url,
    caPem: api.caPem,
    issueToken: (request) => api.issueToken(request),
  };
  const digitalOcean = await startDigitalOcean({
    token: digitaloceanToken,
    clusters: [cluster],
    registries: [registryName],
    registry,
    address,
    onFault: faults.hook("digitalocean"),
  });
  running.add(() => digitalOcean.close());
  return digitalOcean;
}

async function openGitHub({ address, faults, running }: Ground, token: string): Promise<GitHub> {
  const github = await startGitHub({ accounts: [{ token }], address, onFault: faults.hook("github") });
  running.add(() => github.close());
  return github;
}

async function writeKubeconfig(folder: string, api: ApiServer): Promise<string> {
  const path = join(folder, "kubeconfig");
  const token = api.issueToken({ user: "sandbox-admin", groups: ["system:masters"] });
  const text = kubeconfig({ name: clusterName, server: api.url, caPem: api.caPem, token });
  await writeFile(path, text, { mode: 0o600, flag: "wx" });
  return path;
}

/** What has been started, to be stopped in the reverse order. */
class Running {
  readonly #ending = new AbortController();
  readonly #stops: (() => Promise<void> | void)[] = [];

  /** Aborted when the sandbox begins to stop. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  add(stop: () => Promise<void> | void): void {
    this.#stops.push(stop);
  }

  /** Goes on when one of them fails, and throws that failure in the end. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error("the sandbox was stopped"));
    const failures: unknown[] = [];
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) {
      try {
        await stop();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
