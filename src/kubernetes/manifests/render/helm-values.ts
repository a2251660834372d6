import { resolve } from "node:path";
import type { Problem } from "../../../error.ts";
import type { Json } from "../../object.ts";
import { readDocuments } from "../documents.ts";
import { readTextFile, shownPath } from "../files.ts";
import { linesOf } from "../lines.ts";
import { isMapValue } from "../objects.ts";
import { newBudget, readValue } from "../read-value.ts";
import { applySetLine, SetLineError } from "./set-line.ts";

export interface HelmValues {
  readonly values: Readonly<Record<string, Json>>;
  readonly problems: readonly Problem[];
}

/**
 * The values of a chart: those of the files, a later one over an earlier one, and those of `--set` lines over them. Helm does the same
 * with `--values` and `--set`, but there they would stand in a command line that everybody on the machine can read.
 */
export function readHelmValues(given: {
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly workspace: string;
}): HelmValues {
  const problems: Problem[] = [];
  let values: Record<string, Json> = {};
  for (const file of given.files) values = merged(values, readValuesFile(file, given.workspace, problems));
  for (const [index, line] of given.set.entries()) {
    try {
      applySetLine(line, values);
    } catch (error) {
      if (!(error instanceof SetLineError)) throw error;
      const hint =
        "It is read as helm's --set reads it: name.name=value, with \\, for a comma that belongs to the value.";
      problems.push({ message: `Input helm-set, line ${index + 1}: ${error.message}`, hint });
    }
  }
  return { values, problems };
}

function readValuesFile(line: string, workspace: string, problems: Problem[]): Record<string, Json> {
  const path = resolve(workspace, line);
  const file = shownPath(path, workspace);
  const text = readTextFile(path, workspace);
  if (typeof text !== "string") {
    problems.push({ message: `Input helm-values: cannot read ${file}: ${text.reason}` });
    return {};
  }
  const lineOf = linesOf(text);
  const values: Json[] = [];
  for (const { document, base, faults } of readDocuments(text)) {
    for (const { offset, ...fault } of faults) problems.push({ ...fault, file, line: lineOf(offset) });
    if (document === undefined || faults.length > 0) continue;
    const value = readValue(document, {
      budget: newBudget(),
      onProblem: ({ offset, ...problem }) => problems.push({ ...problem, file, line: lineOf(base + offset) }),
    });
    if (value !== null) values.push(value);
  }
  const [first = {}, second] = values;
  if (isMapValue(first) && second === undefined) return first;
  problems.push({ message: "values are one document, and that is a map", file, line: 1 });
  return {};
}

/** Maps go together, anything else is replaced; `null` takes a chart's own value away, so it stays. */
function merged(under: Record<string, Json>, over: Record<string, Json>): Record<string, Json> {
  const result = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isMapValue(before) && isMapValue(value) ? merged(before, value) : value;
  }
  return result;
}
