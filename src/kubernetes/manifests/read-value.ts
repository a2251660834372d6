import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Alias, CollectionTag, Document, Node, Pair, Scalar, ScalarTag, YAMLMap } from "yaml";
import type { Json } from "../object.ts";
import { substitute } from "./substitute.ts";

/** More than any real file needs; what an alias bomb or a nesting bomb exceeds at once. */
const maxNodes = 500_000;
const maxDepth = 200;

export interface ReadValueOptions {
  readonly variables: ReadonlyMap<string, string>;
  /** Told of everything wrong, with the character offset where it stands. */
  readonly onProblem: (problem: { message: string; hint?: string; offset: number }) => void;
}

/**
 * One YAML document as the JSON value that kubectl would send. Unlike `document.toJS()` it substitutes variables inside scalars (so
 * that a value can never add YAML of its own), refuses duplicate keys in linear time, and bounds what aliases may expand to.
 */
export function readValue(document: Document, options: ReadValueOptions): Json {
  return new ValueReader(document, options).read(document.contents, 0);
}

class ValueReader {
  readonly #document: Document;
  readonly #options: ReadValueOptions;
  #nodes = 0;

  constructor(document: Document, options: ReadValueOptions) {
    this.#document = document;
    this.#options = options;
  }

  read(node: Node | null | undefined, depth: number): Json {
    if (node === null || node === undefined) return null;
    this.#nodes += 1;
    if (this.#nodes === maxNodes) this.#problem(node, `the document expands to more than ${maxNodes} values`);
    if (this.#nodes >= maxNodes) return null;
    if (depth > maxDepth) {
      this.#problem(node, `the document is nested deeper than ${maxDepth} levels`);
      this.#nodes = maxNodes;
      return null;
    }
    if (isAlias(node)) return this.read(this.#target(node), depth + 1);
    if (isScalar(node)) return this.#scalar(node);
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node, depth + 1));
    if (isMap(node)) return this.#map(node, depth);
    return null;
  }

  #target(alias: Alias): Node | undefined {
    const target = alias.resolve(this.#document);
    if (target === undefined) this.#problem(alias, `the alias *${alias.source} has no anchor`);
    return target;
  }

  #map(map: YAMLMap, depth: number): Json {
    const result: Record<string, Json> = {};
    const merged: Record<string, Json> = {};
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(pair.key)) {
        Object.assign(merged, this.#merge(pair.value, depth));
        continue;
      }
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      if (Object.hasOwn(result, key)) this.#problem(pair.key, `the key "${key}" is there twice`);
      result[key] = this.read(pair.value, depth + 1);
    }
    for (const [key, value] of Object.entries(merged)) if (!Object.hasOwn(result, key)) result[key] = value;
    return result;
  }

  /** The value of `<<`: a map, or a list of maps of which the first wins. */
  #merge(node: Node | null, depth: number): Record<string, Json> {
    const value = this.read(node, depth + 1);
    const maps = Array.isArray(value) ? value.toReversed() : [value];
    const result: Record<string, Json> = {};
    for (const map of maps) {
      if (map === null || typeof map !== "object" || Array.isArray(map)) {
        if (node !== null) this.#problem(node, "<< takes a map or a list of maps");
      } else Object.assign(result, map);
    }
    return result;
  }

  #key(node: Node): string | undefined {
    const value = this.read(node, 0);
    if (value === null || typeof value === "object") {
      this.#problem(node, "a key must be a plain word");
      return undefined;
    }
    // JavaScript would take this key for the object's prototype. Kubernetes has no field and allows no label of that name.
    if (value === "__proto__") {
      this.#problem(node, `the key "__proto__" is not allowed`);
      return undefined;
    }
    return String(value);
  }

  #scalar(node: Scalar): Json {
    const value = node.value;
    if (typeof value === "string") return this.#text(node, value);
    if (typeof value === "number") return this.#number(node, value);
    if (typeof value === "boolean" || value === null) return value;
    this.#problem(node, `the value ${node.source ?? typeof value} has a type that JSON does not know`);
    return null;
  }

  #text(node: Scalar, text: string): Json {
    const replaced = substitute(text, this.#options.variables, (message, hint) => this.#problem(node, message, hint));
    // An unquoted `${REPLICAS}` is what its value would be if it stood there; a quoted one stays text.
    return replaced === text || node.type !== "PLAIN" ? replaced : this.#plain(replaced);
  }

  #plain(text: string): Json {
    for (const tag of this.#document.schema.tags) {
      if (!isPlainTag(tag) || tag.test?.test(text) !== true) continue;
      const resolved: unknown = tag.resolve(text, () => undefined, {});
      const value = isScalar(resolved) ? resolved.value : resolved;
      return typeof value === "number" || typeof value === "boolean" || value === null ? value : text;
    }
    return text;
  }

  #number(node: Scalar, value: number): Json {
    if (!Number.isFinite(value)) this.#problem(node, `${node.source ?? String(value)} is no number that JSON can hold`);
    else if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?[0-9_]+$/.test(node.source ?? "")) {
      this.#problem(
        node,
        `${node.source ?? ""} is too large to be kept exactly`,
        "put it in quotes, if the field takes text",
      );
    }
    return value;
  }

  #problem(node: Node, message: string, hint?: string): void {
    const offset = node.range?.[0] ?? 0;
    this.#options.onProblem(hint === undefined ? { message, offset } : { message, hint, offset });
  }
}

/** The tags that give plain scalars their types. */
function isPlainTag(tag: CollectionTag | ScalarTag): tag is ScalarTag {
  return tag.default === true && tag.collection === undefined;
}

function isMergeKey(key: Node): boolean {
  return (
    isScalar(key) && (key.type === "PLAIN" || key.type === undefined) && (key.value === "<<" || key.source === "<<")
  );
}
