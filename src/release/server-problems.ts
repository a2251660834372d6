import type { Problem } from "../error.ts";
import type { ApiError, StatusCause } from "../kubernetes/api-error.ts";
import type { FieldPath } from "../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { describeValue } from "../report/release-lines.ts";
import { concealed, holdsSecret } from "./concealed.ts";
import { explainDenial } from "./denial.ts";
import { keysOf, parseFieldPath, valueAt } from "./field-path.ts";
import { fixedFields } from "./plan/immutable.ts";
import { nameOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";

/** What the server has against an object, before it is placed in a file. */
export interface Finding {
  readonly field?: string;
  readonly text: string;
  readonly hint?: string;
}

/**
 * What the API server has against an object, a problem for each cause it names, at the line of the field where the field is known.
 * With the live object, what the field is now is told too.
 */
export function serverProblems(error: ApiError, released: ReleaseObject, live?: KubernetesObject): Problem[] {
  return placed(released, findings(error, released.object, live));
}

/** Findings as problems, at the lines of their fields. */
export function placed(released: ReleaseObject, found: readonly Finding[]): Problem[] {
  return found.map(({ field, text, hint }) => ({
    message: `${nameOf(released.object)}: ${text}`,
    ...(hint === undefined ? {} : { hint }),
    ...place(released, field),
  }));
}

/** Where a field stands, else where the object does. */
export function place(released: ReleaseObject, field?: string): Pick<Problem, "file" | "line"> {
  return placeAt(released, field === undefined ? [] : parseFieldPath(field, released.object));
}

/** The same, for a field whose path inside the manifest is known. */
export function placeAt({ source }: ReleaseObject, path: FieldPath): Pick<Problem, "file" | "line"> {
  if (source === undefined) return {};
  return { file: source.file, line: path.length === 0 ? source.line : (source.locate?.(path) ?? source.line) };
}

function findings(error: ApiError, object: KubernetesObject, live: KubernetesObject | undefined): Finding[] {
  const causes = error.body?.details?.causes ?? [];
  if (error.status === 409 && causes.some(({ reason }) => reason === "FieldManagerConflict"))
    return causes.map((cause) => conflict(cause, object, live));
  if (error.status === 422 && causes.some(({ field = "" }) => field !== ""))
    return causes.flatMap((cause) => invalid(cause, object, live));
  const typed = /failed to create typed patch object \([^)]*\): ([\s\S]*)$/.exec(error.message)?.[1];
  if (typed !== undefined) return typedProblems(typed);
  if (error.message.includes("illegal base64 data")) return undecodable(object, error);
  const strict = /strict decoding error: ([\s\S]*)$/.exec(error.message)?.[1];
  if (strict !== undefined) return strict.split(/, (?=unknown field|duplicate field)/).map(strictProblem);
  return [explainDenial(error)];
}

function conflict(
  { message = "", field = "" }: StatusCause,
  object: KubernetesObject,
  live?: KubernetesObject,
): Finding {
  const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";
  const values = live === undefined ? "" : describeValues(field, object, live);
  return {
    field,
    text: `${field.replace(/^\./, "")} belongs to ${owner}, who set it to another value`,
    hint: `${values}Take the field out of the manifest, or set "force-conflicts: true" to take it over.`,
  };
}

function describeValues(field: string, object: KubernetesObject, live: KubernetesObject): string {
  if (object.kind === "Secret" || holdsSecret(keysOf(field))) return "";
  const [there, here] = [live, object].map((each) => valueAt(each, parseFieldPath(field, each)));
  if (there === undefined || here === undefined) return "";
  return `It is ${describeValue(concealed(there))} there, and ${describeValue(concealed(here))} in the manifest. `;
}

function invalid(cause: StatusCause, object: KubernetesObject, live: KubernetesObject | undefined): Finding[] {
  const fixed = fixedFields(cause, object, live);
  if (fixed.length > 0) return fixed;
  const { message = "", field = "" } = cause;
  const words = object.kind === "Secret" ? message.replace(/value: .*?: /s, "value: ") : withoutDump(message);
  return [{ field, text: field === "" ? words : `${field}: ${words}` }];
}

/** Kubernetes shows some values as the structures of its own program, which fill pages. */
function withoutDump(message: string): string {
  return message.replace(/^(Invalid value: )(.{120,}?)(: [^:{}"]*)$/s, "$1…$3").replace(/\n[\s\S]*$/, "");
}

/** `.spec.foo: field not declared in schema`, one or several, as structured-merge-diff words them. */
function typedProblems(text: string): Finding[] {
  const single = text.replace(/^errors:\s*/, "");
  return single
    .split(/\n\s*/)
    .filter((line) => line !== "")
    .map((line) => {
      const [, field, what] = /^(\.\S+?): ([\s\S]*)$/.exec(line) ?? [];
      if (field === undefined || what === undefined) return { text: line };
      const name = field.replace(/^\./, "");
      if (what === "field not declared in schema") return { field, text: `there is no field ${name}` };
      return { field, ...mistyped(name, what) };
    });
}

/** `expected string, got &value.valueUnstructured{Value:12345}`: without the value, which may be a password. */
function mistyped(name: string, what: string): Finding {
  const [, value] = /^expected string, got &value\.valueUnstructured\{Value:(.*)\}$/s.exec(what) ?? [];
  if (value === undefined) return { text: `${name}: ${what}` };
  if (/^(?:map\[|\[\])/.test(value)) return { text: `${name} must be a text, and is a map or a list` };
  const type = value === "true" || value === "false" ? "boolean" : "number";
  return { text: `${name} must be a text, and is a ${type}`, hint: "Put the value in quotes." };
}

/** The server does not say which value of a Secret it could not read. */
function undecodable(object: KubernetesObject, error: ApiError): Finding[] {
  const wrong = Object.entries(object.data ?? {}).filter(([, value]) => !isBase64(value));
  if (wrong.length === 0) return [{ text: error.message }];
  const hint = 'Write the value as it is under "stringData", or encode it with "base64 -w0".';
  return wrong.map(([key]) => ({ field: `data["${key}"]`, text: `data.${key} is not base64`, hint }));
}

/** As Go reads it: line breaks do not count. */
function isBase64(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const text = value.replace(/[\r\n]/g, "");
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

function strictProblem(text: string): Finding {
  const [, what, field] = /^(unknown|duplicate) field "([^"]+)"/.exec(text) ?? [];
  if (field === undefined) return { text };
  return { field, text: what === "unknown" ? `there is no field ${field}` : `the field ${field} is there twice` };
}
