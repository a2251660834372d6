import type { Change, PlanDocument } from "../release/plan/plan-document.ts";
import { changesAsYaml } from "./change-yaml.ts";
import { code, codeBlock, details, escapeMarkdown, table } from "./markdown.ts";
import { problemList } from "./problem-list.ts";
import { countChanges } from "./release-lines.ts";
import { uncheckedReasons } from "./unchecked.ts";

/** Rows of the table: a deploy of hundreds of objects must not bury what matters. */
const mostRows = 100;
/** Objects whose fields are shown without a click. */
const mostOpen = 10;
const mostLines = 80;
/** Characters of all objects' fields together: a comment on GitHub holds 65,536 in all, and is refused beyond. */
const mostText = 40_000;

/** A plan as Markdown, for the summary and for a comment. Without headings: they are the caller's. */
export function planMarkdown(plan: Pick<PlanDocument, "changes"> & Partial<PlanDocument>): string {
  const { changes, problems = [], roles } = plan;
  const told = changes.filter(({ action, warnings }) => action !== "unchanged" || warnings !== undefined);
  const sections = [
    problems.length === 0 ? "" : `**The cluster would refuse it:**\n\n${problemList(problems)}`,
    roles === undefined ? "" : `**What gives the permissions that are missing:**\n\n${codeBlock(roles, "yaml")}`,
    changes.length === 0 ? "" : `**${escapeMarkdown(countChanges(changes))}**`,
    changeTable(told.filter(({ action }) => action !== "unchanged")),
    ...fieldSections(told),
    takenList(told),
    warningList(told),
    uncheckedList(told),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

const signs: Readonly<Record<Change["action"], string>> = {
  create: "🟢 create",
  update: "🟡 update",
  delete: "🔴 **delete**",
  skip: "⚪ left alone",
  unchanged: "unchanged",
};

function changeTable(changes: readonly Change[]): string {
  if (changes.length === 0) return "";
  const rows = changes
    .slice(0, mostRows)
    .map((change) => [signs[change.action], code(change.object), placeOf(change), noteOf(change)]);
  const columns = rows.some(([, , , note]) => note !== "") ? 4 : 3;
  const headers = ["", "Object", "Manifest", "Note"].slice(0, columns);
  const more = changes.length > mostRows ? `\n\nand ${changes.length - mostRows} more` : "";
  return `${table(
    headers,
    rows.map((row) => row.slice(0, columns)),
  )}${more}`;
}

function placeOf({ file, line }: Pick<Change, "file" | "line">): string {
  return file === undefined ? "" : code(`${file}:${line ?? 1}`);
}

function noteOf({ reason, adopted, rolls }: Change): string {
  const notes = [
    reason,
    adopted === undefined ? undefined : `taken over from ${adopted}`,
    rolls === true ? "its pods are replaced" : undefined,
  ];
  return escapeMarkdown(notes.filter((note) => note !== undefined).join("; "));
}

/** What changes in each object that is updated, as YAML with signs. */
function fieldSections(changes: readonly Change[]): string[] {
  const updated = changes.filter(({ fields }) => fields.length > 0);
  const sections: string[] = [];
  let left = mostText;
  for (const [index, change] of updated.entries()) {
    const section = fieldSection(change, index < mostOpen);
    left -= section.length;
    if (left < 0)
      return [...sections, `The output \`plan\` tells what changes in the other ${updated.length - index}.`];
    sections.push(section);
  }
  return sections;
}

function fieldSection(change: Change, isOpen: boolean): string {
  const lines = changesAsYaml(change.fields);
  const more = lines.length > mostLines ? [`  … and ${lines.length - mostLines} more lines`] : [];
  const block = codeBlock([...lines.slice(0, mostLines), ...more].join("\n"), "diff");
  return isOpen ? `${code(change.object)} ${placeOf(change)}\n\n${block}` : details(change.object, block);
}

function takenList(changes: readonly Change[]): string {
  const items = changes.flatMap(({ object, taken = [] }) =>
    taken.map((field) => `- ${code(object)}: ${escapeMarkdown(field)}`),
  );
  return items.length === 0 ? "" : `**Fields that are taken from others:**\n\n${items.join("\n")}`;
}

function warningList(changes: readonly Change[]): string {
  const items = changes.flatMap((change) =>
    (change.warnings ?? []).map(
      (warning) => `- ${code(change.object)} ${placeOf(warning)}: ${escapeMarkdown(warning.message)}`,
    ),
  );
  return items.length === 0 ? "" : `⚠️ **The cluster warns:**\n\n${items.join("\n")}`;
}

function uncheckedList(changes: readonly Change[]): string {
  const items = uncheckedReasons(changes).map((reason) => `- ${escapeMarkdown(reason)}`);
  return items.length === 0 ? "" : `**Not checked beforehand:**\n\n${items.join("\n")}`;
}
