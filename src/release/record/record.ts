import { gunzipSync, gzipSync } from "node:zlib";
import type { Outcome } from "../../error.ts";
import { parseExactJson } from "../../kubernetes/exact-json.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";

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
  /** How often that run had been started again, counted from 1; absent outside of one. */
  readonly runAttempt?: number;
  /** The newest workflow run that wanted the same and found it in place. */
  readonly confirmedBy?: string;
  /** Name to `repository@digest`, of the images that this deploy pinned. */
  readonly images: Readonly<Record<string, string>>;
  /** For a rollback: the revision whose objects were applied again, and the one it took back. */
  readonly restores?: number;
  readonly replaces?: number;
  readonly reason?: string;
  /** `false` where it was applied and nobody has waited: it "succeeded" in that alone. */
  readonly watched?: false;
  /** `false` where what earlier releases held was left there. */
  readonly pruned?: false;
  /** What is wrong with its record. Never stored: whoever reads a history finds it out. */
  readonly damaged?: string;
}

/** One object as it was applied, and what the server then held of it. */
export interface RecordedObject {
  readonly object: KubernetesObject;
  readonly file?: string;
  readonly line?: number;
  readonly autoscaledBy?: string;
  /** `ownedHash` of the live object after the apply; absent where it was never applied. */
  readonly applied?: string;
  /** The live object's own, after the apply: one that was deleted and made again has another. */
  readonly uid?: string;
  /** Whom it belonged to before this app took it over: `the app "other"`. Going back does not delete it. */
  readonly adoptedFrom?: string;
}

/** A release's record: the summary and every object of it, Secrets included (so records live in Secrets themselves). */
export interface ReleaseRecord {
  readonly summary: ReleaseSummary;
  readonly objects: readonly RecordedObject[];
  /**
   * What earlier releases applied, this one does not have, and nobody is known to have removed: no more of each than it takes to find
   * it. So the newest record alone tells what may be in the cluster.
   */
  readonly leftovers?: readonly RecordedObject[];
}

/** What a record holds besides its summary, as bytes for Secrets: JSON, compressed, and no better hidden than the Secret it is put in. */
export interface EncodedRecord {
  readonly objects: Buffer;
  readonly live: Buffer;
}

type Content = Omit<ReleaseRecord, "summary">;

interface LiveState {
  readonly objects: readonly Pick<RecordedObject, "applied" | "uid">[];
  readonly leftovers: readonly RecordedObject[];
}

/** The objects as they were asked for. They never change, and may be large: a 300-object release takes about 20 kB. */
export function encodeObjects({ objects }: Content): Buffer {
  return pack({ objects: objects.map(({ applied, uid, ...asked }) => asked) });
}

/** What became of them, and the leftovers: written again when the release ends. A few dozen bytes for each object. */
export function encodeLive({ objects, leftovers = [] }: Content): Buffer {
  const became = objects.map(({ applied, uid }) => ({ ...(applied && { applied }), ...(uid && { uid }) }));
  const live: LiveState = { objects: became, leftovers };
  return pack(live);
}

/** The inverse of both. Throws where the bytes were damaged. */
export function decodeRecord(encoded: EncodedRecord): Content {
  const { objects } = unpack(encoded.objects) as Pick<ReleaseRecord, "objects">;
  const live = unpack(encoded.live) as LiveState;
  if (live.objects.length !== objects.length) throw new Error("its two halves do not match");
  const whole = objects.map((object, index) => ({ ...object, ...live.objects[index] }));
  return { objects: whole, leftovers: live.leftovers };
}

function pack(content: object): Buffer {
  return gzipSync(JSON.stringify({ version: 1, ...content }));
}

/** What was packed: whoever can write it may as well change the objects themselves. */
function unpack(bytes: Buffer): unknown {
  const content = parseExactJson(gunzipSync(bytes).toString()) as { readonly version?: number };
  if (content.version !== 1)
    throw new Error(`it has version ${String(content.version)}, and this Slipway reads version 1`);
  return content;
}
