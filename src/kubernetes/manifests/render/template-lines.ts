import type { Json } from "../../object.ts";
import type { FieldPath } from "../manifest.ts";

/**
 * Finds fields in a template whose rendering is known, by their keys and indentation: a template is no YAML. Tells the line of the
 * deepest part of a path that is found; lines count from 1.
 */
export class TemplateLines {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split("\n");
  }

  /** The first line of the n-th object of a kind, n counted from 0; of the last one where a loop makes several of it. */
  object(kind: string, n: number): number {
    const isKind = (line: string): boolean => /^kind:\s*["']?([\w.-]+)/.exec(line)?.[1] === kind;
    const found = this.#lines.flatMap((line, index) => (isKind(line) ? [index] : []));
    const at = found[Math.min(n, found.length - 1)] ?? 0;
    for (let index = at; index >= 0 && !this.#lines[index]?.startsWith("---"); index -= 1) {
      if (this.#lines[index]?.startsWith("apiVersion:")) return index + 1;
    }
    return at + 1;
  }

  /** The line of a field of the object that begins at `start`. */
  field(start: number, path: FieldPath, object: Json): number {
    let [at, column, value]: [number, number, Json | undefined] = [start - 1, -1, object];
    for (const key of path) {
      const next: Json | undefined =
        value === null ? undefined : (value as Record<string | number, Json> | undefined)?.[key];
      const found = typeof key === "number" ? this.#item(at, column, key, next) : this.#key(at, column, key);
      if (found === undefined) break;
      [at, column] = found;
      value = next;
    }
    return at + 1;
  }

  /** A key can stand on the line of its list item's dash, or below. */
  #key(from: number, column: number, key: string): [line: number, column: number] | undefined {
    for (const [index, line] of this.#block(from, column)) {
      const [, before = "", name] = /^(\s*(?:-\s+)?)["']?([^\s"':{}]+)["']?\s*:/.exec(line) ?? [];
      if (name === key && before.length > column) return [index, before.length];
    }
    return undefined;
  }

  /** An item is known by its name, else by its number. */
  #item(
    from: number,
    column: number,
    index: number,
    value: Json | undefined,
  ): [line: number, column: number] | undefined {
    const name = value !== null && typeof value === "object" && !Array.isArray(value) ? value.name : undefined;
    const items = [...this.#block(from, column, true)].flatMap(([line, text]): [number, number, string][] => {
      const [, before, rest = ""] = /^(\s*)-\s+(.*)/.exec(text) ?? [];
      return before === undefined || line === from ? [] : [[line, before.length, rest]];
    });
    const own = items.filter(([, indent]) => indent === items[0]?.[1]);
    const nameOf = (rest: string): string | undefined => /^name:\s*["']?([^\s"'{]+)/.exec(rest)?.[1];
    const named = own.find(([, , rest]) => typeof name === "string" && nameOf(rest) === name);
    // What bears another name is another item: this one comes from a loop, or a helper.
    const numbered = nameOf(own[index]?.[2] ?? "") === undefined || name === undefined ? own[index] : undefined;
    const [line, indent] = named ?? numbered ?? [];
    return line === undefined || indent === undefined ? undefined : [line, indent];
  }

  /** The lines that belong to what stands at `from`, itself included: those that are indented more. */
  *#block(from: number, column: number, withDashes = false): Generator<[number, string]> {
    for (let index = from; index < this.#lines.length; index += 1) {
      const line = this.#lines[index] ?? "";
      const text = line.trim();
      const indent = line.length - line.trimStart().length;
      const isCode = text === "" || text.startsWith("#") || text.startsWith("{{");
      if (index > from && !isCode) {
        if (text === "---") return;
        // A list may stand as far to the left as its key.
        if (indent < column || (indent === column && !(withDashes && text.startsWith("-")))) return;
      }
      yield [index, line];
    }
  }
}
