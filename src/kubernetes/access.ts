// By its path: the package's entry loads all of its clients, this part only node:fs (for a key that is refused before).
import { newClusters, newContexts, newUsers } from "../../node_modules/@kubernetes/client-node/dist/config_types.js";
import { parseKubeconfig, pemOf, pickEntry, refusal, refuseKeys } from "./access-entry.ts";
import type { Entry } from "./access-entry.ts";
import type { Connection } from "./client-address.ts";

/**
 * The connection that a kubeconfig's current context describes. Only data is taken from it: no command is run, no file is read.
 * @param text the kubeconfig itself, YAML or JSON
 * @throws SlipwayError `configuration` that names the entry and what to do, and never quotes a value
 */
export function readKubeconfig(text: string): Connection {
  const config = parseKubeconfig(text);
  const contextEntry = pickEntry(config, "context", config["current-context"]);
  refuseKeys(contextEntry, ["cluster", "user", "namespace"]);
  const context = complete(contextEntry, newContexts);
  const clusterEntry = pickEntry(config, "cluster", context.cluster);
  refuseKeys(clusterEntry, ["server", "certificate-authority-data", "tls-server-name"]);
  const userEntry = pickEntry(config, "user", context.user);
  refuseKeys(userEntry, ["token", "client-certificate-data", "client-key-data"]);
  const { server, tlsServerName } = complete(clusterEntry, newClusters);
  const { token, certData, keyData } = complete(userEntry, newUsers);
  if (!token && !(certData && keyData)) {
    throw refusal(`${userEntry.title} has neither a token nor a client certificate with its key`);
  }
  const optional = {
    ca: pemOf(clusterEntry, "certificate-authority-data"),
    token,
    clientCertificate: pemOf(userEntry, "client-certificate-data"),
    clientKey: pemOf(userEntry, "client-key-data"),
    tlsServerName,
    namespace: context.namespace,
  };
  return { server, ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)) };
}

/** The client library's reading of an entry; it throws for one without what every entry has. */
function complete<T>(entry: Entry, read: (entries: readonly object[]) => readonly T[]): T {
  try {
    const [found] = read([entry.raw]);
    if (found !== undefined) return found;
  } catch {
    // It would name the entry by its place in the list, which tells less than its title.
  }
  throw refusal(`${entry.title} is incomplete`);
}
