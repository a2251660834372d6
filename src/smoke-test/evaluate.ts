import { isDeepStrictEqual } from "node:util";
import { query } from "jsonpath-rfc9535";
import type { Answer, Expectation, ExpectedStatus, Mismatch, VersionCheck } from "./check.ts";

const longestWanted = 100;

/** What an answer has against what was expected of it; nothing where all is as it should be. */
export function evaluate(answer: Answer, expect: Expectation): Mismatch[] {
  const { body, latencyMs } = expect;
  return [
    ...checkStatus(answer, expect),
    ...checkHeaders(answer, expect),
    ...(body === undefined || answer.body.includes(body)
      ? []
      : [{ is: `the body does not contain ${brief(body)}`, got: quoteBody(answer) }]),
    ...checkJson(answer, expect),
    ...(latencyMs === undefined || answer.latencyMs <= latencyMs
      ? []
      : [{ is: `the answer took longer than ${latencyMs} ms`, got: `${Math.round(answer.latencyMs)} ms` }]),
  ];
}

function checkStatus(answer: Answer, { status: expected }: Expectation): Mismatch[] {
  const { status, headers } = answer;
  const matches = (one: ExpectedStatus): boolean =>
    typeof one === "number" ? one === status : one.startsWith(String(status)[0] ?? "?");
  if (expected.some(matches)) return [];
  const is = `the status is not ${expected.join(" or ")}`;
  if (status >= 300 && status < 400 && headers.location !== undefined)
    return [{ is, got: `${status} to ${quote(headers.location)}, and redirects are not followed` }];
  // An error in plain words is the best explanation there is; one in HTML is none.
  const isPlain = /^(?:text\/plain|application\/(?:.*\+)?json)\b/.test(headers["content-type"] ?? "");
  return [{ is, got: isPlain && answer.body !== "" ? `${status} ${quoteBody(answer)}` : String(status) }];
}

function checkHeaders({ headers }: Answer, { headers: expected }: Expectation): Mismatch[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = headers[name];
    if (found === value) return [];
    return [{ is: `the header ${name} is not ${brief(value)}`, got: found === undefined ? "none" : quote(found) }];
  });
}

function checkJson(answer: Answer, { json }: Expectation): Mismatch[] {
  const expected = Object.entries(json);
  if (expected.length === 0) return [];
  const document = parseJson(answer.body);
  if (document === undefined) return [{ is: "the body is not JSON", got: quoteBody(answer) }];
  return expected.flatMap(([path, wanted]) => {
    const found = matchesOf(document.value, path);
    if (found === undefined) return [{ is: `${path} cannot be looked for, the body is nested too deeply` }];
    const wrong = found.find((value) => !isDeepStrictEqual(value, wanted));
    if (found.length > 0 && wrong === undefined) return [];
    return [{ is: `${path} is not ${brief(wanted)}`, got: wrong === undefined ? "nothing there" : quote(wrong) }];
  });
}

/** The version that an answer tells, undefined where it tells none. */
export function versionIn(answer: Answer, { from }: VersionCheck): string | undefined {
  if ("header" in from) return answer.headers[from.header];
  const document = parseJson(answer.body);
  const [found] = document === undefined ? [] : (matchesOf(document.value, from.json) ?? []);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

/** Whether a version that an answer told is one of those expected. A commit's first characters, at least seven, stand for it. */
export function isVersion(told: string | undefined, { equals }: VersionCheck): boolean {
  if (told === undefined) return false;
  const isShortCommit = /^[0-9a-f]{7,}$/.test(told);
  return equals.some(
    (each) => each === told || (isShortCommit && /^[0-9a-f]{40}$/.test(each) && each.startsWith(told)),
  );
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // What is no JSON is told with the first words of what it is.
    return undefined;
  }
}

/** All values at a JSONPath; undefined where the document is so deep that looking for them exhausts the stack. */
function matchesOf(document: unknown, path: string): unknown[] | undefined {
  try {
    return query(document as never, path);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function quoteBody({ body, isCut }: Answer): string {
  if (body === "") return "an empty one";
  // JSON needs no quotes to stay one piece.
  const text = /^\s*[[{]/.test(body) ? body.replace(/\s+/g, " ") : quote(body);
  return isCut ? `more than ${body.length} characters, beginning with ${text}` : text;
}

/** What was asked for: whoever asked knows the rest. */
function brief(wanted: unknown): string {
  const text = quote(wanted);
  return text.length > longestWanted ? `${text.slice(0, longestWanted)}…` : text;
}

/** As JSON, on one line. Whoever tells it hides credentials in it and shortens it. */
function quote(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Only a value that is nested too deeply cannot be written.
    return "a value that is nested too deeply to show";
  }
}
