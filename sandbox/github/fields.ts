import type { IncomingMessage } from "node:http";
import { readBody } from "../http.ts";
import { GitHubError, invalid } from "./errors.ts";

const bodyLimit = 1_048_576;

/** A JSON object that a request carries. */
export type Fields = Readonly<Record<string, unknown>>;

export async function readFields(request: IncomingMessage): Promise<Fields> {
  const text = String((await readBody(request, bodyLimit)) ?? "");
  try {
    const value: unknown = JSON.parse(text === "" ? "{}" : text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new GitHubError(400, "Problems parsing JSON");
}

/** Reads the fields of one kind of resource, and refuses them by GitHub's errors. */
export class FieldReader {
  readonly #resource: string;
  readonly #fields: Fields;

  constructor(resource: string, fields: Fields) {
    this.#resource = resource;
    this.#fields = fields;
  }

  text(field: string, byDefault: string, longest = Infinity): string {
    const value = this.#fields[field] ?? byDefault;
    if (typeof value !== "string") throw this.invalid(field);
    if (value.length > longest) throw this.invalid(field, `${field} is too long (maximum is ${longest} characters)`);
    return value;
  }

  required(field: string, longest = Infinity): string {
    const { [field]: value } = this.#fields;
    if (value === undefined || value === "") throw invalid({ resource: this.#resource, field, code: "missing_field" });
    return this.text(field, "", longest);
  }

  flag(field: string, byDefault: boolean): boolean {
    const value = this.#fields[field] ?? byDefault;
    if (typeof value !== "boolean") throw this.invalid(field);
    return value;
  }

  invalid(field: string, message?: string): GitHubError {
    const code = message === undefined ? "invalid" : "custom";
    return invalid({ resource: this.#resource, field, code, ...(message === undefined ? {} : { message }) });
  }
}
