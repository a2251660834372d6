import { SlipwayError } from "../error.ts";
import type { Connection } from "../kubernetes/client-address.ts";
import { nearest } from "../runner/nearest.ts";
import type { DigitalOceanApi } from "./client.ts";

/** A connection that ends by itself. */
export interface ClusterConnection extends Connection {
  readonly clusterName: string;
  /** When its token stops working, as an RFC 3339 time. */
  readonly expiresAt: string;
  /** What a person should know before anything is done, such as an upgrade that is under way. */
  readonly notice?: string;
}

interface Cluster {
  readonly id: string;
  readonly name: string;
  readonly status?: { readonly state?: string; readonly message?: string };
}

interface Credentials {
  readonly server?: string;
  /** PEM in base64. */
  readonly certificate_authority_data?: string;
  readonly token?: string;
  readonly expires_at?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Credentials for a DOKS cluster that last for `expirySeconds`, as data: nothing is written to disk, and no doctl is needed.
 * @throws SlipwayError that names the nearest cluster, the state it is in or the scope that the token lacks
 */
export async function clusterConnection(
  api: DigitalOceanApi,
  nameOrId: string,
  expirySeconds: number,
): Promise<ClusterConnection> {
  const cluster = uuid.test(nameOrId) ? await clusterById(api, nameOrId) : await clusterByName(api, nameOrId);
  const notice = checkState(cluster);
  const credentials = await api.request<Credentials>({
    path: `/v2/kubernetes/clusters/${cluster.id}/credentials`,
    query: { expiry_seconds: expirySeconds },
    doing: `get credentials for the cluster ${cluster.name}`,
    scope: "kubernetes:access_cluster",
  });
  const { server, certificate_authority_data: ca, token, expires_at: expiresAt } = credentials;
  if (!server || !ca || !token || !expiresAt) {
    throw new SlipwayError(
      `Cannot use the credentials of the cluster ${cluster.name} because they are not complete: got ${Object.keys(credentials).join(", ")}`,
      { code: "refused", hint: "A cluster that is new may need a few more minutes." },
    );
  }
  return {
    server,
    ca: Buffer.from(ca, "base64").toString("utf8"),
    token,
    expiresAt,
    clusterName: cluster.name,
    ...(notice === undefined ? {} : { notice }),
  };
}

async function clusterById(api: DigitalOceanApi, id: string): Promise<Cluster> {
  const doing = `find the cluster ${id}`;
  const path = `/v2/kubernetes/clusters/${id.toLowerCase()}`;
  const { kubernetes_cluster: cluster } = await api.request<{ readonly kubernetes_cluster: Cluster }>({
    path,
    doing,
    scope: "kubernetes:read",
  });
  return cluster;
}

async function clusterByName(api: DigitalOceanApi, name: string): Promise<Cluster> {
  const doing = `find the cluster ${name}`;
  const clusters = await api.list<Cluster>({
    path: "/v2/kubernetes/clusters",
    key: "kubernetes_clusters",
    doing,
    scope: "kubernetes:read",
  });
  const found = clusters.find((cluster) => cluster.name === name);
  if (found !== undefined) return found;
  const names = clusters.map((cluster) => cluster.name);
  throw new SlipwayError(`Cannot ${doing} because this account has no cluster of that name: got ${listOf(names)}`, {
    code: "configuration",
    hint: hintFor(name, names),
  });
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return "none at all";
  const rest = names.length - 10;
  return `${names.slice(0, 10).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function hintFor(name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return "Set `cluster` to a name or id of the team that digitalocean-token belongs to.";
}

/** Refuses a cluster that has no API to talk to; tells of one whose API may be away for a while. */
function checkState({ name, status }: Cluster): string | undefined {
  const because = status?.message ? ` (${status.message})` : "";
  switch (status?.state) {
    case "provisioning":
      throw notRunning(name, `it is still being created${because}`, "Run this again in a few minutes.");
    case "deleting":
    case "deleted":
      throw notRunning(name, `it is being deleted${because}`, "Set `cluster` to another one.");
    case "error":
      throw notRunning(name, `it is in error${because}`, "See the cluster in DigitalOcean's control panel.");
    case "upgrading":
      return `The cluster ${name} is being upgraded: its API may be away for a minute at a time.`;
    case "degraded":
      return `The cluster ${name} is degraded${because}: parts of it may not work.`;
    default:
      // `running`, and states that DigitalOcean may add: the connection itself will tell.
      return undefined;
  }
}

function notRunning(name: string, why: string, hint: string): SlipwayError {
  return new SlipwayError(`Cannot use the cluster ${name} because ${why}`, { code: "refused", hint });
}
