/**
 * Writes the tables of inputs and outputs in each action's README from its action.yml, between the markers `<!-- inputs -->` and
 * `<!-- /inputs -->` (`outputs` likewise). With `--check` it changes nothing, and fails when a README is stale.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { parse } from "yaml";

interface Manifest {
  readonly inputs?: Readonly<Record<string, { description: string; required?: boolean; default?: string }>>;
  readonly outputs?: Readonly<Record<string, { description: string }>>;
}

const actions = join(import.meta.dirname, "..", "actions");
const isCheck = process.argv.includes("--check");

for (const action of (await readdir(actions)).sort()) {
  const path = join(actions, action, "README.md");
  const text = await readFile(path, "utf8");
  const manifest = parse(await readFile(join(actions, action, "action.yml"), "utf8")) as Manifest;
  const tables = { inputs: inputTable(manifest), outputs: outputTable(manifest) };
  const fresh = await format(withTables(text, tables, path), { ...(await resolveConfig(path)), parser: "markdown" });
  if (fresh === text) continue;
  if (isCheck) {
    console.error(`actions/${action}/README.md is not what actions/${action}/action.yml says: run "npm run format".`);
    process.exitCode = 1;
  } else {
    await writeFile(path, fresh);
    console.log(`actions/${action}/README.md is up to date again.`);
  }
}

function withTables(text: string, tables: Readonly<Record<string, string>>, path: string): string {
  return Object.entries(tables).reduce((result, [name, table]) => {
    const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
    if (!section.test(result))
      throw new Error(`${path} has no place for its ${name}: <!-- ${name} --> and <!-- /${name} -->`);
    return result.replace(section, (_, start: string, end: string) => `${start}\n${table}\n${end}`);
  }, text);
}

function inputTable({ inputs = {} }: Manifest): string {
  const rows = Object.entries(inputs).map(([name, input]) => {
    const fallback =
      input.default === undefined
        ? ""
        : input.default
            .trim()
            .split("\n")
            .map((line) => `\`${line}\``)
            .join("<br>");
    return [`\`${name}\``, input.description, input.required === true ? "**required**" : fallback];
  });
  return table(["Input", "Meaning", "Default"], rows);
}

function outputTable({ outputs = {} }: Manifest): string {
  return table(["Output", "Meaning"], Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description])); // prettier-ignore
}

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(headers), line(headers.map(() => "---")), ...rows.map(line)].join("\n");
}
