import { query } from "jsonpath-rfc9535";
import * as v from "valibot";
import { parseDuration } from "../runner/duration.ts";
import type { ExpectedStatus } from "./check.ts";

function isStatus(value: unknown): value is ExpectedStatus {
  if (typeof value === "string") return /^[1-5]xx$/.test(value);
  return typeof value === "number" && Number.isInteger(value) && value >= 100 && value <= 599;
}

/** Schemas of types would tell of each alternative; a person needs one sentence. */
const status = v.pipe(
  v.unknown(),
  v.check(
    (value) => toList(value).every(isStatus) && toList(value).length > 0,
    "It is a status such as 200, a class of them such as 2xx, or a list of those",
  ),
  v.transform((value) => toList(value).filter(isStatus)),
);

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

const duration = v.pipe(
  v.unknown(),
  v.check((value) => toDuration(value) > 0, "It is a duration such as 500ms or 2s"),
  v.transform(toDuration),
);

function toDuration(value: unknown): number {
  return typeof value === "string" ? (parseDuration(value) ?? 0) : 0;
}

const jsonPath = v.pipe(v.string(), v.check(isJsonPath, "It is a JSONPath such as $.status or $.items[0].name"));

function isJsonPath(text: string): boolean {
  try {
    query(null, text);
    return true;
  } catch {
    // Whatever the parser dislikes: its own words are about its grammar, not about what the user wanted.
    return false;
  }
}

/** The grammar of HTTP: a token (RFC 9110, 5.6.2). */
const headerName = v.pipe(v.string(), v.regex(/^[-!#$%&'*+.^_`|~\w]+$/, "It is a header's name such as x-version"));

/** Passes in a row and connections: more than this is a load test. */
const count = v.pipe(
  v.number(),
  v.check((value) => Number.isInteger(value) && value >= 1 && value <= 1000, "It is a whole number from 1 to 1000"),
);

const expectSchema = v.strictObject({
  status: v.optional(status),
  headers: v.optional(v.record(headerName, v.string())),
  body: v.optional(v.string()),
  json: v.optional(v.record(jsonPath, v.unknown())),
  latency: v.optional(duration),
});

const versionSchema = v.pipe(
  v.strictObject({
    json: v.optional(jsonPath),
    header: v.optional(headerName),
    equals: v.optional(v.string()),
    connections: v.optional(count),
  }),
  v.check(
    ({ json, header }) => (json === undefined) !== (header === undefined),
    "It takes either json or header, where the version stands",
  ),
);

/** The input `checks`: what a workflow writes. */
export const checksSchema = v.pipe(
  v.array(
    v.strictObject({
      name: v.optional(v.string()),
      path: v.optional(v.string()),
      method: v.optional(v.picklist(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])),
      // Their values may be credentials, and what is wrong with a value is told with the value: plan.ts checks them.
      headers: v.optional(v.record(headerName, v.unknown())),
      body: v.optional(v.string()),
      expect: v.optional(expectSchema),
      consecutive: v.optional(count),
      retry: v.optional(v.boolean()),
      version: v.optional(versionSchema),
    }),
  ),
  v.minLength(1, "Write at least one check"),
);

export type CheckInput = v.InferOutput<typeof checksSchema>[number];
