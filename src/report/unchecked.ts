import type { Change } from "../release/plan/plan-document.ts";

/** What could not be checked before a deploy, each reason once, with the object or how many there are. Plain text. */
export function uncheckedReasons(changes: readonly Change[]): string[] {
  const told = changes.filter(({ unchecked }) => unchecked !== undefined);
  const reasons = Map.groupBy(told, ({ unchecked = "" }) => unchecked);
  return [...reasons].map(([reason, of]) => {
    const [first] = of;
    return `${reason} (${of.length === 1 && first !== undefined ? first.object : `${of.length} objects`})`;
  });
}
