import { generateKeyPairSync } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeAuthority } from "../../../sandbox/certificates.ts";
import type { KeyPair } from "../../../sandbox/certificates.ts";

/** Whom a certificate speaks for: to Kubernetes, a user of groups. */
interface Identity {
  readonly user: string;
  readonly groups?: readonly string[];
}

const identities = {
  admin: { user: "admin", groups: ["system:masters"] },
  "kube-controller-manager": { user: "system:kube-controller-manager" },
  "kube-scheduler": { user: "system:kube-scheduler" },
  "kube-proxy": { user: "system:kube-proxy" },
  // What the API server asks kubelets as.
  "kube-apiserver": { user: "kube-apiserver", groups: ["system:masters"] },
  // What it asks those as who serve a part of its API.
  "front-proxy": { user: "front-proxy" },
  "metrics-server": { user: "metrics-server", groups: ["system:masters"] },
} satisfies Record<string, Identity>;

/** What the parts of one cluster know each other by: files in a folder that only this user can read. */
export interface Credentials {
  /** The path of the authority's certificate. */
  readonly ca: string;
  readonly caPem: string;
  /** Paths of the keys that the tokens of ServiceAccounts are signed and checked with. */
  readonly accounts: { readonly privateKey: string; readonly publicKey: string };
  /** Paths of a server's certificate and key, valid for the hosts. */
  server(name: string, hosts: readonly string[]): Promise<CertificateFiles>;
  /** Paths of a client's certificate and key. */
  client(name: keyof typeof identities): Promise<CertificateFiles>;
  /** The path of a kubeconfig. */
  kubeconfig(name: keyof typeof identities | Identity): Promise<string>;
}

export interface CertificateFiles extends KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Makes an authority for a cluster whose API server is at `server`. Its key is kept nowhere. */
export async function makeCredentials(o: { readonly folder: string; readonly server: string }): Promise<Credentials> {
  const { folder } = o;
  await mkdir(folder, { mode: 0o700 });
  const authority = await makeAuthority();
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const writePair = async (name: string, pair: KeyPair): Promise<CertificateFiles> => {
    const [cert, key] = await Promise.all([write(`${name}.crt`, pair.certPem), write(`${name}.key`, pair.keyPem)]);
    return { ...pair, cert, key };
  };
  const issue = ({ user, groups = [] }: Identity): Promise<KeyPair> =>
    authority.issue({ commonName: user, organizations: groups });
  const accountKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return {
    ca: await write("ca.crt", authority.caPem),
    caPem: authority.caPem,
    accounts: {
      privateKey: await write(
        "accounts.key",
        accountKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
      ),
      publicKey: await write("accounts.pub", accountKeys.publicKey.export({ type: "spki", format: "pem" }).toString()),
    },
    server: async (name, hosts) => writePair(name, await authority.issue({ commonName: hosts[0] ?? name, hosts })),
    client: async (name) => writePair(`${name}-client`, await issue(identities[name])),
    kubeconfig: async (who) => {
      const identity = typeof who === "string" ? identities[who] : who;
      const text = kubeconfig({ ...o, user: identity.user, caPem: authority.caPem, client: await issue(identity) });
      return write(`${identity.user.replaceAll(":", "-")}.kubeconfig`, text);
    },
  };
}

function kubeconfig(o: {
  readonly server: string;
  readonly user: string;
  readonly caPem: string;
  readonly client: KeyPair;
}): string {
  const data = (pem: string): string => Buffer.from(pem).toString("base64");
  return `apiVersion: v1
kind: Config
current-context: engines
clusters:
- name: engines
  cluster:
    certificate-authority-data: ${data(o.caPem)}
    server: ${o.server}
contexts:
- name: engines
  context:
    cluster: engines
    user: ${o.user}
users:
- name: ${o.user}
  user:
    client-certificate-data: ${data(o.client.certPem)}
    client-key-data: ${data(o.client.keyPem)}
`;
}
