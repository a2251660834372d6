import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { SlipwayError } from "../../../src/error.ts";
import type { ExecResult } from "../../../src/runner/runner.ts";
import { cached } from "./cache.ts";
import type { Workshop } from "./cache.ts";

/** Programs of this machine, or of Debian packages that were unpacked into the cache: nothing is installed. */
export interface Programs {
  /** The absolute path of one of them. */
  path(program: string): string;
  /** What their processes need to find each other and their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

export interface DebianPackages {
  readonly name: string;
  readonly packages: readonly string[];
  /** What has to be there in the end. */
  readonly programs: readonly string[];
}

const programFolders = ["usr/sbin", "usr/bin", "sbin", "bin", "usr/lib/cni"];

/**
 * Finds programs on this machine, or takes them out of Debian packages.
 * @throws SlipwayError where they are missing and cannot be had.
 */
export async function debianPrograms(wanted: DebianPackages, workshop: Workshop): Promise<Programs> {
  const here = [...(process.env.PATH ?? "").split(":"), ...programFolders.map((folder) => `/${folder}`)];
  if (wanted.programs.every((program) => find(program, here) !== undefined))
    return programsIn(wanted, { folders: here });
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const root = await cached(
    { name: wanted.name, inputs: [release, ...wanted.packages], make: (draft) => unpack(wanted, draft, workshop) },
    workshop,
  );
  const folders = [...programFolders.map((folder) => join(root, folder)), ...here];
  return programsIn(wanted, { folders, libraries: join(root, "libraries") });
}

function programsIn(
  wanted: DebianPackages,
  { folders, libraries }: { readonly folders: readonly string[]; readonly libraries?: string },
): Programs {
  const found = new Map(wanted.programs.map((program) => [program, find(program, folders)]));
  const missing = wanted.programs.filter((program) => found.get(program) === undefined);
  if (missing.length > 0) throw cannot(wanted, `they hold no ${missing.join(", ")}`);
  return {
    path: (program) => found.get(program) ?? program,
    env: { PATH: folders.join(":"), ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
  };
}

function find(program: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

/** Lets apt find out what is missing for these packages and fetch it, with lists of its own: it needs neither root nor apt's locks. */
async function unpack(wanted: DebianPackages, folder: string, workshop: Workshop): Promise<void> {
  workshop.tell(`${wanted.name}: fetching the Debian packages ${wanted.packages.join(", ")}`);
  const apt = join(folder, "apt");
  for (const part of ["lists", "archives"]) await mkdir(join(apt, part, "partial"), { recursive: true });
  const settings = [
    `Dir::State::lists=${apt}/lists`,
    `Dir::Cache=${apt}`,
    `Dir::Cache::archives=${apt}/archives/`,
    "Debug::NoLocking=1",
    "APT::Sandbox::User=root",
  ].flatMap((setting) => ["-o", setting]);
  const install = ["install", "--download-only", "--reinstall", "--yes", "--no-install-recommends"];
  await run(wanted, ["apt-get", ...settings, "update"], workshop);
  await run(wanted, ["apt-get", ...settings, ...install, ...wanted.packages], workshop);
  for (const archive of (await readdir(join(apt, "archives"))).filter((name) => name.endsWith(".deb"))) {
    await run(wanted, ["dpkg-deb", "--extract", join(apt, "archives", archive), folder], workshop);
  }
  await rm(apt, { recursive: true });
}

async function run(wanted: DebianPackages, command: readonly [string, ...string[]], { exec }: Workshop): Promise<void> {
  const [program, ...args] = command;
  const result = await exec(program, args).catch(() => undefined);
  if (result === undefined) throw cannot(wanted, `this machine has no ${program}`);
  if (result.exitCode !== 0) throw cannot(wanted, `${program} said: ${lastWords(result)}`);
}

function lastWords({ stderr }: ExecResult): string {
  return stderr.trim().split("\n").slice(-2).join(" ");
}

function cannot({ name, programs, packages }: DebianPackages, why: string): SlipwayError {
  return new SlipwayError(`Cannot get the programs of ${name} because ${why}`, {
    code: "configuration",
    hint: `Put ${programs.join(", ")} on PATH. Debian has them in ${packages.join(", ")}.`,
  });
}
