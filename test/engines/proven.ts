import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { WorldName } from "../outside.ts";

const readme = join(import.meta.dirname, "../../README.md");
const place = /(<!-- proven -->)[^]*?(<!-- \/proven -->)/;

/** What a world has proven, and by how many tests. */
export interface Proof {
  readonly world: WorldName;
  readonly what: string;
  readonly tests: number;
}

const worlds: Readonly<Record<WorldName, string>> = {
  sandbox: "Sandbox",
  "control-plane": "Real control plane, the sandbox's kubelet",
  node: "Real control plane and node",
};

/** Writes into the README what the last run has proven, between `<!-- proven -->` and `<!-- /proven -->`. */
export async function writeProven(proofs: readonly Proof[]): Promise<void> {
  const text = await readFile(readme, "utf8");
  if (!place.test(text))
    throw new Error("README.md has no place for what is proven: <!-- proven --> and <!-- /proven -->");
  const lines = proofs.map(({ world, what, tests }) => `| ${worlds[world]} | ${what} | ${tests} |`);
  const table = ["| World | What it proves | Tests |", "| --- | --- | --- |", ...lines].join("\n");
  const filled = text.replace(place, (_, start: string, end: string) => `${start}\n\n${table}\n\n${end}`);
  const fresh = await format(filled, { ...(await resolveConfig(readme)), parser: "markdown" });
  if (fresh !== text) await writeFile(readme, fresh);
}
