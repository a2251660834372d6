import { gunzipSync, gzipSync } from "node:zlib";
import type { Outcome } from "../error.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";

/** What is told of a release without reading what it applied: small enough to list a history. */
export interface ReleaseSummary {
  readonly app: string;
  /** Counts the app's releases from 1. */
  readonly revision: number;
  /** `pending` while it is deployed; where the run that did was killed, the next one makes that `unknown`. */
  readonly outcome: Outcome | "pending";
  /** When its smoke test passed: an ISO time. A release without one is not verified. */
  readonly verified?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly commit: string;
  readonly actor: string;
  readonly repository: string;
  /** The workflow run, to open in a browser; "" outside of one. */
  readonly run: string;
  /** GitHub's number of the workflow run: a higher one is a newer run. */
  readonly runId: string;
  /** The newest workflow run that wanted the same and found it in place. */
  readonly confirmedBy?: string;
  /** Name to `repository@digest`, of the images that this deploy pinned. */
  readonly images: Readonly<Record<string, string>>;
  /** For a rollback: the revision whose objects were applied again, and the one it took back. */
  readonly restores?: number;
  readonly replaces?: number;
  readonly reason?: string;
  /** `false` where what earlier releases held was left there. */
  readonly pruned?: false;
}

/** One object as it was applied, and what the server then held of it. */
export interface RecordedObject {
  readonly object: KubernetesObject;
  readonly file?: string;
  readonly line?: number;
  readonly autoscaledBy?: string;
  /** `ownedHash` of the live object after the apply; absent where it was never applied. */
  readonly applied?: string;
}

/** A release's record: the summary and every object of it, Secrets included (so records live in Secrets themselves). */
export interface ReleaseRecord {
  readonly summary: ReleaseSummary;
  readonly objects: readonly RecordedObject[];
}

/** The objects as a Secret's data holds them: JSON, compressed, base64. A 300-object release takes about 20 kB. */
export function encodeObjects(objects: readonly RecordedObject[]): string {
  return gzipSync(JSON.stringify({ version: 1, objects })).toString("base64");
}

/** The inverse of `encodeObjects`. Throws where the text was damaged. */
export function decodeObjects(encoded: string): RecordedObject[] {
  const content = JSON.parse(gunzipSync(Buffer.from(encoded, "base64")).toString()) as {
    version?: number;
    objects?: RecordedObject[];
  };
  if (content.version !== 1 || !Array.isArray(content.objects)) {
    throw new Error(`a record of version ${String(content.version)}, and this Slipway reads version 1`);
  }
  return content.objects;
}
