/**
 * `npm run check`: everything that is looked at without being run. The linter takes as long as all others together, so they go beside it.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { formatDuration } from "../src/runner/duration.ts";

const lanes = [
  ["eslint ."],
  ["tsc --noEmit", "prettier --check .", "node scripts/check-workflows.ts", "node scripts/readme.ts --check"],
];
const root = join(import.meta.dirname, "..");

await Promise.all(
  lanes.map(async (commands) => {
    for (const command of commands) await check(command);
  }),
);

/** Runs one check, and then shows what it said. */
async function check(command: string): Promise<void> {
  const started = performance.now();
  const { exitCode, said } = await run(command);
  if (exitCode !== 0) process.exitCode = 1;
  const outcome = exitCode === 0 ? "passed" : "FAILED";
  process.stdout.write(`${said}${outcome} in ${formatDuration(performance.now() - started)}: ${command}\n`);
}

function run(command: string): Promise<{ readonly exitCode: number; readonly said: string }> {
  return new Promise((resolve, reject) => {
    // npm has put the programs of node_modules on the PATH.
    const [file = "", ...args] = command.split(" ");
    const child = spawn(file, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    }
    child.once("error", reject).once("close", (code) => resolve({ exitCode: code ?? 1, said }));
  });
}
