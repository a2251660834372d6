import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { SlipwayError } from "../../../src/error.ts";
import { formatDuration } from "../../../src/runner/duration.ts";
import type { ExecResult } from "../../../src/runner/runner.ts";
import { cached } from "./cache.ts";
import type { Workshop } from "./cache.ts";

export interface GoProgram {
  readonly name: string;
  /** Holds the go.mod and go.sum that say what it is made of, by hash. */
  readonly module: string;
  /** What is built: a package of the module, or one that it requires. */
  readonly package: string;
  readonly linkerFlags?: string;
  /** How long it takes on two cores with nothing there yet, such as "5 minutes". */
  readonly takes: string;
}

const tellEveryMs = 15_000;

/**
 * The path of a program built from its source, with modules from the Go module proxy.
 * @throws SlipwayError where there is no Go, or the build fails.
 */
export async function goProgram(program: GoProgram, workshop: Workshop): Promise<string> {
  const { name, module } = program;
  const files = (await readdir(module)).filter((file) => /\.go$|^go\.(mod|sum)$/.test(file)).sort();
  const sources = await Promise.all(files.map((file) => readFile(join(module, file))));
  const folder = await cached(
    {
      name,
      inputs: [program.package, program.linkerFlags ?? "", ...sources],
      make: (draft) => build(program, join(draft, name), workshop),
    },
    workshop,
  );
  return join(folder, name);
}

async function build(program: GoProgram, output: string, workshop: Workshop): Promise<void> {
  const { name, module } = program;
  await requireGo(program, workshop);
  workshop.tell(`${name}: building it with Go, which takes about ${program.takes} the first time`);
  const progress = new Progress(name, workshop);
  // Programs are known by their sources: what git knows of this checkout is no part of them.
  const flags = ["-v", "-trimpath", "-buildvcs=false", "-mod=readonly", `-ldflags=-s -w ${program.linkerFlags ?? ""}`];
  const result = await workshop
    .exec("go", ["build", ...flags, "-o", output, program.package], {
      cwd: module,
      env: { CGO_ENABLED: "0", GOTOOLCHAIN: "local", GOWORK: "off" },
      onLine: (line) => progress.take(line),
    })
    .finally(() => progress.stop());
  if (result.exitCode !== 0) throw buildFailed(name, result);
  workshop.tell(`${name}: built in ${progress.elapsed}`);
}

/** Counts what the compiler and the downloads tell, and says so from time to time. */
class Progress {
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout;
  #modules = 0;
  #packages = 0;

  constructor(name: string, workshop: Workshop) {
    this.#timer = setInterval(() => {
      const modules = this.#modules === 0 ? "" : `${this.#modules} modules fetched, `;
      workshop.tell(`${name}: ${modules}${this.#packages} packages compiled after ${this.elapsed}`);
    }, tellEveryMs);
  }

  get elapsed(): string {
    return formatDuration(performance.now() - this.#started);
  }

  take(line: string): void {
    if (line.startsWith("go: downloading")) this.#modules += 1;
    else this.#packages += 1;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

async function requireGo({ name, module }: GoProgram, { exec }: Workshop): Promise<void> {
  const needed = /^go (\d+\.\d+)/m.exec(readFileSync(join(module, "go.mod"), "utf8"))?.[1] ?? "";
  const found = await exec("go", ["env", "GOVERSION"], { env: { GOTOOLCHAIN: "local" } }).catch(() => undefined);
  const version = found?.stdout.trim().replace(/^go/, "") ?? "";
  if (isAtLeast(version, needed)) return;
  throw new SlipwayError(
    `Cannot build ${name} because it needs Go ${needed} or newer: got ${version === "" ? "no go on PATH" : version}`,
    { code: "configuration", hint: "Install Go from https://go.dev/dl/ and put its bin folder on PATH." },
  );
}

function isAtLeast(version: string, needed: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  return major > neededMajor || (major === neededMajor && minor >= neededMinor);
}

function buildFailed(name: string, { exitCode, stderr }: ExecResult): SlipwayError {
  const said = stderr
    .trim()
    .split("\n")
    .filter((line) => / |:/.test(line))
    .slice(-5);
  return new SlipwayError(
    `Cannot build ${name} because go build failed: got exit code ${exitCode}\n${said.join("\n")}`,
    {
      code: "configuration",
      hint: "Its modules come from the Go module proxy, or from what the variable GOPROXY names: that has to be reachable.",
    },
  );
}
