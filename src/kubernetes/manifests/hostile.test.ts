import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "@jest/globals";

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";

/** Texts that would take minutes or gigabytes, as the JavaScript that makes them, and what is said of them. */
const cases: readonly (readonly [script: string, problem: string])[] = [
  [
    `["l0: &l0 [x]", ...[1,2,3,4,5,6,7,8,9].map((i) => \`l\${i}: &l\${i} [\${Array(10).fill(\`*l\${i - 1}\`)}]\`)].join("\\n")`,
    "aliases expand to more than 200000 values",
  ],
  [
    `["x0: &x0 {a: b}", ...[1,2,3,4,5,6,7,8,9].map((i) => \`x\${i}: &x\${i} {<<: [\${Array(10).fill(\`*x\${i - 1}\`)}]}\`)].join("\\n")`,
    "aliases expand to more than 200000 values",
  ],
  [`"a: &a " + "x".repeat(100_000) + "\\nb:\\n" + "- *a\\n".repeat(20_000)`, "the file expands to more than 16 MiB"],
  [`"[".repeat(1e6)`, "more than 500 brackets are open at once"],
  [`"- ".repeat(500_000)`, "more than 100 lists begin in one line"],
  [`"[" + "1,".repeat(500_000) + "]"`, "more than 240000 pieces"],
  [`"!a ".repeat(300_000)`, "more than 240000 pieces"],
  [`"}".repeat(1e6)`, "not valid YAML"],
  [`"---\\n".repeat(4e6)`, "more than 20000 documents"],
  [`"#\\n".repeat(7e6)`, "more than 240000 pieces"],
  [`"%a\\n".repeat(300_000)`, "too many directives"],
  [`Array.from({ length: 3000 }, (_, i) => " ".repeat(i) + "a:\\n").join("")`, "more than 4 MiB"],
  [
    `Array.from({ length: 100 }, (_, i) => " ".repeat(i) + "a:\\n").join("").repeat(1) + " ".repeat(100) + "[[".repeat(150)`,
    "not valid YAML",
  ],
  [`${JSON.stringify(head)} + "data: { a: '" + "x".repeat(15e6) + "' }"`, "more than 4 MiB"],
  [
    `${JSON.stringify(head)} + "data:\\n" + Array.from({ length: 100_000 }, (_, i) => \`  k\${i}: v\\n\`).join("")`,
    "more than 240000 pieces",
  ],
  [
    `${JSON.stringify(head)} + "data:\\n  a: |\\n" + "    some words of text\\n".repeat(90_000)`,
    "has more than 1.5 MiB",
  ],
];

/** A process of its own, whose memory is short. */
const script = `
  const { parseManifests } = await import(${JSON.stringify(join(import.meta.dirname, "parse.ts"))});
  const results = [];
  for (const make of [${cases.map(([text]) => `() => ${text}`).join(", ")}]) {
    const text = make();
    const before = process.cpuUsage();
    const { problems } = parseManifests(text, { file: "a.yaml", variables: new Map() });
    const { user, system } = process.cpuUsage(before);
    results.push({ messages: problems.map(({ message }) => message), seconds: (user + system) / 1e6 });
  }
  console.log(JSON.stringify(results));
`;

it("parseManifests() tells one problem of what would take minutes or gigabytes, within a second and 200 MB", () => {
  const args = ["--no-warnings", "--max-old-space-size=120", "--input-type=module", "--eval", script];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1e8 });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const results = JSON.parse(stdout) as { readonly messages: readonly string[]; readonly seconds: number }[];
  expect(results.map(({ messages }) => messages)).toEqual(
    cases.map(([, problem]) => [expect.stringContaining(problem)] as unknown),
  );
  expect(results.filter(({ seconds }) => seconds > 1)).toEqual([]);
}, 120_000);
