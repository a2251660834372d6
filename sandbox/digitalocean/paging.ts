import { DigitalOceanError } from "./errors.ts";

/** A list's `links` and `meta`, and the entries of the page that was asked for. */
export interface Page<T> {
  readonly entries: readonly T[];
  readonly links: { readonly pages?: Readonly<Record<string, string>> };
  readonly meta: { readonly total: number };
}

/** `page` and `per_page` (20, at most 200). Throws `bad_request` for anything but positive numbers. */
export function pageOf<T>(all: readonly T[], url: URL): Page<T> {
  const size = Math.min(200, positive(url, "per_page", 20));
  const page = positive(url, "page", 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number): string => withParameters(url, { page: to, per_page: size });
  const pages = {
    ...(page > 1 ? { first: link(1), prev: link(page - 1) } : {}),
    ...(page < last ? { next: link(page + 1), last: link(last) } : {}),
  };
  return {
    entries: all.slice((page - 1) * size, page * size),
    links: Object.keys(pages).length === 0 ? {} : { pages },
    meta: { total: all.length },
  };
}

function positive(url: URL, name: string, byDefault: number): number {
  const text = url.searchParams.get(name);
  if (text === null) return byDefault;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new DigitalOceanError("bad_request", `${name} must be a positive number`);
}

function withParameters(url: URL, parameters: Readonly<Record<string, string | number>>): string {
  const linked = new URL(url);
  for (const [name, value] of Object.entries(parameters)) linked.searchParams.set(name, String(value));
  return linked.href;
}
