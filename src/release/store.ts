import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { fieldManager, recordLabel, recordType } from "./labels.ts";
import { canonical } from "./owned-fields.ts";
import { decodeObjects, encodeObjects } from "./record.ts";
import type { ReleaseRecord, ReleaseSummary } from "./record.ts";

const summaryAnnotation = "slipway.dev/release";
/** A Secret holds 1 MiB of data, which is a third more in base64. This leaves room for what is only known in the end. */
const maxEncoded = 1_000_000;

export interface ReleaseStore {
  /** All releases of the app, oldest first, without their objects: one request. */
  history(): Promise<ReleaseSummary[]>;
  read(revision: number): Promise<ReleaseRecord>;
  create(record: ReleaseRecord): Promise<void>;
  /** Writes summary and objects again. */
  update(record: ReleaseRecord, signal?: AbortSignal): Promise<void>;
  /** Writes the summary alone. */
  annotate(summary: ReleaseSummary): Promise<void>;
  /** Removes a record, if it is there. */
  remove(revision: number): Promise<void>;
}

/** The records of one app: a Secret for each release, `slipway.APP.rREVISION`, in the app's namespace. */
export function releaseStore(
  api: KubernetesApi,
  { app, namespace }: { readonly app: string; readonly namespace: string },
): ReleaseStore {
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const pathOf = (revision: number): string => `${collection}/slipway.${app}.r${revision}`;
  const query = { fieldManager };
  const readSecret = (revision: number): Promise<KubernetesObject> =>
    api.request<KubernetesObject>({ method: "GET", path: pathOf(revision) });
  const isStored = async (summary: ReleaseSummary): Promise<boolean> =>
    canonical(readSummary(await readSecret(summary.revision))) === canonical(summary);
  return {
    async history() {
      // A list of metadata alone is null where there is nothing to list, unlike any other.
      const list = await api.request<{ items: KubernetesObject[] | null }>({
        method: "GET",
        path: collection,
        query: { labelSelector: `${recordLabel}=${app}` },
        accept: "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json",
      });
      return (list.items ?? []).map(readSummary).sort((a, b) => a.revision - b.revision);
    },
    async read(revision) {
      const secret = await readSecret(revision);
      return { summary: readSummary(secret), objects: readObjects(secret) };
    },
    async create(record) {
      const body = secretOf(record, { app, namespace });
      refuseTooLarge(body);
      const stored = api.request({ method: "POST", path: collection, query, body, repeatable: true });
      await unlessAnswered(409, stored, () => isStored(record.summary));
    },
    async update(record, signal) {
      const body = secretOf(record, { app, namespace });
      const path = pathOf(record.summary.revision);
      await api.request({ method: "PUT", path, query, body, repeatable: true, ...(signal && { signal }) });
    },
    async annotate(summary) {
      const body = { metadata: { annotations: { [summaryAnnotation]: JSON.stringify(summary) } } };
      await api.request({
        method: "PATCH",
        path: pathOf(summary.revision),
        query,
        contentType: "application/merge-patch+json",
        body,
        repeatable: true,
      });
    },
    async remove(revision) {
      const gone = api.request({ method: "DELETE", path: pathOf(revision), repeatable: true });
      await unlessAnswered(404, gone, () => Promise.resolve(true));
    },
  };
}

/** A write that was done already, by a try whose answer was lost, is a good one. */
async function unlessAnswered(status: number, write: Promise<unknown>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== status || !(await isDone())) throw error;
  }
}

function secretOf(
  { summary, objects }: ReleaseRecord,
  { app, namespace }: { app: string; namespace: string },
): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: recordType,
    metadata: {
      name: `slipway.${app}.r${summary.revision}`,
      namespace,
      labels: { [recordLabel]: app, "app.kubernetes.io/managed-by": "slipway" },
      annotations: { [summaryAnnotation]: JSON.stringify(summary) },
    },
    data: { release: encodeObjects(objects) },
  };
}

function refuseTooLarge({ data, metadata }: KubernetesObject): void {
  const { release = "" } = data as { release?: string };
  if (release.length <= maxEncoded) return;
  throw new SlipwayError(
    `Cannot keep the record ${metadata.name} because its objects are too large: got ${release.length} bytes, and a record holds ${maxEncoded}`,
    { code: "configuration", hint: "Split the manifests into several apps." },
  );
}

function readSummary({ metadata }: KubernetesObject): ReleaseSummary {
  const text = metadata.annotations?.[summaryAnnotation];
  try {
    return JSON.parse(text ?? "") as ReleaseSummary;
  } catch (cause) {
    throw damaged(metadata.name, cause);
  }
}

function readObjects(secret: KubernetesObject): ReleaseRecord["objects"] {
  const data = secret.data as Record<string, string> | undefined;
  try {
    return decodeObjects(data?.release ?? "");
  } catch (cause) {
    throw damaged(secret.metadata.name, cause);
  }
}

function damaged(name: string, cause: unknown): SlipwayError {
  return new SlipwayError(`Cannot read the release record ${name} because it is damaged`, {
    code: "refused",
    hint: `Look at it with "kubectl get secret ${name} -o yaml". Once it is deleted, Slipway goes on without that release.`,
    cause,
  });
}
