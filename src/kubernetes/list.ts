import { ApiError } from "./api-error.ts";
import type { ApiRequest, KubernetesApi } from "./api.ts";

/** One collection at one moment. Its items carry neither apiVersion nor kind, since the list does. */
export interface ObjectList<T> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: readonly T[];
  /** Where a watch takes up. */
  readonly resourceVersion: string | undefined;
}

export interface ListOptions {
  readonly api: KubernetesApi;
  readonly path: string;
  readonly query?: ApiRequest["query"];
  readonly signal?: AbortSignal;
}

const pageSize = 500;

/** Reads a collection page by page. Where the server has forgotten the moment between two pages (410), it is read again, in one piece. */
export async function listObjects<T>(options: ListOptions): Promise<ObjectList<T>> {
  try {
    return await readPages<T>(options, pageSize);
  } catch (error) {
    if (!isExpired(error)) throw error;
    // As client-go does: whatever takes longer than the server remembers would take longer again.
    return readPages<T>(options, undefined);
  }
}

/** Whether the server does not know the moment any more that a request or a watch goes on from. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && error.status === 410;
}

async function readPages<T>(
  { api, path, query, signal }: ListOptions,
  limit: number | undefined,
): Promise<ObjectList<T>> {
  const items: T[] = [];
  for (let next: string | undefined; ;) {
    const page = await api.request<Page<T>>({
      method: "GET",
      path,
      query: { ...query, limit, continue: next },
      ...(signal && { signal }),
    });
    // Not spread: a page without a limit may hold more items than a call takes arguments.
    for (const item of page.items ?? []) items.push(item);
    next = page.metadata?.continue || undefined;
    const { apiVersion, kind } = page;
    if (next === undefined) return { apiVersion, kind, items, resourceVersion: page.metadata?.resourceVersion };
  }
}

interface Page<T> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly items?: readonly T[] | null;
}
