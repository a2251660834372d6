import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { redactChange, redactPlan } from "../../report/redacted.ts";
import { countChanges, planLines } from "../../report/release-lines.ts";
import { uncheckedReasons } from "../../report/unchecked.ts";
import type { Runner } from "../../runner/runner.ts";
import { changesOf, planDocument } from "./plan-document.ts";
import type { Change, PlanDocument } from "./plan-document.ts";
import type { RefusedPlan } from "./refused-plan.ts";

/** Prints a plan: one line that counts, then what changes; what the cluster warns of as annotations at their lines. */
export async function announcePlan(
  runner: Pick<Runner, "log" | "redact">,
  title: string,
  all: readonly Change[],
): Promise<void> {
  const { log } = runner;
  const changes = all.map((change) => redactChange(change, (text) => runner.redact(text)));
  const lines = [
    ...planLines(changes),
    ...uncheckedReasons(changes).map((each) => `  not checked beforehand: ${each}`),
  ];
  if (lines.length === 0) log.info(`${title}: ${countChanges(changes)}`);
  else {
    await log.group(`${title}: ${countChanges(changes)}`, () => {
      log.info(lines.join("\n"));
      return Promise.resolve();
    });
  }
  for (const { object, taken = [], adopted, warnings = [], file, line } of changes) {
    const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) };
    if (adopted !== undefined) log.warning(`${object}: is taken over from ${adopted}`, place);
    for (const field of taken) log.warning(`${object}: takes over ${field}`, adopted === undefined ? {} : place);
    for (const { message, ...at } of warnings) log.warning(`${object}: ${message}`, at);
  }
}

/** Writes a plan below RUNNER_TEMP, without secrets. Gives the path. */
export async function writePlan(runner: Pick<Runner, "temp" | "redact">, plan: PlanDocument): Promise<string> {
  const path = join(runner.temp, `slipway-${plan.app}-${randomUUID().slice(0, 8)}-plan.json`);
  const redacted = redactPlan(plan, (text) => runner.redact(text));
  await writeFile(path, `${JSON.stringify(redacted, undefined, 2)}\n`, { flag: "wx", mode: 0o600 });
  return path;
}

/** A plan that is not carried out, as the output holds it: with why. */
export function documentOf({ app, namespace, plan, problems, roles }: RefusedPlan): PlanDocument {
  return planDocument({ app, namespace, changes: changesOf(plan), problems, roles });
}
