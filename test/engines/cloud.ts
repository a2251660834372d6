import { createPrivateKey, randomBytes, randomUUID, sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readKubeconfig } from "../../src/kubernetes/access.ts";
import { connect } from "../../src/kubernetes/client.ts";
import type { KubernetesClient } from "../../src/kubernetes/client.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { kubeconfig } from "../../sandbox/digitalocean/clusters.ts";
import type { Cluster } from "../../sandbox/digitalocean/clusters.ts";
import { startDigitalOcean } from "../../sandbox/digitalocean/server.ts";
import { Faults } from "../../sandbox/faults.ts";
import { seedNodeImage } from "../../sandbox/registry/seed.ts";
import { startRegistry } from "../../sandbox/registry/server.ts";
import type { Registry } from "../../sandbox/registry/server.ts";
import { UnreliableProxy } from "./unreliable-proxy.ts";

/** The sandbox's DigitalOcean and its registry, around a real cluster. */
export interface Cloud {
  readonly registry: Registry;
  readonly token: string;
  /** What is to go wrong with requests to each of the three, and how many there were. */
  readonly faults: Faults;
  /** Puts a cluster into the account, by an administrator's kubeconfig. */
  addCluster(kubeconfig: string): Promise<Account>;
  close(): Promise<void>;
}

/** An account with a cluster. */
export interface Account {
  readonly digitaloceanApiUrl: string;
  /** Content of a kubeconfig that leads to the cluster by way of what counts its requests. */
  readonly kubeconfig: string;
  /** On this way, lets watches find that their place is forgotten. */
  compact(): Promise<void>;
  /** Cuts all connections that have taken this way. */
  disconnect(): void;
}

const name = "sandbox";
const dayInSeconds = 86_400;
/** For so long the API server takes a token after its end, in case of clocks that differ. */
const leewaySeconds = 60;
const account = { namespace: "kube-system", name: "digitalocean-admin" };

/**
 * Starts a cloud without a cluster. Its registry holds the sandbox's base image, and a part that is the account's own; it listens on any
 * port of 127.0.0.1, if none is given.
 */
export async function startCloud({ registryPort }: { readonly registryPort?: number } = {}): Promise<Cloud> {
  const token = `dop_v1_${randomBytes(32).toString("hex")}`;
  const faults = new Faults();
  const registry = await startRegistry({
    ...(registryPort === undefined ? {} : { port: registryPort }),
    onFault: faults.hook("registry"),
    credentials: [{ username: token, password: token, readWrite: true, namespace: name }],
    publicNamespaces: ["library"],
  });
  await seedNodeImage(registry.contents, { repository: "library/node", tag: "24-slim" });
  const closing: (() => Promise<void> | void)[] = [() => registry.close()];
  return {
    registry,
    token,
    faults,
    async addCluster(administrator) {
      const connection = readKubeconfig(await readFile(administrator, "utf8"));
      const api = connect(connection);
      closing.push(() => api.close());
      const proxy = await UnreliableProxy.start(connection, faults.hook("kubernetes"));
      closing.push(() => proxy.close());
      const { url, caPem } = proxy;
      const cluster = await describeCluster(api, { url, caPem, accountKey: join(administrator, "../accounts.key") });
      const digitalOcean = await startDigitalOcean({
        token,
        clusters: [cluster],
        registries: [name],
        registry,
        onFault: faults.hook("digitalocean"),
      });
      closing.push(() => digitalOcean.close());
      const userToken = cluster.issueToken({ user: account.name, groups: [], expiresInSeconds: dayInSeconds });
      return {
        digitaloceanApiUrl: digitalOcean.url,
        kubeconfig: kubeconfig({ name, server: url, caPem, token: userToken }),
        async compact() {
          const path = "/api/v1/namespaces";
          const list = await api.request<{ metadata: { resourceVersion: string } }>({ method: "GET", path });
          proxy.forgetUpTo(list.metadata.resourceVersion);
        },
        disconnect: () => proxy.disconnect(),
      };
    },
    async close() {
      for (const close of closing.reverse()) await close();
    },
  };
}

async function describeCluster(
  api: KubernetesClient,
  { url, caPem, accountKey }: { readonly url: string; readonly caPem: string; readonly accountKey: string },
): Promise<Cluster> {
  const uid = await makeAdministrator(api);
  const key = createPrivateKey(await readFile(accountKey, "utf8"));
  return {
    id: randomUUID(),
    name,
    region: "local",
    version: "1.34.4-do.0",
    server: url,
    caPem,
    issueToken: ({ expiresInSeconds }) => accountToken({ key, uid, expiresInSeconds }),
  };
}

/** A ServiceAccount that may do everything, there already in a cluster that had a cloud before. Resolves to its uid. */
async function makeAdministrator(api: KubernetesClient): Promise<string> {
  const apply = {
    method: "PATCH",
    query: { fieldManager: "cloud" },
    contentType: "application/apply-patch+yaml",
  } as const;
  const made = await api.request<KubernetesObject>({
    ...apply,
    path: `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}`,
    body: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: account.name } },
  });
  await api.request({
    ...apply,
    path: `/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/${account.name}`,
    body: {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name: account.name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
      subjects: [{ kind: "ServiceAccount", ...account }],
    },
  });
  return made.metadata.uid ?? "";
}

/** A token that the API server takes until then, because it is signed with the key that it signs such tokens with itself (RFC 7519). */
function accountToken(o: {
  readonly key: ReturnType<typeof createPrivateKey>;
  readonly uid: string;
  readonly expiresInSeconds: number;
}): string {
  const now = Math.floor(Date.now() / 1000) - leewaySeconds;
  const issuer = "https://kubernetes.default.svc";
  const claims = {
    iss: issuer,
    aud: [issuer],
    sub: `system:serviceaccount:${account.namespace}:${account.name}`,
    iat: now,
    nbf: now,
    exp: now + o.expiresInSeconds,
    "kubernetes.io": { namespace: account.namespace, serviceaccount: { name: account.name, uid: o.uid } },
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "ES256", typ: "JWT" })}.${part(claims)}`;
  const signature = sign("sha256", Buffer.from(signed), { key: o.key, dsaEncoding: "ieee-p1363" });
  return `${signed}.${signature.toString("base64url")}`;
}
