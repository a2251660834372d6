import { json } from "../http.ts";
import type { Answer } from "../http.ts";
import { DigitalOceanError, notFound } from "./errors.ts";

/** A Kubernetes cluster of the account. */
export interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly version: string;
  /** Of its API server. */
  readonly server: string;
  readonly caPem: string;
  /** Asks its API server for a token, which really expires. */
  issueToken(request: { user: string; groups: readonly string[]; expiresInSeconds: number }): string;
}

const sevenDays = 7 * 24 * 3600;

/** All on one page: the account has fewer than fit on the smallest. */
export function listClusters(clusters: readonly Cluster[]): Answer {
  return json(200, { kubernetes_clusters: clusters.map(describe), links: {}, meta: { total: clusters.length } });
}

export function getCluster(clusters: readonly Cluster[], id: string): Answer {
  return json(200, { kubernetes_cluster: describe(find(clusters, id)) });
}

/** `GET …/credentials`: all that a client needs, as data. */
export function getCredentials(clusters: readonly Cluster[], id: string, url: URL): Answer {
  const cluster = find(clusters, id);
  const { token, expiresAt } = mint(cluster, url);
  return json(200, {
    server: cluster.server,
    certificate_authority_data: Buffer.from(cluster.caPem).toString("base64"),
    client_certificate_data: null,
    client_key_data: null,
    token,
    expires_at: expiresAt.toISOString(),
  });
}

/** A kubeconfig as DigitalOcean writes them. */
export function kubeconfig(options: {
  readonly name: string;
  readonly server: string;
  readonly caPem: string;
  readonly token: string;
}): string {
  const { name } = options;
  return `apiVersion: v1
kind: Config
preferences: {}
current-context: ${name}
clusters:
- name: ${name}
  cluster:
    certificate-authority-data: ${Buffer.from(options.caPem).toString("base64")}
    server: ${options.server}
contexts:
- name: ${name}
  context:
    cluster: ${name}
    user: ${name}-admin
users:
- name: ${name}-admin
  user:
    token: ${options.token}
`;
}

/** What the query asks for: whole seconds, 0 for the call's default. Throws `unprocessable_entity`. */
export function expirySeconds(url: URL): number {
  const text = url.searchParams.get("expiry_seconds") ?? "0";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new DigitalOceanError("unprocessable_entity", "expiry_seconds must be a number of seconds, 0 or more");
}

function mint(cluster: Cluster, url: URL): { token: string; expiresAt: Date } {
  const expiresInSeconds = expirySeconds(url) || sevenDays;
  const token = cluster.issueToken({ user: "sandbox-admin", groups: ["system:masters"], expiresInSeconds });
  return { token, expiresAt: new Date(Date.now() + expiresInSeconds * 1000) };
}

function find(clusters: readonly Cluster[], id: string): Cluster {
  const cluster = clusters.find((candidate) => candidate.id === id);
  if (cluster === undefined) throw notFound();
  return cluster;
}

function describe(cluster: Cluster): object {
  return {
    id: cluster.id,
    name: cluster.name,
    region: cluster.region,
    version: cluster.version,
    endpoint: cluster.server,
    tags: ["k8s", `k8s:${cluster.id}`],
    node_pools: [],
    status: { state: "running" },
    registry_enabled: false,
  };
}
