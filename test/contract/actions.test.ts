import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { parse } from "yaml";
import { readInputs, type InputSpec } from "../../src/runner/inputs.ts";

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<Record<string, { description: string; required: boolean; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
  readonly runs: { readonly using: string; readonly main: string; readonly post?: string };
}

const root = join(import.meta.dirname, "../..");
const actions = readdirSync(join(root, "actions")).sort();

function manifestOf(action: string): Manifest {
  return parse(readFileSync(join(root, "actions", action, "action.yml"), "utf8")) as Manifest;
}

async function specOf(action: string): Promise<InputSpec> {
  const module = (await import(join(root, "src", action, "inputs.ts"))) as { readonly inputs: InputSpec };
  return module.inputs;
}

/** All sources of an action: what its main.ts imports, and what that imports, at once or later. */
function sourcesOf(action: string): string[] {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path) || !existsSync(path)) return;
    found.add(path);
    const imports = readFileSync(path, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.ts)"/g);
    for (const [, specifier = ""] of imports) visit(resolve(path, "..", specifier));
  };
  visit(join(root, "src", action, "main.ts"));
  return [...found].map((path) => readFileSync(path, "utf8"));
}

it("every README has the tables of its action.yml", async () => {
  await expect(
    promisify(execFile)(process.execPath, ["scripts/readme.ts", "--check"], { cwd: root }),
  ).resolves.toBeDefined();
});

describe.each(actions)("%s", (action) => {
  const manifest = manifestOf(action);

  it("reads the inputs that action.yml declares, and no others", async () => {
    expect(Object.keys(await specOf(action)).sort()).toEqual(Object.keys(manifest.inputs).sort());
  });

  it("requires in code what action.yml requires or has a default for", async () => {
    const inCode = Object.entries(await specOf(action)).map(([name, { isRequired }]) => [name, isRequired]);
    const inManifest = Object.entries(manifest.inputs).map(([name, input]) => [
      name,
      input.required || input.default !== undefined,
    ]);
    expect(Object.fromEntries(inCode)).toEqual(Object.fromEntries(inManifest));
  });

  it("can parse every default", async () => {
    const spec = await specOf(action);
    const defaults = Object.entries(manifest.inputs).filter(([, input]) => input.default !== undefined);
    const withDefault = Object.fromEntries(
      defaults.map(([name]) => [name, spec[name]]).filter(([, input]) => input),
    ) as InputSpec;
    const runner = { input: (name: string) => manifest.inputs[name]?.default?.trim() ?? "", mask: () => undefined };
    await expect(readInputs(runner, withDefault)).resolves.toBeDefined();
  });

  it("never requires an input that has a default", () => {
    expect(Object.values(manifest.inputs).filter((input) => input.required && input.default !== undefined)).toEqual([]);
  });

  it("never shows an input whose name promises a secret", async () => {
    const shown = Object.entries(await specOf(action)).filter(([, { parser }]) => parser.secretsOf === undefined);
    expect(shown.map(([name]) => name).filter((name) => /token|password|secret|kubeconfig|logins/.test(name))).toEqual(
      [],
    );
  });

  it("sets the outputs that action.yml declares, and no others", () => {
    const calls = sourcesOf(action).flatMap((source) =>
      [...source.matchAll(/\.setOutput\(\s*([^,]*),/g)].map(([, name = ""]) => name),
    );
    const set = new Set(calls.map((name) => (name.startsWith('"') ? name.slice(1, -1) : `not a literal: ${name}`)));
    expect([...set].sort()).toEqual(Object.keys(manifest.outputs).sort());
  });

  it("runs its bundle on the runner's Node, with a post step exactly where its main.ts has one", () => {
    const main = readFileSync(join(root, "src", action, "main.ts"), "utf8");
    const script = "dist/index.js";
    const post = /^\s*(?:async )?post\b/m.test(main) ? { post: script } : {};
    expect(manifest.runs).toEqual({ using: "node24", main: script, ...post });
  });

  it("describes everything in sentences", () => {
    const entries = [...Object.entries(manifest.inputs), ...Object.entries(manifest.outputs)];
    expect(entries.filter(([, { description }]) => !/^[`A-Z].*\.$/.test(description)).map(([name]) => name)).toEqual(
      [],
    );
  });

  describe("README", () => {
    const readme = readFileSync(join(root, "actions", action, "README.md"), "utf8");

    it("goes from what it does over how to use it to what failures look like", () => {
      const headings = [...readme.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading);
      expect(headings.slice(1, 4)).toEqual(["Inputs", "Outputs", "Permissions"]);
      // What only one action has to explain stands between.
      expect(headings.at(-1)).toBe("What failures look like");
    });

    it("begins with a workflow that gives every required input and none that is unknown", () => {
      const steps = parse(/```yaml\n([^]*?)```/.exec(readme)?.[1] ?? "") as {
        uses: string;
        with: Record<string, string>;
      }[];
      const given = Object.keys(steps.find(({ uses }) => uses.includes(`/actions/${action}@`))?.with ?? {});
      const known = Object.keys(manifest.inputs);
      const needed = known.filter((name) => manifest.inputs[name]?.required);
      expect(given.filter((name) => !known.includes(name))).toEqual([]);
      expect(needed.filter((name) => !given.includes(name))).toEqual([]);
    });
  });
});

it("inputs of one name mean one thing, wherever an action has them", () => {
  const shared = ["cluster", "digitalocean-token", "kubeconfig"];
  const describeShared = (action: string): (string | undefined)[] =>
    shared.map((name) => manifestOf(action).inputs[name]?.description);
  expect(describeShared("smoke-test")).toEqual(describeShared("deploy-doks"));
  expect(describeShared("rollback")).toEqual(describeShared("deploy-doks"));
});
