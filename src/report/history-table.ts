import type { ReleaseSummary } from "../release/record/record.ts";
import { code, details, escapeMarkdown, link, table } from "./markdown.ts";

/** As many as are kept, or so: some may be older. */
const shownReleases = 12;
const shownImages = 3;

/** The releases of an app for a summary, newest first, folded away; "" where there are none. `history` is oldest first. */
export function historyTable(history: readonly ReleaseSummary[]): string {
  if (history.length === 0) return "";
  const shown = history.toReversed().slice(0, shownReleases);
  const hasReasons = shown.some(({ reason = "" }) => reason !== "");
  const headers = ["Release", "When (UTC)", "Commit", "By", "Images", "Outcome", ...(hasReasons ? ["Reason"] : [])];
  const rows = shown.map((release) => [
    revision(release),
    release.startedAt.slice(0, 16).replace("T", " "),
    commit(release),
    escapeMarkdown(release.actor),
    images(release),
    outcome(release),
    ...(hasReasons ? [escapeMarkdown(release.reason ?? "")] : []),
  ]);
  const older = history.length - shown.length;
  return details("History", `${table(headers, rows)}${older === 0 ? "" : `\n\nand ${older} older`}`);
}

function revision({ revision: number, run }: ReleaseSummary): string {
  return link(`r${number}`, run);
}

function commit({ commit: hash, run, restores }: ReleaseSummary): string {
  const short = code(hash.slice(0, 12));
  // The run's address begins with that of the repository.
  const repository = /^(.+)\/actions\/runs\/\d+$/.exec(run)?.[1];
  const isHash = /^[0-9a-f]{7,64}$/.test(hash);
  const linked = repository === undefined || !isHash ? short : link(short, `${repository}/commit/${hash}`);
  return restores === undefined ? linked : `${linked} back to r${restores}`.trimStart();
}

/** Names and the beginnings of digests: as much as tells two releases apart. */
function images({ images: pinned }: ReleaseSummary): string {
  const all = Object.entries(pinned).map(([name, reference]) => {
    const digest = /@sha256:([0-9a-f]{12})[0-9a-f]*$/.exec(reference)?.[1];
    return code(digest === undefined ? reference : `${name}@${digest}`);
  });
  const more = all.length - shownImages;
  return [...all.slice(0, shownImages), ...(more > 0 ? [`and ${more} more`] : [])].join("<br>");
}

function outcome({ outcome: ended, verified, damaged }: ReleaseSummary): string {
  return [ended, ...(verified === undefined ? [] : ["verified"]), ...(damaged === undefined ? [] : ["damaged"])].join(
    ", ",
  );
}
