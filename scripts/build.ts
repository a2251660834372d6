/**
 * `npm run build`: bundles each action into actions/NAME/dist with ncc. With `--check` it builds elsewhere and fails when what is
 * committed is not exactly what the source builds.
 */
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { minify } from "@swc/core";
import { format } from "prettier";

const root = join(import.meta.dirname, "..");
const ncc = join(root, "node_modules/@vercel/ncc/dist/ncc/cli.js");
const actions = (await readdir(join(root, "actions"))).sort();
const check = process.argv.includes("--check");

const built = await mkdtemp(join(tmpdir(), "slipway-build-"));
try {
  const stale: string[] = [];
  for (const action of actions) {
    const out = join(built, action);
    const entry = join(root, "src", action, "main.ts");
    // Types are checked by `npm run check`.
    execFileSync(
      process.execPath,
      [ncc, "build", entry, "-o", out, "--target", "es2024", "--license", "licenses.txt", "--transpile-only", "-q"],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
    await removeUnused(out);
    const dist = join(root, "actions", action, "dist");
    if (check) stale.push(...(await differences(out, dist)).map((file) => `actions/${action}/dist/${file}`));
    else await replace(out, dist);
    console.log(`${action.padEnd(14)} ${Math.round((await sizeOf(out)) / 1000)} kB`);
  }
  if (stale.length > 0) {
    console.error(
      `\nThese are not what the source builds. Run \`npm run build\` and commit the result:\n  ${stale.join("\n  ")}`,
    );
    process.exitCode = 1;
  }
} finally {
  await rm(built, { recursive: true });
}

/**
 * Takes out what is never called, which of some packages is most, and comments. Nothing is renamed or put on one line: what runs in a
 * workflow with its secrets can be read by whoever wants to.
 */
async function removeUnused(folder: string): Promise<void> {
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".js"))) {
    const path = join(folder, file);
    const { code } = await minify(await readFile(path, "utf8"), {
      module: true,
      mangle: false,
      compress: { defaults: false, unused: true, dead_code: true, side_effects: true, toplevel: true },
      format: { comments: false },
    });
    await writeFile(path, await format(code, { parser: "espree", useTabs: true, printWidth: 120 }));
  }
}

async function replace(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
}

async function differences(expected: string, actual: string): Promise<string[]> {
  const files = new Set([...(await listFiles(expected)), ...(await listFiles(actual))]);
  const differs = await Promise.all(
    [...files].map(async (file) => {
      const [one, other] = await Promise.all(
        [expected, actual].map((folder) => readFile(join(folder, file)).catch(() => undefined)),
      );
      return one === undefined || other === undefined || !one.equals(other) ? [file] : [];
    }),
  );
  return differs.flat();
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = await Promise.all(
    (await listFiles(folder)).map(async (file) => (await readFile(join(folder, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
