import { escapeMarkdown } from "../report/markdown.ts";
import { wholeBlocks } from "../runner/whole-blocks.ts";
import type { Comments } from "./comments.ts";
import type { Subject } from "./subject.ts";

export interface StickyComment {
  readonly app: string;
  readonly namespace: string;
  /** Where one is given, each has a comment of its own: the same app may be planned for two clusters. */
  readonly environment: string | undefined;
  /** Markdown, with everything escaped that others wrote. */
  readonly markdown: string;
}

/** GitHub takes so many characters, of which none is shorter than a byte. */
const longestBody = 65_536;

/**
 * Puts the text into the one comment that the app has on the pull request, and makes that if it is not there. A run that is older than the
 * one which wrote last changes nothing.
 */
export async function putStickyComment(comments: Comments, subject: Subject, sticky: StickyComment): Promise<void> {
  const marker = markerOf(sticky);
  const body = bodyOf(subject, marker, sticky);
  const known = await comments.findOwn((text) => text.startsWith(marker));
  if (known === undefined) return comments.create(body);
  const run = /^ run=(\d+) /.exec((known.body ?? "").slice(marker.length))?.[1] ?? "0";
  if (BigInt(run) > BigInt(subject.runId)) return;
  await comments.update(known.id, body);
}

/** How the comment begins, which nobody sees. The names cannot end the comment: two are DNS labels, the third is encoded. */
function markerOf({ app, namespace, environment = "" }: StickyComment): string {
  return `<!-- slipway:plan ${app}/${namespace}/${encodeURIComponent(environment)}`;
}

function bodyOf({ runId, runUrl }: Subject, marker: string, { environment, markdown }: StickyComment): string {
  const head = `${marker} run=${runId} -->\n`;
  const link = `[run ${runId}](${runUrl})`;
  const text = `${markdown.trimEnd()}\n\n`;
  const place = environment === undefined ? "" : ` for ${escapeMarkdown(environment)}`;
  const foot = `<sub>From ${link}${place}.</sub>\n`;
  if (Buffer.byteLength(head + text + foot) <= longestBody) return head + text + foot;
  const cut = `\n\n_The rest does not fit into a comment: the summary of ${link} has more of it._\n`;
  return head + wholeBlocks(text, longestBody - Buffer.byteLength(head + cut)).trimEnd() + cut;
}
