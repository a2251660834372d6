import { HttpError } from "./http-error.js";

const limit = 16 * 1024;

/** The object in the request's body. Throws for another type, more than 16 KiB, or anything but a JSON object. */
export async function readJson(request) {
  const type = (request.headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "application/json") throw new HttpError(415, "The body must be application/json.");
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    // The rest would have to be read to keep the connection, which is not worth it.
    if (size > limit)
      throw new HttpError(413, `The body must not be larger than ${limit} bytes.`, {
        headers: { connection: "close" },
      });
    chunks.push(chunk);
  }
  const body = parse(Buffer.concat(chunks).toString("utf8"));
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new HttpError(400, "The body must be a JSON object.");
  return body;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "The body is not valid JSON.");
  }
}

/**
 * Picks the fields a request may have. `rules` maps each to `{ min, max, pattern, hint }`; an absent field with `optional` is left out.
 * Throws 422 with all problems at once.
 */
export function validate(body, rules) {
  const problems = {};
  const fields = {};
  for (const name of Object.keys(body)) if (!Object.hasOwn(rules, name)) problems[name] = "is not a known field";
  for (const [name, rule] of Object.entries(rules)) {
    const value = body[name];
    if (value === undefined && rule.optional) continue;
    const problem = problemOf(value, rule);
    if (problem === undefined) fields[name] = value;
    else problems[name] = problem;
  }
  if (Object.keys(problems).length > 0) throw new HttpError(422, "Some fields are not valid.", { problems });
  return fields;
}

function problemOf(value, { min, max, pattern, hint }) {
  if (typeof value !== "string") return "must be text";
  if (value.trim().length < min || value.length > max) return `must have ${min} to ${max} characters`;
  if (pattern !== undefined && !pattern.test(value)) return hint;
  return undefined;
}
