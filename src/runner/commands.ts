// By path, because the package exports only its whole: that drags in an HTTP client and more than doubles the time an action takes to
// start. See docs/adr/0001-narrow-imports.md. This is the only file that imports @actions/core.
import { issueCommand } from "../../node_modules/@actions/core/lib/command.js";
import { appendFileSync } from "node:fs";

export { issueCommand };

/** The runner's files, each named by a variable of the environment. */
export type RunnerFile = "GITHUB_OUTPUT" | "GITHUB_STATE";

/**
 * Appends `name` = `value` to one of the runner's files. Values of several lines get a delimiter that does not occur in them, so nothing
 * inside a value can end it. Does nothing outside a runner, where the variable is not set.
 */
export function appendKeyValue(file: RunnerFile, name: string, value: string): void {
  const path = process.env[file];
  if (!path) return;
  let delimiter = "end-of-value";
  while (value.includes(delimiter)) delimiter += "-";
  appendFileSync(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
