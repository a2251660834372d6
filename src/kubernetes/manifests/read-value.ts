import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Alias, Document, Node, Pair, Scalar, YAMLMap } from "yaml";
import { isExactInteger } from "../exact-json.ts";
import type { Json } from "../object.ts";
import { keyText, resolvePlain, resolveTagged } from "./scalars.ts";
import type { ScalarValue } from "./scalars.ts";
import { substitute } from "./substitute.ts";

/** No manifest is nested deeper; what nests itself by aliases exceeds it at once. */
const maxDepth = 200;
/** In one file, by all aliases together: more than any real file needs. */
const maxAliasedNodes = 200_000;
const maxTextLength = 16 * 1024 * 1024;

export interface ReadValueOptions {
  /** Absent where `${NAME}` is no concern of Slipway's. */
  readonly variables?: ReadonlyMap<string, string>;
  /** What all documents of a file may still expand to. */
  readonly budget: Budget;
  /** Told of everything wrong, with the character offset where it stands. */
  readonly onProblem: (problem: { message: string; hint?: string; offset: number }) => void;
}

export interface Budget {
  aliased: number;
  text: number;
}

export function newBudget(): Budget {
  return { aliased: maxAliasedNodes, text: maxTextLength };
}

/**
 * One YAML document as the JSON value that kubectl would send. Unlike `document.toJS()` it substitutes variables inside scalars (so
 * that a value can never add YAML of its own), refuses duplicate keys in linear time, and bounds what aliases may expand to.
 */
export function readValue(document: Document, options: ReadValueOptions): Json {
  return new ValueReader(options).read(document.contents, 0);
}

class ValueReader {
  readonly #options: ReadValueOptions;
  readonly #anchors = new Map<string, Node>();
  /** The aliases that lead to where it reads. */
  readonly #aliases: string[] = [];
  #isOver = false;

  constructor(options: ReadValueOptions) {
    this.#options = options;
  }

  read(node: Node | null | undefined, depth: number): Json {
    if (node === null || node === undefined || this.#isOver) return null;
    if (depth > maxDepth) return this.#giveUp(node, `the document is nested deeper than ${maxDepth} levels`);
    if (isAlias(node)) return this.#alias(node, depth);
    if (this.#aliases.length > 0) this.#options.budget.aliased -= 1;
    // An alias means the nearest anchor above it, and what is read again by an alias stands above already.
    else if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (this.#options.budget.aliased < 0)
      return this.#giveUp(node, `the file's aliases expand to more than ${maxAliasedNodes} values`);
    if (isScalar(node)) return this.#scalar(node);
    const kind = isMap(node) ? "map" : "seq";
    if (node.tag !== undefined && node.tag !== "!" && node.tag !== `tag:yaml.org,2002:${kind}`)
      this.#problem(node, `the tag ${node.tag} means nothing to Kubernetes`);
    if (isSeq(node)) return node.items.map((item) => this.read(item as Node, depth + 1));
    return isMap(node) ? this.#map(node, depth) : null;
  }

  #alias(alias: Alias, depth: number): Json {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.#problem(alias, `the alias *${alias.source} has no anchor above it`);
      return null;
    }
    if (this.#aliases.includes(alias.source) || contains(target, alias))
      return this.#giveUp(alias, `the alias *${alias.source} stands inside of what it stands for`);
    this.#aliases.push(alias.source);
    const value = this.read(target, depth + 1);
    this.#aliases.pop();
    return value;
  }

  /** As in kubectl's reader, `<<` takes effect where it stands: over the keys above it, under those below. */
  #map(map: YAMLMap, depth: number): Json {
    const result: Record<string, Json> = {};
    const merged = new Set<string>();
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      if (isMergeKey(pair.key)) {
        const added = this.#merge(pair, depth);
        for (const key of Object.keys(added)) merged.add(key);
        Object.assign(result, added);
        continue;
      }
      const key = this.#key(pair.key);
      if (key === undefined) continue;
      if (Object.hasOwn(result, key) && !merged.delete(key)) this.#problem(pair.key, `the key "${key}" is there twice`);
      result[key] = this.read(pair.value, depth + 1);
    }
    return result;
  }

  /** The value of `<<`: a map, or a list of maps of which the first wins. */
  #merge({ key, value: node }: Pair<Node, Node | null>, depth: number): Record<string, Json> {
    const value = this.read(node, depth + 1);
    const maps = Array.isArray(value) ? value.toReversed() : [value];
    const result: Record<string, Json> = {};
    for (const map of maps) {
      if (map === null || typeof map !== "object" || Array.isArray(map) || isExactInteger(map)) {
        this.#problem(key, "<< takes a map or a list of maps");
      } else Object.assign(result, map);
    }
    return result;
  }

  #key(node: Node): string | undefined {
    const value = this.read(node, 0);
    const written = isScalar(node) ? (node.source ?? "") : "";
    const key = keyText(value, written.includes("${") ? JSON.stringify(value) : written);
    if (key === undefined) this.#problem(node, "a key must be a plain word");
    // JavaScript would take this key for the object's prototype. Kubernetes has no field and allows no label of that name.
    if (key !== "__proto__") return key;
    this.#problem(node, `the key "__proto__" is not allowed`);
    return undefined;
  }

  #scalar(node: Scalar): Json {
    if (typeof node.value !== "string") return null;
    const text = this.#substitute(node, node.value);
    this.#options.budget.text -= text.length;
    if (this.#options.budget.text < 0)
      return this.#giveUp(node, `the file expands to more than ${maxTextLength >> 20} MiB`);
    const resolved = resolveScalar(node, text);
    if ("value" in resolved) return resolved.value;
    this.#problem(node, resolved.fault.message, resolved.fault.hint);
    return null;
  }

  /** An unquoted `${REPLICAS}` is what its value would be if it stood there; a quoted one stays text. */
  #substitute(node: Scalar, text: string): string {
    const { variables } = this.#options;
    if (variables === undefined) return text;
    return substitute(text, variables, (message, hint) => this.#problem(node, message, hint));
  }

  /** Tells what is wrong, and reads no further. */
  #giveUp(node: Node, message: string): null {
    this.#problem(node, message);
    this.#isOver = true;
    return null;
  }

  #problem(node: Node | null, message: string, hint?: string): void {
    if (this.#isOver) return;
    const offset = node?.range?.[0] ?? 0;
    this.#options.onProblem(hint === undefined ? { message, offset } : { message, hint, offset });
  }
}

function resolveScalar({ tag, type }: Scalar, text: string): ScalarValue {
  if (tag !== undefined) return resolveTagged(text, tag);
  return type === "PLAIN" ? resolvePlain(text) : { value: text };
}

function contains(node: Node, inner: Node): boolean {
  const [start = 0, , end = 0] = node.range ?? [];
  const at = inner.range?.[0] ?? 0;
  return start <= at && at < end;
}

/** Unquoted, and without a tag that says otherwise. */
export function isMergeKey(key: Node | null): key is Scalar {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN" && key.tag === undefined;
}
