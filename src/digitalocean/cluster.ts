import { looseObject, nullish, string } from "valibot";
import { SlipwayError } from "../error.ts";
import type { Connection } from "../kubernetes/client-address.ts";
import { nearest } from "../runner/nearest.ts";
import type { DigitalOceanApi } from "./client.ts";
import { clusterSchema, refusalOf } from "./cluster-state.ts";
import type { Cluster } from "./cluster-state.ts";

/** A connection that ends by itself. */
export interface ClusterConnection extends Connection {
  /** When its token stops working, as an RFC 3339 time. */
  readonly expiresAt: string;
}

const credentialsSchema = looseObject({
  server: nullish(string()),
  /** PEM in base64. */
  certificate_authority_data: nullish(string()),
  token: nullish(string()),
  expires_at: nullish(string()),
});

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The DOKS cluster of that name or id.
 * @throws SlipwayError that names the nearest cluster, the state that makes it useless, or the scope that the token lacks
 */
export async function findCluster(api: DigitalOceanApi, nameOrId: string): Promise<Cluster> {
  const cluster = uuid.test(nameOrId) ? await readCluster(api, nameOrId) : await clusterByName(api, nameOrId);
  const refusal = refusalOf(cluster);
  if (refusal !== undefined) throw refusal;
  return cluster;
}

/** The cluster as it is now, whatever its state. */
export async function readCluster(api: DigitalOceanApi, id: string): Promise<Cluster> {
  const { kubernetes_cluster: cluster } = await api.request({
    path: `/v2/kubernetes/clusters/${id.toLowerCase()}`,
    answer: looseObject({ kubernetes_cluster: clusterSchema }),
    doing: `find the cluster ${id}`,
    scope: "kubernetes:read",
  });
  return cluster;
}

/** Credentials that last for `expirySeconds`, as data: nothing is written to disk, and no doctl is needed. */
export async function clusterConnection(
  api: DigitalOceanApi,
  { id, name }: Pick<Cluster, "id" | "name">,
  expirySeconds: number,
): Promise<ClusterConnection> {
  const credentials = await api.request({
    path: `/v2/kubernetes/clusters/${id}/credentials`,
    query: { expiry_seconds: expirySeconds },
    answer: credentialsSchema,
    doing: `get credentials for the cluster ${name}`,
    scope: "kubernetes:access_cluster",
  });
  const { server, certificate_authority_data: ca, token, expires_at: expiresAt } = credentials;
  if (!server || !ca || !token || !expiresAt) {
    throw new SlipwayError(
      `Cannot use the credentials of the cluster ${name} because they are not complete: got ${Object.keys(credentials).join(", ")}`,
      { code: "refused", hint: "A cluster that is new may need a few more minutes." },
    );
  }
  return { server, ca: Buffer.from(ca, "base64").toString("utf8"), token, expiresAt };
}

async function clusterByName(api: DigitalOceanApi, name: string): Promise<Cluster> {
  const doing = `find the cluster ${name}`;
  const clusters = await api.list({
    path: "/v2/kubernetes/clusters",
    key: "kubernetes_clusters",
    item: clusterSchema,
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
