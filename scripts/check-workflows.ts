/**
 * Part of `npm run check`: GitHub's own language service over this repository's workflows and those of the examples, and the rules that
 * it does not have: no permission that is not asked for, nothing foreign that is not pinned to a commit, no expression in a script.
 */
import { glob, readFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";

// The language service imports JSON as bundlers allow it; Node wants to be told the type.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { validate } = await import("@actions/languageservice");

interface Finding {
  readonly line: number;
  readonly message: string;
}

/** Examples use Slipway as its users do: by a version, which they pin as they like. */
const ours = /^slipway\/slipway\/|^(?:\.|\$)\//;

const root = join(import.meta.dirname, "..");
const files: string[] = [];
for await (const file of glob("{.github,examples/*/.github}/workflows/*.yml", { cwd: root })) files.push(file);
let count = 0;
for (const file of files.sort()) {
  const text = await readFile(join(root, file), "utf8");
  for (const { line, message } of [...(await languageService(file, text)), ...ownRules(text)]) {
    console.error(`${file}:${line}: ${message}`);
    count += 1;
  }
}
console.log(`${files.length} workflows, ${count} problems`);
if (count > 0) process.exitCode = 1;

async function languageService(file: string, text: string): Promise<Finding[]> {
  const diagnostics = await validate(TextDocument.create(`file:///${file}`, "yaml", 1, text));
  return diagnostics.map(({ range, message }) => ({
    line: range.start.line + 1,
    message: typeof message === "string" ? message : message.value,
  }));
}

function ownRules(text: string): Finding[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const found: Finding[] = [];
  const report = (offset: number | undefined, message: string): void => {
    found.push({ line: lines.linePos(offset ?? 0).line, message });
  };
  const permissions = document.get("permissions", true);
  if (!isMap(permissions) || permissions.items.length > 0) {
    report(0, "say `permissions: {}` at the top, and grant each job what it needs");
  }
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isScalar(key) || !isScalar(value) || typeof value.value !== "string") return;
      if (key.value === "uses" && !ours.test(value.value) && !/@[0-9a-f]{40}$/.test(value.value)) {
        report(value.range?.[0], `pin ${value.value} to a commit, with its version in a comment`);
      }
      if (key.value === "run" && value.value.includes("${{")) {
        report(value.range?.[0], "pass values to a script by `env`, not by ${{ }}");
      }
    },
    Map(_key, step) {
      const uses = step.get("uses");
      if (typeof uses !== "string" || !uses.startsWith("actions/checkout@")) return;
      const given = step.get("with");
      if (isMap(given) && given.get("persist-credentials") === false) return;
      report(step.range?.[0], "check out with `persist-credentials: false`");
    },
  });
  return found;
}
