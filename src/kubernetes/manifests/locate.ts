import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";
import { readDocuments } from "./documents.ts";
import type { FieldPath } from "./manifest.ts";
import { isMergeKey } from "./read-value.ts";
import { keyText, resolvePlain } from "./scalars.ts";
import { substitute } from "./substitute.ts";

/** The text of a file, and what its keys may hold. */
export interface Located {
  readonly text: string;
  readonly variables?: ReadonlyMap<string, string>;
}

/**
 * The offset of the deepest part of `path` that is written in a document of the text. What an alias or `<<` brings is found where it is
 * written. The text is read once more, for the first question of it, since nobody asks where all is well.
 */
export function locateIn({ text, variables }: Located): (index: number, path: FieldPath) => number {
  let documents: WeakRef<(readonly [Document | undefined, number])[]> | undefined;
  return (index, path) => {
    const read = documents?.deref() ?? [...readDocuments(text)].map(({ document, base }) => [document, base] as const);
    documents = new WeakRef(read);
    const [document, base] = read[index] ?? [undefined, 0];
    return document === undefined ? 0 : base + offsetOf(document, path, variables);
  };
}

function offsetOf(document: Document, path: FieldPath, variables: Located["variables"]): number {
  let node: Node | null | undefined = document.contents;
  let offset = startOf(node);
  for (const key of path) {
    const container = followed(node, document);
    const pair = isMap(container)
      ? pairOf(container as YAMLMap<Node, Node | null>, String(key), document, variables)
      : undefined;
    if (pair !== undefined) {
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(container) && typeof key === "number" && container.items[key] !== undefined) {
      node = container.items[key] as Node;
      offset = startOf(node);
    } else break;
  }
  return offset;
}

function followed(node: Node | null | undefined, document: Document): Node | null | undefined {
  return isAlias(node) ? node.resolve(document) : node;
}

function pairOf(
  map: YAMLMap<Node, Node | null>,
  key: string,
  document: Document,
  variables: Located["variables"],
  depth = 0,
): Pair<Node, Node | null> | undefined {
  // The last one counts, of what is merged as of what is written.
  for (const pair of map.items.toReversed()) {
    if (!isMergeKey(pair.key)) {
      if (nameOf(pair.key, variables) === key) return pair;
      continue;
    }
    const target = followed(pair.value, document);
    for (const each of isSeq(target) ? target.items : [target]) {
      const merged = followed(each as Node, document);
      const found =
        isMap(merged) && depth < 20
          ? pairOf(merged as YAMLMap<Node, Node | null>, key, document, variables, depth + 1)
          : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function nameOf(key: Node, variables: Located["variables"]): string | undefined {
  if (!isScalar(key) || typeof key.value !== "string") return undefined;
  const text = variables === undefined ? key.value : substitute(key.value, variables, () => undefined);
  const plain = key.type === "PLAIN" ? resolvePlain(text) : { value: text };
  return "value" in plain ? keyText(plain.value, text) : undefined;
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}
