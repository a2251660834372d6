import type { Volume } from "./objects.ts";

/** Something that a pod needs and that is not in its namespace. */
export interface Absence {
  readonly kind: "ConfigMap" | "Secret" | "PersistentVolumeClaim";
  readonly name: string;
  /** Where the object is there, and this key of it is not. */
  readonly key?: string;
  /** The volume that needs it, where one does. */
  readonly volume?: string;
}

/** By the words of kubelet and scheduler, in lower case. */
const kinds: Readonly<Record<string, Absence["kind"]>> = {
  config: "ConfigMap",
  configmap: "ConfigMap",
  secret: "Secret",
  persistentvolumeclaim: "PersistentVolumeClaim",
};

/**
 * What the kubelet or the scheduler misses, by its words. `undefined` where it says nothing of the kind, or only that it could not look:
 * "failed to sync configmap cache".
 * @param volumes of the pod: of a missing key, the kubelet only names the volume
 */
export function absenceIn(message: string, volumes: readonly Volume[] = []): Absence | undefined {
  if (/failed to sync|timed out/.test(message)) return undefined;
  const volume = /for volume "([^"]*)"/.exec(message)?.[1];
  const absence = (kind = "", name = "", key?: string): Absence => ({
    kind: kinds[kind.toLowerCase()] ?? "ConfigMap",
    name,
    ...(key === undefined ? {} : { key }),
    ...(volume === undefined ? {} : { volume }),
  });
  const inEnv = /couldn't find key (\S+) in (ConfigMap|Secret) (?:[^/\s]*\/)?(\S+)/.exec(message);
  if (inEnv !== null) return absence(inEnv[2], inEnv[3], inEnv[1]);
  const inVolume = /references non-existent (config|secret) key: (\S+)/.exec(message);
  if (inVolume !== null) {
    const { configMap, secret } = volumes.find(({ name }) => name === volume) ?? {};
    return absence(inVolume[1], configMap?.name ?? secret?.secretName, inVolume[2]);
  }
  const object = /(configmap|secret|persistentvolumeclaim)s? "([^"]*)" not found/i.exec(message);
  return object === null ? undefined : absence(object[1], object[2]);
}
