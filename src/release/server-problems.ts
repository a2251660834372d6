import type { Problem } from "../error.ts";
import type { ApiError } from "../kubernetes/api-error.ts";
import type { FieldPath } from "../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { nameOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";

/**
 * What the API server has against an object, a problem for each cause it names, at the line of the field where the field is known.
 */
export function serverProblems(error: ApiError, released: ReleaseObject): Problem[] {
  return findings(error).map(({ field, text, hint }) => ({
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

interface Finding {
  readonly field?: string;
  readonly text: string;
  readonly hint?: string;
}

function findings(error: ApiError): Finding[] {
  const causes = error.body?.details?.causes ?? [];
  if (error.status === 409 && causes.some(({ reason }) => reason === "FieldManagerConflict"))
    return causes.map(conflict);
  if (error.status === 422 && causes.length > 0) return causes.map((cause) => invalid(cause, error));
  const typed = /failed to create typed patch object \([^)]*\): ([\s\S]*)$/.exec(error.message)?.[1];
  if (typed !== undefined) return typedProblems(typed);
  const strict = /strict decoding error: ([\s\S]*)$/.exec(error.message)?.[1];
  if (strict !== undefined) return strict.split(/, (?=unknown field|duplicate field)/).map(strictProblem);
  return [{ text: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) }];
}

interface Cause {
  readonly message?: string;
  readonly field?: string;
}

function conflict({ message = "", field = "" }: Cause): Finding {
  const owner = /conflict with "([^"]+)"/.exec(message)?.[1] ?? "another manager";
  return {
    field,
    text: `${field.replace(/^\./, "")} belongs to ${owner}, who set it to another value`,
    hint: 'Take the field out of the manifest, or set "force-conflicts: true" to take it over.',
  };
}

function invalid({ message = "", field = "" }: Cause, error: ApiError): Finding {
  const immutable = message.includes("field is immutable") || message.includes("may not change once set");
  return {
    field,
    text: message === "" ? error.message : `${field}: ${message}`,
    ...(immutable
      ? { hint: "Kubernetes never changes this field: give the object a new name, or delete it first." }
      : {}),
  };
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
      return {
        field,
        text: what === "field not declared in schema" ? `there is no field ${name}` : `${name}: ${what}`,
      };
    });
}

function strictProblem(text: string): Finding {
  const [, what, field] = /^(unknown|duplicate) field "([^"]+)"/.exec(text) ?? [];
  if (field === undefined) return { text };
  return { field, text: what === "unknown" ? `there is no field ${field}` : `the field ${field} is there twice` };
}

/**
 * The path inside the manifest for a field as Kubernetes writes it: `spec.containers[0].image`, `.spec.containers[name="app"].image`,
 * `data[some.key]`. Stops at what the manifest does not have.
 */
export function parseFieldPath(text: string, object: KubernetesObject): FieldPath {
  const path: (string | number)[] = [];
  let value: unknown = object;
  for (const [, name, inside] of text.matchAll(/\.?([^.[\]]+)|\[([^\]]*)\]/g)) {
    const key = name ?? indexOf(value, inside ?? "");
    path.push(key);
    value = value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return path;
}

function indexOf(value: unknown, inside: string): string | number {
  if (!Array.isArray(value)) return inside.replace(/^"|"$/g, "");
  if (/^\d+$/.test(inside)) return Number(inside);
  const wanted = [...inside.matchAll(/(\w+)=("[^"]*"|[^,]+)/g)].map(
    ([, key = "", text = ""]) => [key, text.replaceAll('"', "")] as const,
  );
  const index = value.findIndex((item: Record<string, unknown> | null) =>
    // A key that the manifest leaves out has the server's default: it cannot tell the items apart here.
    wanted.every(([key, text]) => item?.[key] === undefined || JSON.stringify(item[key]).replaceAll('"', "") === text),
  );
  return Math.max(index, 0);
}
