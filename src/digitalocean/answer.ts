import { getDotPath, safeParse } from "valibot";
import type { GenericSchema, InferOutput } from "valibot";
import { SlipwayError } from "../error.ts";
import type { Purpose } from "./error.ts";

/**
 * What a parsed answer holds, checked against what DigitalOcean's API promises.
 * @throws SlipwayError `refused` that names the first place which is something else, and never quotes it: answers hold credentials
 */
export function readAnswer<S extends GenericSchema>({ doing }: Purpose, schema: S, body: unknown): InferOutput<S> {
  const read = safeParse(schema, body);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const place = getDotPath(issue) ?? "the whole answer";
  throw new SlipwayError(
    `Cannot ${doing} because DigitalOcean's answer is not what its API promises: got ${kindOf(issue.input)} for ${place}`,
    {
      code: "refused",
      hint: "Something on the way may have answered instead: check DIGITALOCEAN_API_URL and the proxy.",
    },
  );
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? "text" : `a${typeof value === "object" ? "n" : ""} ${typeof value}`;
}
