import { json } from "../http.ts";
import type { Answer } from "../http.ts";

const mostPerPage = 100;

/** The page that `page` and `per_page` (30, at most 100) ask for, with the links to the others in the header `Link`. */
export function pageOf(all: readonly unknown[], url: URL): Answer {
  const size = Math.min(mostPerPage, positive(url, "per_page") ?? 30);
  const page = positive(url, "page") ?? 1;
  const last = Math.max(1, Math.ceil(all.length / size));
  const link = (to: number, rel: string): string => {
    const linked = new URL(url);
    linked.searchParams.set("page", String(to));
    return `<${linked.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first")] : []),
  ];
  const headers = links.length === 0 ? {} : { link: links.join(", ") };
  return json(200, all.slice((page - 1) * size, page * size), headers);
}

/** GitHub takes what it cannot read as not given. */
function positive(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name) ?? "";
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
