import { createHash } from "node:crypto";
import { SlipwayError } from "../../error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { recordLabel, recordType } from "../labels.ts";
import { decodeRecord, encodeLive, encodeObjects } from "./record.ts";
import type { ReleaseRecord, ReleaseSummary } from "./record.ts";
import { readSummary, writeSummary } from "../summary-text.ts";

/** Whose records: every name and every label is made of it. */
export interface RecordOwner {
  readonly app: string;
  readonly namespace: string;
}

/**
 * A record as Secrets. The first one makes it a record: it has the summary and, where it is small enough, everything else. Otherwise the
 * objects are in parts, which are written before it: what was cut off while it was written is parts that nothing names.
 */
export interface RecordSecrets {
  readonly head: KubernetesObject;
  readonly parts: readonly KubernetesObject[];
}

/** What a list of the records tells, without what is in them. */
export interface RecordListing {
  /** Oldest first. Of one that is damaged it says why. */
  readonly releases: readonly ReleaseSummary[];
  /** The names of its parts, for each release that has any. */
  readonly parts: ReadonlyMap<number, readonly string[]>;
  /** Names of parts that belong to no record. */
  readonly orphans: readonly string[];
}

const summaryAnnotation = "slipway.dev/release";
/** On a first Secret whose objects are elsewhere: `SET COUNT`. SET is of their content, so no part is ever taken for another's. */
const partsAnnotation = "slipway.dev/parts";

/** A Secret holds 1 MiB of data, and some proxies let no more than 1 MB through: this much makes 933 kB of base64. */
const partBytes = 700_000;
/** A record of 70 MB is none that anybody wants in a cluster. */
const maxParts = 99;
/** What is known of an object after it was applied takes less, compressed. */
const liveBytes = 64;

export function recordName(app: string, revision: number): string {
  return `slipway.${app}.r${revision}`;
}

/** @throws SlipwayError `configuration` where there is so much that no record could hold it, now or when the release has ended. */
export function toSecrets(record: ReleaseRecord, { app, namespace }: RecordOwner): RecordSecrets {
  const { revision } = record.summary;
  const [objects, live] = [encodeObjects(record), encodeLive(record)];
  const reserved = (record.objects.length + (record.leftovers?.length ?? 0)) * liveBytes;
  if (reserved > partBytes || objects.length > maxParts * partBytes) throw tooLarge(app, record, objects.length);
  const secret = (name: string, data: Record<string, Buffer>): KubernetesObject => {
    const labels = { [recordLabel]: app, "app.kubernetes.io/managed-by": "slipway" };
    const encoded = Object.entries(data).map(([key, bytes]) => [key, bytes.toString("base64")] as const);
    const metadata = { name, namespace, labels };
    return { apiVersion: "v1", kind: "Secret", type: recordType, metadata, data: Object.fromEntries(encoded) };
  };
  const name = recordName(app, revision);
  const chunks = objects.length + reserved <= partBytes ? [] : split(objects);
  const set = setOf(objects);
  const head = secret(name, chunks.length === 0 ? { release: objects, live } : { live });
  const parts = chunks.length === 0 ? {} : { [partsAnnotation]: `${set} ${chunks.length}` };
  const annotations = { [summaryAnnotation]: writeSummary(record.summary), ...parts };
  return {
    head: { ...head, metadata: { ...head.metadata, annotations } },
    parts: chunks.map((part, index) => secret(partName(name, set, index + 1), { part })),
  };
}

function split(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / partBytes);
  return Array.from({ length: count }, (_, index) => bytes.subarray(index * partBytes, (index + 1) * partBytes));
}

function setOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

function partName(head: string, set: string, part: number): string {
  return `${head}.${set}.${part}`;
}

function tooLarge(app: string, { objects }: ReleaseRecord, bytes: number): SlipwayError {
  const got = `got ${objects.length} objects, of ${Math.ceil(bytes / 1_000_000)} MB when compressed`;
  return new SlipwayError(`Cannot keep a record of ${app} because it is too large: ${got}`, {
    code: "configuration",
    hint: `Split the manifests into several apps, each of ${Math.floor(partBytes / liveBytes)} objects and ${(maxParts * partBytes) / 1_000_000} MB at most.`,
  });
}

/** What changes in the first Secret when a release ends, as a JSON merge patch. */
export function toEndingPatch(record: ReleaseRecord): object {
  return { ...toSummaryPatch(record.summary), data: { live: encodeLive(record).toString("base64") } };
}

/** The same for the summary alone. */
export function toSummaryPatch(summary: ReleaseSummary): object {
  return { metadata: { annotations: { [summaryAnnotation]: writeSummary(summary) } } };
}

/** The names of the parts that a first Secret speaks of. */
export function partNames({ metadata }: Pick<KubernetesObject, "metadata">): string[] {
  // Anybody may have written it, and names become paths of requests.
  const [, set = "", count = "0"] =
    /^([0-9a-f]{16}) (\d{1,2})$/.exec(metadata.annotations?.[partsAnnotation] ?? "") ?? [];
  return Array.from({ length: Number(count) }, (_, index) => partName(metadata.name, set, index + 1));
}

/** The summary as it stands in the first Secret. Throws an Error that says what is wrong with it. */
export function summaryOf({ metadata }: Pick<KubernetesObject, "metadata">, app: string): ReleaseSummary {
  const summary = readSummary(metadata.annotations?.[summaryAnnotation]);
  if (recordName(app, summary.revision) !== metadata.name || summary.app !== app)
    throw new Error(`its summary is that of ${summary.app} r${summary.revision}`);
  return summary;
}

/**
 * What a record holds besides its summary, from all of its Secrets, the first one first.
 * Throws an Error that says what is wrong with them.
 */
export function contentOf([head, ...parts]: readonly KubernetesObject[]): Omit<ReleaseRecord, "summary"> {
  const objects =
    parts.length === 0 ? bytesOf(head, "release") : Buffer.concat(parts.map((each) => bytesOf(each, "part")));
  const set = head?.metadata.annotations?.[partsAnnotation]?.split(" ")[0];
  if (set !== undefined && setOf(objects) !== set) throw new Error("its parts are not as they were written");
  return decodeRecord({ objects, live: bytesOf(head, "live") });
}

function bytesOf(secret: KubernetesObject | undefined, key: string): Buffer {
  const data = secret?.data as Readonly<Record<string, string>> | undefined;
  return Buffer.from(data?.[key] ?? "", "base64");
}

/** Sorts what has the label of an app's records; what has none of the names that Slipway gives, such as a copy, is not looked at. */
export function listRecords(secrets: readonly Pick<KubernetesObject, "metadata">[], app: string): RecordListing {
  const names = new Set(secrets.map(({ metadata }) => metadata.name));
  const heads = secrets.flatMap((secret) => {
    const revision = revisionOf(secret.metadata.name, app);
    return revision === undefined ? [] : [{ secret, revision, parts: partNames(secret) }];
  });
  const known = new Set(heads.flatMap(({ parts }) => parts));
  const isPart = (name: string): boolean => /^\.r\d+\.[0-9a-f]{16}\.\d+$/.test(name.slice(`slipway.${app}`.length));
  const releases = heads.map(({ secret, revision, parts }) => {
    const missing = parts.filter((name) => !names.has(name));
    return {
      ...readOrDescribe(secret, { app, revision }),
      ...(missing.length === 0 ? {} : { damaged: lacks(missing) }),
    };
  });
  return {
    releases: releases.sort((a, b) => a.revision - b.revision),
    parts: new Map(heads.filter(({ parts }) => parts.length > 0).map(({ revision, parts }) => [revision, parts])),
    orphans: [...names].filter((name) => name.startsWith(`slipway.${app}.`) && isPart(name) && !known.has(name)),
  };
}

function lacks(missing: readonly string[]): string {
  return `it lacks ${missing.length === 1 ? "its part" : "its parts"} ${missing.join(", ")}`;
}

function revisionOf(name: string, app: string): number | undefined {
  const start = `slipway.${app}.r`;
  const digits = name.startsWith(start) ? name.slice(start.length) : "";
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : undefined;
}

/** A damaged summary is one of which nothing is known but that there was a release: its number is taken. */
function readOrDescribe(
  secret: Pick<KubernetesObject, "metadata">,
  { app, revision }: { readonly app: string; readonly revision: number },
): ReleaseSummary {
  try {
    return summaryOf(secret, app);
  } catch (error) {
    const startedAt = secret.metadata.creationTimestamp ?? new Date(0).toISOString();
    const nothing = { commit: "", actor: "", repository: "", run: "", runId: "", images: {} };
    return { app, revision, outcome: "unknown", startedAt, ...nothing, damaged: (error as Error).message };
  }
}
