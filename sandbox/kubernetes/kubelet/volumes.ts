import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import { systemErrorCode } from "../system-error.ts";
import { expand } from "./command.ts";
import type { Variables } from "./command.ts";
import type { Mount } from "./container-root.ts";
import { fieldValue, resourceValue } from "./downward.ts";
import type { PodFacts } from "./downward.ts";
import type { References } from "./environment.ts";
import type { Container, DownwardItem, FileSource, KeyProjection, Pod, Volume } from "./pod.ts";
import { securePath } from "./secure-path.ts";

/** A volume cannot be set up; the message is the kubelet's. */
export class MountError extends Error {
  override readonly name = "MountError";

  constructor(volume: string, problem: string) {
    super(`MountVolume.SetUp failed for volume "${volume}" : ${problem}`);
  }
}

export interface VolumeOptions {
  readonly pod: Pod;
  /** Where the pod's volumes lie. */
  readonly directory: string;
  /** Where the volumes of claims lie, which outlive pods. */
  readonly claims: string;
  readonly facts: PodFacts;
  readonly references: References;
  /** A token of the pod's service account. */
  readonly token: (source: NonNullable<FileSource["serviceAccountToken"]>) => Promise<string>;
}

interface File {
  readonly data: Buffer;
  readonly mode: number;
}

/** Files by their path in the volume. */
type Files = ReadonlyMap<string, File>;

/**
 * Makes the pod's volumes. What they hold stays as it is then, whatever becomes of ConfigMaps and Secrets.
 * @throws MountError for the first that cannot be.
 */
export async function setUpVolumes(o: VolumeOptions): Promise<void> {
  for (const volume of o.pod.spec.volumes ?? []) {
    const folder = join(o.directory, volume.name);
    if (volume.persistentVolumeClaim) {
      await linkClaim(folder, volume.persistentVolumeClaim.claimName, o);
      continue;
    }
    const files = volume.emptyDir ? new Map<string, File>() : await filesOf(volume, o);
    // An earlier try may have come as far as this volume.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await writeFiles(folder, files);
  }
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, { data, mode }] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, data, { mode });
  }
}

/** A claim's volume is a folder of this node, the same for every pod that has the claim. */
async function linkClaim(link: string, name: string, o: VolumeOptions): Promise<void> {
  const claim = await o.references.claim(name);
  const problem = claim === undefined ? "not found" : claim.status?.phase === "Bound" ? undefined : "is not bound";
  if (problem !== undefined) throw new MountError(basename(link), `persistentvolumeclaim "${name}" ${problem}`);
  const folder = join(o.claims, claim?.metadata.uid ?? "");
  await Promise.all([folder, dirname(link)].map((path) => mkdir(path, { recursive: true })));
  await symlink(folder, link).catch((error: unknown) => {
    if (systemErrorCode(error) !== "EEXIST") throw error;
  });
}

/** Where a container's mounts lie on this machine. */
export async function containerMounts(o: {
  readonly container: Container;
  readonly directory: string;
  readonly variables: Variables;
}): Promise<Mount[]> {
  const mounts = (o.container.volumeMounts ?? []).map(async ({ name, mountPath, subPath, subPathExpr }) => {
    const volume = join(o.directory, name);
    const inside = subPath ?? expand(subPathExpr ?? "", o.variables);
    if (inside === "") return { path: mountPath, source: volume };
    const source = securePath(volume, inside);
    // Fine when it is a file already: then there is nothing to make.
    await mkdir(source, { recursive: true }).catch(() => undefined);
    return { path: mountPath, source };
  });
  return Promise.all(mounts);
}

async function filesOf(volume: Volume, o: VolumeOptions): Promise<Files> {
  const sources = sourcesOf(volume);
  if (sources.length === 0 && !volume.projected) {
    throw new MountError(volume.name, "the sandbox has no volumes of this kind");
  }
  const mode = (volume.configMap ?? volume.secret ?? volume.downwardAPI ?? volume.projected)?.defaultMode ?? 0o644;
  const files = new Map<string, File>();
  for (const source of sources) {
    const fail = (problem: string): MountError => new MountError(volume.name, problem);
    for (const [path, file] of await readSource(source, { ...o, mode, fail }))
      files.set(posix.join("/", path).slice(1), file);
  }
  return files;
}

function sourcesOf(volume: Volume): FileSource[] {
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap) return [{ configMap }];
  if (secret) return [{ secret: { ...secret, name: secret.secretName } }];
  if (downwardAPI) return [{ downwardAPI }];
  return projected?.sources ?? [];
}

type SourceOptions = VolumeOptions & { readonly mode: number; readonly fail: (problem: string) => MountError };

async function readSource(source: FileSource, o: SourceOptions): Promise<[path: string, file: File][]> {
  const { configMap, secret, downwardAPI, serviceAccountToken } = source;
  if (configMap) {
    const found = await o.references.configMap(configMap.name);
    if (found === undefined && configMap.optional !== true) throw o.fail(`configmap "${configMap.name}" not found`);
    const text = Object.entries(found?.data ?? {}).map(([key, value]) => [key, Buffer.from(value)] as const);
    return project(new Map([...text, ...decoded(found?.binaryData)]), configMap, { ...o, noun: "config key" });
  }
  if (secret) {
    const found = await o.references.secret(secret.name);
    if (found === undefined && secret.optional !== true) throw o.fail(`secret "${secret.name}" not found`);
    return project(new Map(decoded(found?.data)), secret, { ...o, noun: "secret key" });
  }
  if (serviceAccountToken) {
    return [[serviceAccountToken.path, { data: Buffer.from(await o.token(serviceAccountToken)), mode: 0o600 }]];
  }
  return (downwardAPI?.items ?? []).map((item) => {
    return [item.path, { data: Buffer.from(downwardValue(item, o)), mode: item.mode ?? o.mode }];
  });
}

function decoded(data: Readonly<Record<string, string>> | undefined): (readonly [string, Buffer])[] {
  return Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, "base64")] as const);
}

function project(
  values: ReadonlyMap<string, Buffer>,
  projection: KeyProjection,
  o: SourceOptions & { readonly noun: string },
): [path: string, file: File][] {
  const all = [...values.keys()].map((key) => ({ key, path: key, mode: o.mode }));
  return (projection.items ?? all).flatMap(({ key, path, mode }) => {
    const data = values.get(key);
    if (data !== undefined) return [[path, { data, mode: mode ?? o.mode }]];
    if (projection.optional === true) return [];
    throw o.fail(`references non-existent ${o.noun}: ${key}`);
  });
}

function downwardValue(item: DownwardItem, o: SourceOptions): string {
  const { fieldRef, resourceFieldRef } = item;
  const container = o.pod.spec.containers.find((each) => each.name === resourceFieldRef?.containerName);
  const value = fieldRef
    ? fieldValue(o.pod, fieldRef.fieldPath, o.facts)
    : container && resourceFieldRef && resourceValue(container, resourceFieldRef, o.facts.allocatable);
  if (value === undefined) throw o.fail(`unsupported downward API item ${item.path}`);
  return value;
}
