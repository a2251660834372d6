import { nearest } from "../../runner/nearest.ts";

/** One `{{name}}` or `{{name 'argument' option='value'}}`. */
export interface Expression {
  readonly name: string;
  readonly argument: string | undefined;
  readonly options: Readonly<Record<string, string>>;
}

/** What the names of a template stand for. */
export type Names = Readonly<Record<string, string | ((expression: Expression) => string)>>;

const mustache = /\{\{\{?([^}]*)\}?\}\}/g;

/**
 * Replaces the expressions of a template: the part of Handlebars that docker/metadata-action's documentation shows.
 * @throws Error for a name that is not known, and for what goes beyond that part.
 */
export function render(template: string, names: Names): string {
  return template.replace(mustache, (whole, inner: string) => {
    const expression = parseExpression(inner.trim());
    if (expression === undefined) throw new Error(`${whole} is not an expression that is known here`);
    const value = Object.hasOwn(names, expression.name) ? names[expression.name] : undefined;
    if (value === undefined) throw unknownName(expression.name, Object.keys(names));
    return typeof value === "string" ? value : value(expression);
  });
}

/** Whether a template is `{{raw}}` and nothing else. */
export function isRaw(template: string): boolean {
  return /^\{\{\{?\s*raw\s*\}?\}\}$/.test(template);
}

function parseExpression(text: string): Expression | undefined {
  const string = `'[^']*'|"[^"]*"`;
  const match = new RegExp(`^([a-z_][a-z0-9_]*)(?:\\s+(${string}))?((?:\\s+[a-z]+=(?:${string}))*)$`, "i").exec(text);
  if (match === null) return undefined;
  const [, name = "", argument, rest = ""] = match;
  const options = [...rest.matchAll(new RegExp(`([a-z]+)=(${string})`, "gi"))].map(
    ([, key = "", value = ""]) => [key, value.slice(1, -1)] as const,
  );
  return { name, argument: argument?.slice(1, -1), options: Object.fromEntries(options) };
}

function unknownName(name: string, known: readonly string[]): Error {
  const meant = nearest(name, known);
  const list = `Known here: ${known.map((one) => `{{${one}}}`).join(", ")}.`;
  return new Error(`{{${name}}} is not known. ${meant === undefined ? "" : `Did you mean {{${meant}}}? `}${list}`);
}
