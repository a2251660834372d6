import { badRequest } from "./status.ts";
import type { Stored } from "./store.ts";

/** Whether an object is in view of a list or a watch. */
export type Matcher = (object: Stored) => boolean;

/** How to read the fields that a kind can be selected by; undefined for a field it does not offer. */
export type FieldReaders = (field: string) => ((object: Stored) => string) | undefined;

/** Reads `labelSelector` and `fieldSelector` of a request. Throws a 400 worded as Kubernetes' parsers do. */
export function matcher(query: URLSearchParams, fields: FieldReaders): Matcher {
  const labels = labelMatcher(query.get("labelSelector") ?? "");
  const chosen = fieldMatcher(query.get("fieldSelector") ?? "", fields);
  return (object) => labels(object.metadata.labels ?? {}) && chosen(object);
}

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

/** The grammar of k8s.io/apimachinery/pkg/labels: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`. */
export function labelMatcher(text: string): LabelTest {
  if (text.trim() === "") return () => true;
  const tokens = new Tokens(text);
  const tests: LabelTest[] = [];
  do tests.push(requirement(tokens));
  while (tokens.take(","));
  if (tokens.peek() !== "") throw unparsable(tokens.peek(), "',' or 'end of string'");
  return (labels) => tests.every((test) => test(labels));
}

function requirement(tokens: Tokens): LabelTest {
  if (tokens.take("!")) {
    const key = tokens.identifier("identifier");
    return (labels) => !Object.hasOwn(labels, key);
  }
  const key = tokens.identifier("'!', identifier, or 'end of string'");
  const operator = tokens.peek();
  if (operator === "" || operator === ",") return (labels) => Object.hasOwn(labels, key);
  tokens.next();
  switch (operator) {
    case "=":
    case "==": {
      const value = tokens.value();
      return (labels) => labels[key] === value;
    }
    case "!=": {
      const value = tokens.value();
      return (labels) => labels[key] !== value;
    }
    case "in": {
      const values = tokens.values();
      return (labels) => Object.hasOwn(labels, key) && values.has(labels[key] ?? "");
    }
    case "notin": {
      const values = tokens.values();
      return (labels) => !Object.hasOwn(labels, key) || !values.has(labels[key] ?? "");
    }
    case ">":
    case "<": {
      const bound = Number(tokens.value());
      return (labels) =>
        Object.hasOwn(labels, key) && (operator === ">" ? Number(labels[key]) > bound : Number(labels[key]) < bound);
    }
    default:
      throw unparsable(operator, "in, notin, =, ==, !=, gt, lt");
  }
}

class Tokens {
  readonly #words: string[];

  constructor(text: string) {
    this.#words = text.match(/==|!=|[=!<>(),]|[^\s=!<>(),]+/g) ?? [];
  }

  peek(): string {
    return this.#words[0] ?? "";
  }

  next(): string {
    return this.#words.shift() ?? "";
  }

  take(word: string): boolean {
    if (this.peek() !== word) return false;
    this.next();
    return true;
  }

  identifier(expected: string): string {
    if (isSymbol(this.peek())) throw unparsable(this.peek(), expected);
    return this.next();
  }

  /** A value may be empty: `a=` and `a in (,)`. */
  value(): string {
    const word = this.peek();
    if (word === "" || word === "," || word === ")") return "";
    if (isSymbol(word)) throw unparsable(word, "identifier");
    return this.next();
  }

  values(): ReadonlySet<string> {
    if (!this.take("(")) throw unparsable(this.peek(), "'('");
    const values = new Set<string>();
    do values.add(this.value());
    while (this.take(","));
    if (!this.take(")")) throw unparsable(this.peek(), "',' or ')'");
    return values;
  }
}

function isSymbol(word: string): boolean {
  return word === "" || /^[=!<>(),]/.test(word);
}

function unparsable(found: string, expected: string): Error {
  return badRequest(`unable to parse requirement: found '${found}', expected: ${expected}`);
}

/** `metadata.name=a,status.phase!=Running`. A field the kind does not offer is a 400. */
function fieldMatcher(text: string, readers: FieldReaders): Matcher {
  if (text === "") return () => true;
  const tests = text.split(",").map((term): Matcher => {
    const [, field, operator, value] = /^(.*?)(!=|==|=)(.*)$/.exec(term) ?? [];
    if (field === undefined || value === undefined) {
      throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
    }
    const read = readers(field);
    if (read === undefined) throw badRequest(`field label not supported: ${field}`);
    return (object) => (read(object) === value) === (operator !== "!=");
  });
  return (object) => tests.every((test) => test(object));
}
