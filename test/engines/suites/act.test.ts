import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createExec } from "../../../src/runner/exec.ts";
import type { ExecResult } from "../../../src/runner/runner.ts";
import { openWorld } from "../../scenarios/world.ts";
import type { World } from "../../scenarios/world.ts";
import { prepare } from "../engines.ts";
import { quietWorkshop } from "../programs/cache.ts";

const root = join(import.meta.dirname, "../../..");
const exec = createExec({ env: process.env, signal: new AbortController().signal });
const nodePort = 30_001;

let world: World;
let act: string;
let folder: string;
beforeAll(async () => {
  const prepared = prepare("act", { workshop: quietWorkshop(), nodeAddress: "", registryPort: 1 });
  [world, { variables: { ACT: act = "" } = {} }] = await Promise.all([openWorld(), prepared]);
  folder = await mkdtemp(join(tmpdir(), "slipway-act-"));
  await makeRepository();
  // All that a workflow finds at slipway/slipway@v1.
  await cp(join(root, "actions"), join(folder, "slipway/actions"), { recursive: true });
  await mkdir(join(folder, "checkout"));
  await writeFile(join(folder, "checkout/action.yml"), checkout);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** In place of actions/checkout where a workflow wants another ref than that of the event, which act does not do by itself. */
const checkout = `name: Checkout
description: What the workflows need of actions/checkout, from a repository of this machine
inputs:
  ref: { description: What to check out, required: true }
  persist-credentials: { description: There are none }
runs:
  using: composite
  steps:
    - run: git init --quiet && git fetch --quiet "$REPOSITORY" "$REF" && git checkout --quiet --force FETCH_HEAD
      shell: sh
      env:
        REF: \${{ inputs.ref }}
`;

/** A repository of the example's users, as it would be on GitHub, but for where its registries are. */
async function makeRepository(): Promise<void> {
  const repository = join(folder, "repository");
  await cp(join(root, "examples/backstage"), repository, { recursive: true });
  for (const name of ["deploy.yml", "release.yml"]) {
    await edit(join(repository, ".github/workflows", name), (text) =>
      text.replaceAll(/registry\.digitalocean\.com\/\$\{\{ vars\.REGISTRY \}\}/g, world.outside.cloudRegistry),
    );
  }
  for (const name of ["Dockerfile.server", "Dockerfile.auth"]) {
    await edit(join(repository, "backend", name), (text) =>
      text.replace("ARG BASE=node:24-slim", `ARG BASE=${world.image}`),
    );
  }
  const git = (...args: string[]): Promise<unknown> =>
    exec("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd: repository });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Start");
  for (const version of ["v1.0.0", "v1.1.0", "v1.2.0"]) await git("tag", version);
}

async function edit(path: string, change: (text: string) => string): Promise<void> {
  const text = await readFile(path, "utf8");
  const changed = change(text);
  if (changed === text) throw new Error(`${path} is not what this test expects`);
  await writeFile(path, changed);
}

async function checkoutVersion(workflow: string): Promise<string> {
  const text = await readFile(join(root, "examples/backstage/.github/workflows", workflow), "utf8");
  return /actions\/checkout@(\w+)/.exec(text)?.[1] ?? "";
}

/** Runs a workflow of the repository for an event. */
async function run(workflow: string, event: string, payload: unknown): Promise<ExecResult> {
  const eventFile = join(folder, `${workflow}.json`);
  await writeFile(eventFile, JSON.stringify(payload));
  const { digitaloceanToken, digitaloceanApiUrl, nodeAddress } = world.outside;
  const variables = { CLUSTER: "sandbox", SERVER_URL: `http://${nodeAddress}:${nodePort}` };
  const secrets = { DIGITALOCEAN_TOKEN: digitaloceanToken, JWT_SECRET: "a secret that is long enough for the example" };
  const flags = (flag: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).map(([name, value]) => `--${flag}=${name}=${value}`);
  return exec(
    act,
    [
      event,
      `--workflows=.github/workflows/${workflow}`,
      `--eventpath=${eventFile}`,
      "--platform=ubuntu-24.04=-self-hosted",
      `--local-repository=slipway/slipway@v1=${join(folder, "slipway")}`,
      `--local-repository=actions/checkout@${await checkoutVersion(workflow)}=${join(folder, "checkout")}`,
      ...flags("var", variables),
      ...flags("secret", secrets),
      ...flags("env", { DIGITALOCEAN_API_URL: digitaloceanApiUrl, REPOSITORY: join(folder, "repository") }),
    ],
    {
      cwd: join(folder, "repository"),
      // act runs actions by the node that it finds first.
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ""}`, XDG_CACHE_HOME: join(folder, "cache") },
    },
  );
}

describe("the workflows of examples/backstage, run by act", () => {
  it("release a push to main: build, deploy, check", async () => {
    const { exitCode, stdout, stderr } = await run("deploy.yml", "push", { ref: "refs/heads/main" });
    expect(exitCode === 0 ? "" : `${stdout}${stderr}`).toBe("");
    expect(await world.app("backstage").history()).toMatchObject([{ revision: 1, outcome: "succeeded" }]);
    expect((await world.app("backstage").history())[0]?.verified).toBeDefined();
  }, 120_000);

  it.each([
    ["by hand", "workflow_dispatch", "v1.0.0", { inputs: { version: "v1.0.0", environment: "staging" } }],
    ["that is published", "release", "v1.1.0", { release: { tag_name: "v1.1.0", prerelease: false } }],
    [
      "for another system",
      "repository_dispatch",
      "v1.2.0",
      { action: "release", client_payload: { version: "v1.2.0" } },
    ],
  ])(
    "release a tag %s",
    async (_, event, version, payload) => {
      const { exitCode, stdout, stderr } = await run("release.yml", event, payload);
      expect(exitCode === 0 ? "" : `${stdout}${stderr}`).toBe("");
      // A connection that stays open would go on to a pod on its way out.
      const headers = { connection: "close" };
      const health = await fetch(`http://${world.outside.nodeAddress}:${nodePort}/health`, { headers });
      expect(await health.json()).toMatchObject({ status: "healthy", version });
    },
    120_000,
  );
});
