import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";

/** One entry of the input `secrets`. */
export interface SecretInput {
  readonly name: string;
  readonly type?: string | undefined;
  readonly data?: Readonly<Record<string, string>> | undefined;
  /** The content of an env file, not its path. */
  readonly "from-env-file"?: string | undefined;
  /** An image pull secret for the DigitalOcean registry. */
  readonly registry?: "docr" | undefined;
}

/** Host of a registry and the `user:password` that may pull from it. */
export interface PullCredential {
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** What Kubernetes allows as a key of a Secret. */
const validKey = /^[-._a-zA-Z0-9]+$/;

/** The Secrets that the input asks for, as manifests. `pull` answers for `registry: docr`. */
export function secretObjects(
  secrets: readonly SecretInput[],
  pull: PullCredential | undefined,
): { objects: KubernetesObject[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const objects = secrets.map((secret) => {
    const report = (message: string): void => void problems.push({ message: `secrets, ${secret.name}: ${message}` });
    if (secret.registry !== undefined) return pullSecret(secret.name, pull, report);
    const values = new Map([
      ...Object.entries(secret.data ?? {}),
      ...readEnvFile(secret["from-env-file"] ?? "", report),
    ]);
    if (values.size === 0) report("it holds nothing: give data, from-env-file or registry");
    for (const key of values.keys())
      if (!validKey.test(key)) report(`"${key}" is no key of a Secret: letters, digits, - _ and . are`);
    return secretObject(secret.name, secret.type ?? "Opaque", values);
  });
  return { objects, problems };
}

function secretObject(name: string, type: string, values: ReadonlyMap<string, string>): KubernetesObject {
  const encoded = [...values].map(([key, value]) => [key, Buffer.from(value).toString("base64")]);
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name },
    type,
    data: Object.fromEntries(encoded) as Record<string, string>,
  };
}

function pullSecret(
  name: string,
  pull: PullCredential | undefined,
  report: (message: string) => void,
): KubernetesObject {
  if (pull === undefined) report(`registry: docr needs the input "digitalocean-token"`);
  const { host = "", username = "", password = "" } = pull ?? {};
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  const config = JSON.stringify({ auths: { [host]: { username, password, auth } } });
  return secretObject(name, "kubernetes.io/dockerconfigjson", new Map([[".dockerconfigjson", config]]));
}

/** `KEY=value` lines as `kubectl create secret --from-env-file` reads them: `#` comments, no quotes taken off. Values are never shown. */
function readEnvFile(content: string, report: (message: string) => void): [string, string][] {
  const entries: [string, string][] = [];
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    const text = line.trimStart();
    if (text === "" || text.startsWith("#")) continue;
    const equals = text.indexOf("=");
    if (equals <= 0) report(`line ${index + 1} of from-env-file is not KEY=value`);
    else entries.push([text.slice(0, equals), text.slice(equals + 1)]);
  }
  return entries;
}
