import { describe, expect, it } from "@jest/globals";
import { SlipwayError } from "../error.ts";
import { readInputs } from "../runner/inputs.ts";
import type { RunContext } from "../runner/runner.ts";
import { inputs } from "./inputs.ts";
import { planImages, type PlanFacts } from "./plan.ts";

const context: RunContext = {
  sha: "860c1904a1ce19322e91ac35af1ab07466440c37",
  ref: "refs/heads/main",
  refName: "main",
  refType: "branch",
  baseRef: "",
  eventName: "push",
  actor: "someone",
  repository: "acme/shop",
  workflow: "Deploy",
  runId: "1",
  runAttempt: "1",
  serverUrl: "https://github.com",
  payload: {},
};
const facts: PlanFacts = {
  context,
  env: { NPM_TOKEN: "secret" },
  head: { sha: context.sha, epoch: 1_700_000_000 },
  commits: new Map(),
  now: new Date("2024-01-01T00:00:00Z"),
};

const defaults = {
  registry: "ghcr.io/acme",
  images: "- shop",
  tags: "type=sha\ntype=ref,event=branch",
  builder: "direct",
  cache: "auto",
  push: "true",
};

async function plan(given: Readonly<Record<string, string>> = {}, changes: Partial<PlanFacts> = {}) {
  const all: Readonly<Record<string, string>> = { ...defaults, ...given };
  const read = await readInputs({ input: (name) => all[name] ?? "", mask: () => undefined }, inputs);
  return planImages(read, { ...facts, ...changes });
}

async function problemsOf(
  given: Readonly<Record<string, string>>,
  changes: Partial<PlanFacts> = {},
): Promise<string[]> {
  const error = await plan(given, changes).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SlipwayError)) throw new Error(`expected a SlipwayError, got ${String(error)}`);
  return error.problems.map(({ message, hint = "" }) => `${message} | ${hint}`);
}

describe("planImages()", () => {
  it("makes everything out of a name", async () => {
    const [image] = await plan();
    expect(image).toMatchObject({
      name: "shop",
      registry: "ghcr.io",
      repository: "acme/shop",
      context: ".",
      dockerfiles: ["Dockerfile"],
      platforms: [{ os: "linux", architecture: "amd64" }],
      tags: { names: ["main", "sha-860c190"] },
      labels: {
        "org.opencontainers.image.created": "2023-11-14T22:13:20Z",
        "org.opencontainers.image.revision": context.sha,
        "org.opencontainers.image.source": "https://github.com/acme/shop",
        "org.opencontainers.image.title": "shop",
        "org.opencontainers.image.version": "main",
      },
    });
  });

  it("takes everything from a map", async () => {
    const images = `
- name: worker
  context: ./worker
  dockerfile: Dockerfile.prod
  target: prod
  platforms: linux/arm64, linux/amd64
  build-args: { VERSION: 1.10, EMPTY: "" }
  labels: { org.opencontainers.image.title: Worker, team: a }
  tags: |
    type=raw,one
    type=raw,two
`;
    const [image] = await plan({ images });
    expect(image).toMatchObject({
      repository: "acme/worker",
      context: "worker",
      dockerfiles: ["Dockerfile.prod", "worker/Dockerfile.prod"],
      target: "prod",
      platforms: [{ architecture: "arm64" }, { architecture: "amd64" }],
      tags: { names: ["one", "two"] },
    });
    expect(image?.buildArgs).toEqual(
      new Map([
        ["VERSION", "1.10"],
        ["EMPTY", ""],
      ]),
    );
    expect(image?.labels).toMatchObject({ "org.opencontainers.image.title": "Worker", team: "a" });
  });

  it("leaves the platform to Docker where none is given", async () => {
    const [image] = await plan({ builder: "docker", images: "- { name: shop, secrets: { npm: NPM_TOKEN } }" });
    expect(image?.platforms).toEqual([]);
    expect(image?.secrets).toEqual(new Map([["npm", "NPM_TOKEN"]]));
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "a registry without a host",
      { registry: "acme" },
      'Image shop: input registry does not start with a host: got "acme"',
    ],
    [
      "a name with capitals",
      { images: "- Shop" },
      'Image Shop: Cannot read the image name "ghcr.io/acme/Shop" because "acme/Shop" has capital letters',
    ],
    ["a name with a tag", { images: "- shop:1" }, "Image shop:1: its name has a tag"],
    ["a name twice", { images: "- shop\n- shop" }, "Input images names shop twice"],
    [
      "a platform that is none",
      { images: "- { name: shop, platforms: amd64 }" },
      'Image shop: "amd64" is not a platform',
    ],
    ["a password alone", { password: "x" }, "username and password belong together"],
    [
      "two ways to log in",
      { username: "x", password: "y", "digitalocean-token": "z" },
      "Both username and digitalocean-token are given",
    ],
    [
      "provenance from the direct builder",
      { provenance: "mode=max" },
      'Input provenance has a value for BuildKit, and builder is direct: got "mode=max"',
    ],
    ["BuildKit's caches for the direct builder", { cache: "type=gha" }, "Input cache has a value for BuildKit"],
    [
      "a token without a registry of DigitalOcean's",
      { registry: "registry.digitalocean.com", "digitalocean-token": "x" },
      "names no registry of DigitalOcean's",
    ],
    ["a cache that is not known", { cache: "on" }, 'Input cache has a line that is not known: got "on"'],
    [
      "secrets for the direct builder",
      { images: "- { name: shop, secrets: { npm: NPM_TOKEN } }" },
      "secrets are for RUN",
    ],
    [
      "a secret that is not set",
      { builder: "docker", images: "- { name: shop, secrets: { npm: NPM_TOKN } }" },
      "the environment variable NPM_TOKN is not set",
    ],
    ["no tag at all", { tags: "type=ref,event=tag" }, "none of its rules gives a tag for refs/heads/main (push)"],
    ["a rule that is wrong", { tags: "type=shaa" }, 'its rule "type=shaa" cannot be read'],
  ])("refuses %s", async (_what, given, expected) => {
    expect(await problemsOf(given)).toEqual([expect.stringContaining(expected)]);
  });

  it("tells all problems at once", async () => {
    expect(await problemsOf({ images: "- Shop\n- { name: b, platforms: x }", cache: "on" })).toHaveLength(3);
  });

  it("says what is wrong with the YAML of images, at its line", async () => {
    expect(await problemsOf({ images: "- name: shop\n  dockerfil: x" })).toEqual([
      expect.stringMatching(/Input images, line 2: .*dockerfil .*Did you mean dockerfile\?/),
    ]);
    expect(await problemsOf({ images: "shop" })).toHaveLength(1);
    expect(await problemsOf({ images: "[]" })).toHaveLength(1);
  });
});
