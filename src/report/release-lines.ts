import type { Json } from "../kubernetes/object.ts";
import type { FieldChange } from "../release/plan/diff.ts";
import { diffLines } from "./line-diff.ts";
import type { Change } from "../release/plan/plan-document.ts";

/** A deploy of hundreds of objects must not bury the lines that matter. */
const maxFields = 8;
const maxObjects = 60;
const maxValue = 100;

/** `2 to create, 1 to update, 9 unchanged`: what a plan comes to. */
export function countChanges(changes: readonly Change[]): string {
  const words = {
    create: "to create",
    update: "to update",
    delete: "to delete",
    skip: "left alone",
    unchanged: "unchanged",
  } as const;
  const counts = Object.entries(words).flatMap(([action, word]) => {
    const count = changes.filter((change) => change.action === action).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return counts.length === 0 ? "nothing to do" : counts.join(", ");
}

/** A plan for the log: a line for each object that changes, its fields below it. */
export function planLines(changes: readonly Change[]): string[] {
  const told = changes.filter(({ action }) => action !== "unchanged");
  const width = Math.max(0, ...told.map(({ object }) => object.length));
  const lines = told.slice(0, maxObjects).flatMap((change) => {
    const fields = change.fields
      .slice(0, maxFields)
      .flatMap((field) => fieldLines(field).map((line) => `            ${line}`));
    const more =
      change.fields.length > maxFields ? [`            and ${change.fields.length - maxFields} more fields`] : [];
    return [
      `  ${change.action.padEnd(8)}${change.object.padEnd(width)}  ${noteOf(change)}`.trimEnd(),
      ...fields,
      ...more,
    ];
  });
  return told.length > maxObjects ? [...lines, `  and ${told.length - maxObjects} more objects`] : lines;
}

function noteOf({ action, file, line, reason, adopted, rolls }: Change): string {
  const where = file === undefined || action === "skip" ? undefined : `${file}:${line ?? 1}`;
  const owner = adopted === undefined ? undefined : `taken over from ${adopted}`;
  return [where, reason, owner, rolls === true ? "its pods are replaced" : undefined]
    .filter((note) => note !== undefined)
    .join(", ");
}

/** A field on a line of its own; of a text of several lines, those that change. */
function fieldLines(field: FieldChange): string[] {
  const { path, before, after } = field;
  if (typeof before !== "string" || typeof after !== "string" || !/\n.*\n/s.test(`${before}${after}`))
    return [describeField(field)];
  const changed = diffLines(before.split("\n"), after.split("\n")).filter(({ sign }) => sign !== " ");
  const shown = changed.slice(0, maxFields).map(({ sign, text }) => `${sign} ${text.slice(0, maxValue)}`);
  const more = changed.length > maxFields ? [`and ${changed.length - maxFields} more lines`] : [];
  return [`${path}:`, ...shown, ...more];
}

/** `spec.replicas: 2 → 4`, each value on one line and short. */
export function describeField({ path, before, after, hidden }: FieldChange): string {
  if (hidden !== undefined) return `${path}: ${hidden} (values of Secrets are not shown)`;
  const [was, becomes] = withoutCommonRepository(before, after);
  return `${path}: ${describeValue(was)} → ${describeValue(becomes)}`;
}

/** Two images of one repository differ in their digests, and that is all there is to tell. */
function withoutCommonRepository(
  before: Json | undefined,
  after: Json | undefined,
): [Json | undefined, Json | undefined] {
  if (typeof before !== "string" || typeof after !== "string") return [before, after];
  const repository = /^[^@\s]+@(?=sha256:)/.exec(before)?.[0];
  if (repository === undefined || !after.startsWith(repository)) return [before, after];
  return [before.slice(repository.length), after.slice(repository.length)];
}

/** A value on one line, short, digests shortened. */
export function describeValue(value: Json | undefined): string {
  if (value === undefined) return "unset";
  const whole = typeof value === "string" && !/\s/.test(value) && value !== "" ? value : JSON.stringify(value);
  const text = whole.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, "$1");
  return text.length <= maxValue ? text : `${text.slice(0, maxValue)}…`;
}
