import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { seededRandom } from "../../../test/seeded-random.ts";
import { readDocuments } from "./documents.ts";
import { newBudget, readValue } from "./read-value.ts";
import { readSimpleYaml } from "./simple-yaml.ts";
import type { SimpleDocument } from "./simple-yaml.ts";
import { substitute } from "./substitute.ts";

const variables = new Map([
  ["TAG", "v1.2"],
  ["COUNT", "3"],
  ["LINES", "x: y\nz"],
]);
const root = join(import.meta.dirname, "../../..");

function simple(text: string): SimpleDocument[] | undefined {
  return readSimpleYaml(text, (scalar) => {
    const unknown: string[] = [];
    const substituted = substitute(scalar, variables, (message) => unknown.push(message));
    return unknown.length === 0 ? substituted : undefined;
  });
}

/** What the reader of all YAML says; undefined where it has something against the text. */
function whole(text: string): SimpleDocument[] | undefined {
  const [found, problems]: [SimpleDocument[], unknown[]] = [[], []];
  const onProblem = (problem: unknown): void => void problems.push(problem);
  for (const { document, base, faults } of readDocuments(text)) {
    problems.push(...faults);
    if (document === undefined) break;
    const value = readValue(document, { variables, budget: newBudget(), onProblem });
    const offset = base + (document.contents?.range?.[0] ?? 0);
    if (value !== null) found.push({ value: value as SimpleDocument["value"], offset });
  }
  return problems.length === 0 ? found : undefined;
}

/** Whether the text is simple; it must mean the same to both readers then. */
function isSimple(text: string): boolean {
  const found = simple(text);
  if (found !== undefined) expect({ text, found }).toEqual({ text, found: whole(text) });
  return found !== undefined;
}

const manifest = `# The web server
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # as its Service
  labels: {}
spec:
  replicas: \${COUNT}
  template:
    spec:
      containers:
      - name: web
        image: "shop:\${TAG}"
        command: ["node", "server.js"]
        args:
          - --port=80
          - 'it''s'
        env:
          - name: MODE

            value: 0644
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  script: |
    # no comment

    if true
      echo "\${LINES}"
  last: |-
    one
  empty:
  items: []
`;

describe("readSimpleYaml()", () => {
  it("reads what manifests are written in, as the reader of all YAML does", () => {
    expect(isSimple(manifest)).toBe(true);
    expect(simple(manifest)?.map(({ value }) => value.kind)).toEqual(["Deployment", "ConfigMap"]);
  });

  it.each([
    ["a List, whose items have places of their own", "kind: ConfigMapList\nitems: []\n"],
    ["a key that is there twice", "a: 1\na: 2\n"],
    ["a key that is no text", "on: 1\n"],
    ["the key of the prototype", "__proto__: 1\n"],
    ["an anchor and an alias", "a: &x 1\nb: *x\n"],
    ["a tag", "a: !!str 1\n"],
    ["a merge key", "a: 1\n<<: {}\n"],
    ["a map on one line", "a: { b: 1 }\n"],
    ["a comment after a key", "a: # one\n  b: 1\n"],
    ["a text of several lines", "a: one\n  two\n"],
    ["a folded block", "a: >\n  one\n"],
    ["a block that begins with an empty line", "a: |\n\n  one\n"],
    ["a block at the end of a text without a line end", "a: |\n  one"],
    ["a list in a list", "a:\n- - 1\n"],
    ["a map that is not one", "a: b: c\n"],
    ["an indentation that belongs to nothing", "a:\n    b: 1\n  c: 2\n"],
    ["an empty document", "---\n---\na: 1\n"],
    ["a tab", "a:\t1\n"],
    ["a variable without a value", "a: ${NOBODY}\n"],
    ["a number that JSON has not", "a: 99999999999999999999\n"],
    ["JSON", '{"a": 1}'],
  ])("leaves %s to the other reader", (_what, text) => {
    expect(simple(text)).toBeUndefined();
  });

  it("reads the manifests of the examples", () => {
    const files = globSync("examples/**/k8s/**/*.yaml", { cwd: root });
    expect(files.map((file) => isSimple(readFileSync(join(root, file), "utf8")))).toContain(true);
  });

  it("never reads what the reader of all YAML reads otherwise", () => {
    const random = seededRandom(5);
    const below = (count: number): number => Math.floor(random() * count);
    const pieces = [
      "a",
      "b: ",
      "c: 1",
      "- ",
      "  ",
      "    ",
      "key: ",
      "---",
      "# c",
      " # c",
      "'",
      '"',
      "{}",
      "[]",
      '["a", "b"]',
      "yes",
      "~",
      "0644",
      "-1",
      "?",
      ": ",
      "&a",
      "*a",
      "!t",
      "${COUNT}",
      "%",
      "<<",
      "é",
      "a b",
      "a#b",
      "x: y",
      "|",
      "|-",
      "\n",
      "\n",
      "\n  ",
      "\n- ",
      "\n---\n",
      "\n\n",
      "\n \n",
      "\nkey: |\n  text\n",
    ];
    let count = 0;
    for (let round = 0; round < 2_000; round++) {
      const lines = manifest.split("\n").slice(below(10), 10 + below(30));
      let text = `${lines.join("\n")}\n`;
      for (let change = below(4); change > 0; change--) {
        const at = below(text.length);
        text = text.slice(0, at) + (pieces[below(pieces.length)] ?? "") + text.slice(at + below(4));
      }
      if (isSimple(text)) count += 1;
      if (isSimple(stringify({ a: [text], b: { c: text.slice(0, 5) } }, { indentSeq: below(2) === 0 }))) count += 1;
    }
    expect(count).toBeGreaterThan(200);
  });
});
