import { safeParse, type GenericSchema, type InferOutput } from "valibot";
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import type { Mistake, Parsed } from "./inputs.ts";
import { describeIssue, type Path } from "./schema-mistakes.ts";

export interface DocumentInput<S extends GenericSchema> {
  readonly text: string;
  readonly format: "YAML" | "JSON";
  readonly schema: S;
  /** Every scalar is the text that stands there. */
  readonly asWritten: boolean;
  /** False where the document holds secrets: then no mistake quotes from it. */
  readonly mayShow: boolean;
}

/** Reads YAML or JSON and checks it against a schema. Finds all mistakes at once, each with its line in the text. */
export function parseDocumentInput<S extends GenericSchema>(input: DocumentInput<S>): Parsed<InferOutput<S>> {
  const { text, format, schema, asWritten, mayShow } = input;
  const notJson = format === "JSON" ? jsonError(text) : undefined;
  if (notJson !== undefined)
    return { mistakes: [{ is: "is not JSON", hint: mayShow ? `${notJson}.` : "A JSON parser shows where." }] };

  const lineCounter = new LineCounter();
  const lineAt = (offset: number): number => lineCounter.linePos(offset).line;
  const document = parseDocument(text, { lineCounter, prettyErrors: false, schema: asWritten ? "failsafe" : "core" });
  // Whatever comes after the first few follows from them.
  const broken = document.errors.slice(0, 3).map(({ pos, message, code }): Mistake => {
    return { is: `this is not ${format}`, line: lineAt(pos[0]), hint: `${mayShow ? message : code}.` };
  });
  if (broken.length > 0) return { mistakes: broken };

  const plain = toPlain(document);
  if ("mistakes" in plain) return plain;
  const result = safeParse(schema, plain.value);
  if (result.success) return { value: result.output };
  const described = result.issues.flatMap((issue) => describeIssue(issue, { schema, mayShow }));
  return {
    mistakes: described.map(({ path, ...mistake }) => ({ ...mistake, line: lineAt(offsetOf(document, path)) })),
  };
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toPlain(document: Document): Parsed<unknown> {
  try {
    return { value: document.toJS() };
  } catch {
    // The only thing that still can go wrong here: an alias without its anchor, or so many aliases that they are an attack.
    return {
      mistakes: [
        {
          is: "has an alias (*name) that leads nowhere",
          hint: "Define its anchor (&name) above it, or write the value out.",
        },
      ],
    };
  }
}

/** Where the value at `path` starts in the text; for a value in a map, where its key starts. */
function offsetOf(document: Document, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    const value = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(value)
      ? value.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step))
      : undefined;
    node = isSeq(value) ? value.items[Number(step)] : pair?.value;
    offset = startOf(pair?.key ?? node) ?? offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}
