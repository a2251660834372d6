import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { inParallel } from "../../parallel.ts";
import { fieldManager, recordLabel } from "../labels.ts";
import { canonical } from "../fields/owned-fields.ts";
import { parallelRequests } from "../ports.ts";
import {
  contentOf,
  listRecords,
  partNames,
  recordName,
  summaryOf,
  toEndingPatch,
  toSecrets,
  toSummaryPatch,
} from "./record-secrets.ts";
import type { RecordListing, RecordOwner } from "./record-secrets.ts";
import type { ReleaseRecord, ReleaseSummary } from "./record.ts";

export interface ReleaseStore {
  /** All releases of the app, oldest first, without their objects: one request. */
  history(): Promise<ReleaseSummary[]>;
  /** The same, with what else a list of the records tells. */
  list(): Promise<RecordListing>;
  /** @throws SlipwayError `refused` where the record is damaged; ApiError 404 where there is none. */
  read(revision: number): Promise<ReleaseRecord>;
  /** There is a record once this has ended well, and otherwise none: it is never a part of one. */
  create(record: ReleaseRecord): Promise<void>;
  /** Writes down how a release ended: its summary, what became of its objects, and the leftovers. */
  update(record: ReleaseRecord, signal?: AbortSignal): Promise<void>;
  /** Writes the summary alone. */
  annotate(summary: ReleaseSummary): Promise<void>;
  /** Removes a record, if it is there. */
  remove(revision: number): Promise<void>;
  /** Removes parts that belong to no record. */
  removeOrphans(names: readonly string[]): Promise<void>;
}

/** The records of one app: a Secret for each release, `slipway.APP.rREVISION`, and more for a large one, in the app's namespace. */
export function releaseStore(api: KubernetesApi, owner: RecordOwner): ReleaseStore {
  return new SecretStore(api, owner);
}

class SecretStore implements ReleaseStore {
  readonly #api: KubernetesApi;
  readonly #owner: RecordOwner;
  readonly #collection: string;
  /** As of the last list: whoever removes a record removes its parts, too. */
  #parts: RecordListing["parts"] = new Map();

  constructor(api: KubernetesApi, owner: RecordOwner) {
    this.#api = api;
    this.#owner = owner;
    this.#collection = `/api/v1/namespaces/${owner.namespace}/secrets`;
  }

  async history(): Promise<ReleaseSummary[]> {
    return [...(await this.list()).releases];
  }

  async list(): Promise<RecordListing> {
    // A list of metadata alone is null where there is nothing to list, unlike any other.
    const { items } = await this.#api.request<{ items: KubernetesObject[] | null }>({
      method: "GET",
      path: this.#collection,
      query: { labelSelector: `${recordLabel}=${this.#owner.app}` },
      accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
    });
    const listing = listRecords(items ?? [], this.#owner.app);
    this.#parts = listing.parts;
    return listing;
  }

  async read(revision: number): Promise<ReleaseRecord> {
    const head = await this.#get(recordName(this.#owner.app, revision));
    try {
      const summary = summaryOf(head, this.#owner.app);
      const parts = await inParallel(partNames(head), parallelRequests, (name) => this.#getPart(name));
      return { summary, ...contentOf([head, ...parts]) };
    } catch (cause) {
      if (cause instanceof SlipwayError) throw cause;
      throw damaged(head.metadata.name, this.#owner.namespace, cause as Error);
    }
  }

  async create(record: ReleaseRecord): Promise<void> {
    const { head, parts } = toSecrets(record, this.#owner);
    await inParallel(parts, parallelRequests, (part) =>
      this.#post(part, (stored) => canonical(stored.data) === canonical(part.data)),
    );
    await this.#post(head, (stored) => isRecordOf(stored, record.summary));
  }

  async update(record: ReleaseRecord, signal?: AbortSignal): Promise<void> {
    await this.#patch(record.summary, toEndingPatch(record), signal);
  }

  async annotate(summary: ReleaseSummary): Promise<void> {
    await this.#patch(summary, toSummaryPatch(summary));
  }

  async remove(revision: number): Promise<void> {
    // Without its first Secret it is no record any more, so that comes first.
    await this.#delete(recordName(this.#owner.app, revision));
    await this.removeOrphans(this.#parts.get(revision) ?? []);
  }

  async removeOrphans(names: readonly string[]): Promise<void> {
    await inParallel(names, parallelRequests, (name) => this.#delete(name));
  }

  #get(name: string): Promise<KubernetesObject> {
    return this.#api.request<KubernetesObject>({ method: "GET", path: `${this.#collection}/${name}` });
  }

  async #getPart(name: string): Promise<KubernetesObject> {
    try {
      return await this.#get(name);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) throw new Error(`it lacks its part ${name}`);
      throw error;
    }
  }

  /** `isDone` tells whether a Secret of that name is this very one: written by a try whose answer was lost. */
  async #post(body: KubernetesObject, isDone: (stored: KubernetesObject) => boolean): Promise<void> {
    const query = { fieldManager };
    const stored = this.#api.request({ method: "POST", path: this.#collection, query, body, repeatable: true });
    await unlessAnswered(409, stored, async () => isDone(await this.#get(body.metadata.name)));
  }

  async #patch({ revision }: ReleaseSummary, body: object, signal?: AbortSignal): Promise<void> {
    await this.#api.request({
      method: "PATCH",
      path: `${this.#collection}/${recordName(this.#owner.app, revision)}`,
      query: { fieldManager },
      contentType: "application/merge-patch+json",
      body,
      repeatable: true,
      ...(signal && { signal }),
    });
  }

  async #delete(name: string): Promise<void> {
    const gone = this.#api.request({ method: "DELETE", path: `${this.#collection}/${name}`, repeatable: true });
    await unlessAnswered(404, gone, () => Promise.resolve(true));
  }
}

/** Whether it is the record of this very release, and of no other that has its number. */
function isRecordOf(secret: KubernetesObject, summary: ReleaseSummary): boolean {
  try {
    return canonical(summaryOf(secret, summary.app)) === canonical(summary);
  } catch {
    return false; // What is no record is not ours.
  }
}

/** A write that was done already, by a try whose answer was lost, is a good one. */
async function unlessAnswered(status: number, write: Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== status || !(await isDone())) throw error;
  }
}

function damaged(name: string, namespace: string, { message }: Error): SlipwayError {
  return new SlipwayError(`Cannot read the release record ${name} because it is damaged: ${message}`, {
    code: "refused",
    hint: `Look at it with "kubectl get secret ${name} -n ${namespace} -o yaml". Once it is deleted, Slipway goes on without that release.`,
  });
}
