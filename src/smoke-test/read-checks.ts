import { resolve } from "node:path";
import { SlipwayError } from "../error.ts";
import { readTextFile } from "../kubernetes/manifests/files.ts";
import { parseDocumentInput } from "../runner/document-input.ts";
import { checksSchema } from "./check-schema.ts";
import type { CheckInput } from "./check-schema.ts";
import type { GivenChecks } from "./inputs.ts";

export interface ReadChecks {
  readonly checks: readonly CheckInput[];
  /** As the input names it, where they come from a file. */
  readonly file?: string;
}

/**
 * The checks themselves, or those of the file that the input names: relative to the workspace, or absolute.
 * @throws SlipwayError `configuration` with every mistake in that file, at its line.
 */
export function readChecks(workspace: string, given: GivenChecks): ReadChecks {
  if (!("file" in given)) return { checks: given };
  const { file } = given;
  const text = readTextFile(resolve(workspace, file), workspace);
  if (typeof text !== "string") {
    throw new SlipwayError(`Cannot read the checks in ${file} because ${text.reason}`, {
      code: "configuration",
      hint: 'The input "checks" is a YAML list, or the path of one in the workspace, which an earlier step checks out.',
    });
  }
  const parsed = parseDocumentInput({ text, format: "YAML", schema: checksSchema, asWritten: false, mayShow: true });
  if ("value" in parsed) return { checks: parsed.value, file };
  const problems = parsed.mistakes.map(({ is, hint, got, line = 1 }) => {
    return { message: `${is}${got === undefined ? "" : `: got ${got}`}`, hint, file, line };
  });
  throw new SlipwayError(`Cannot read the checks in ${file}`, { code: "configuration", problems });
}
