import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sha256 } from "../../src/registry/digest.ts";
import { RegistryClient, type Blob } from "../../src/registry/registry-client.ts";
import { systemClock } from "../../src/runner/clock.ts";
import { runBundle, type ActionStep, type MainRun } from "../action-process.ts";
import { sandboxProcess, type SandboxProcess } from "../sandbox-process.ts";

const sha = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";

let sandbox: SandboxProcess;
let folder: string;
let space = 0;

beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-build-push-"));
  space++;
});
afterEach(async () => {
  await sandbox.clearFaults();
  await rm(folder, { recursive: true });
});

/** A name that no other test uses. */
function named(name: string): string {
  return `${name}-${space}`;
}

async function write(path: string, content: string): Promise<void> {
  const whole = join(folder, "workspace", path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, content);
}

/** A step that logs in with `digitalocean-token` and builds without Docker, unless the inputs say otherwise. */
function build(inputs: Readonly<Record<string, string>>, step: Partial<ActionStep> = {}): Promise<MainRun> {
  return runBundle({
    action: "build-push",
    inputs: {
      registry: `${sandbox.registry}/sandbox`,
      "digitalocean-token": sandbox.digitaloceanToken,
      builder: "direct",
      ...inputs,
    },
    folder,
    ...step,
    // The tests ask for no git.
    env: { DIGITALOCEAN_API_URL: sandbox.digitaloceanApiUrl, SOURCE_DATE_EPOCH: "1767323045", ...step.env },
  });
}

/** What was requested of the registry while `work` ran. */
async function requestsOf(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  const before = await sandbox.registryCounts();
  await work();
  const after = await sandbox.registryCounts();
  return Object.fromEntries(
    Object.entries(after).flatMap(([kind, count]) =>
      count > (before[kind] ?? 0) ? [[kind, count - (before[kind] ?? 0)]] : [],
    ),
  );
}

function errorsOf({ annotations }: MainRun) {
  return annotations.filter(({ level }) => level === "error");
}

describe("build-push with the direct builder", () => {
  const [server, auth] = ["server", "auth"].map((name) => `${name}.js`);

  async function twoImages(): Promise<string> {
    await write("app/server.js", "console.log('server')\n");
    await write("app/auth.js", "console.log('auth')\n");
    await write("app/Dockerfile", `FROM scratch\nARG FILE\nCOPY \${FILE} /app/\nCMD ["node", "/app/x"]\n`);
    return [
      `- { name: ${named("server")}, context: app, build-args: { FILE: ${server ?? ""} } }`,
      `- { name: ${named("auth")}, context: app, build-args: { FILE: ${auth ?? ""} } }`,
    ].join("\n");
  }

  it("pushes both images, tags them, and sends nothing the second time", async () => {
    const images = await twoImages();
    const first = await build({ images });
    expect(errorsOf(first)).toEqual([]);
    expect(first.exitCode).toBe(0);
    const digests = JSON.parse(first.outputs.digests ?? "") as Record<string, string>;
    expect(Object.keys(digests)).toEqual([named("server"), named("auth")]);
    const repository = `${sandbox.registry}/sandbox/${named("server")}`;
    expect(JSON.parse(first.outputs.images ?? "")).toMatchObject({
      [named("server")]: `${repository}@${digests[named("server")] ?? ""}`,
    });
    expect(JSON.parse(first.outputs.tags ?? "")).toMatchObject({
      [named("server")]: [`${repository}:main`, `${repository}:sha-${sha}`],
    });
    expect(first.summary).toContain("✅ Build and push: succeeded");
    expect(first.summary).toContain(`\`${named("auth")}\` | \`main\` \`sha-${sha}\``);

    const requests = await requestsOf(async () => {
      const second = await build({ images });
      expect(second.outputs).toEqual(first.outputs);
    });
    expect(Object.keys(requests).filter((kind) => /^(?:POST|PUT|PATCH)/.test(kind))).toEqual([]);
  });

  it("uses a credential of its own, and leaves none behind", async () => {
    const run = await build({ images: await twoImages() });
    const token = Object.values(run.state).find((value) => value.startsWith("dop_v1_")) ?? "";
    expect(token).not.toBe("");
    const client = (): RegistryClient =>
      new RegistryClient({
        registry: sandbox.registry,
        credentials: { username: token, password: token, origin: "the test" },
        clock: systemClock,
        signal: new AbortController().signal,
        env: {},
      });
    const [before, after] = [client(), client()];
    await expect(before.tags(`sandbox/${named("server")}`)).resolves.toEqual(expect.arrayContaining(["main"]));
    const post = await run.post();
    expect(post.exitCode).toBe(0);
    await expect(after.tags(`sandbox/${named("server")}`)).rejects.toThrow("does not accept who asks");
    for (const open of [before, after]) open.close();
    expect(run.stdout + run.summary + JSON.stringify(run.outputs) + post.stdout).not.toContain(token);
    expect(await readdir(join(folder, "temp"))).not.toEqual(
      expect.arrayContaining([expect.stringContaining("slipway-image")]),
    );
  });

  it("moves no tag where one image cannot be pushed", async () => {
    const images = await twoImages();
    const path = `/v2/sandbox/${named("auth")}/manifests/`;
    await sandbox.addFault({ service: "registry", method: "PUT", path, fault: { status: 403 } });
    const requests = await requestsOf(async () => {
      const run = await build({ images });
      expect(run.exitCode).toBe(1);
      expect(errorsOf(run).map(({ message }) => message)).toEqual([
        expect.stringContaining(`Cannot push the image ${sandbox.registry}/sandbox/${named("auth")}@sha256:`),
      ]);
    });
    // One manifest by digest, and no other.
    expect(requests["PUT manifest 201"]).toBe(1);
  });

  it("builds for several platforms, and says which build argument no ARG takes", async () => {
    const images = (await twoImages())
      .replace("FILE:", "FIEL: x, FILE:")
      .replace("app,", "app, platforms: [linux/amd64, linux/arm64],");
    const run = await build({ images });
    expect(run.exitCode).toBe(0);
    expect(run.annotations).toMatchObject([
      { level: "warning", file: "app/Dockerfile", message: "No ARG takes the build argument FIEL. Did you mean FILE?" },
    ]);
  });

  it("builds and checks only, with push: false", async () => {
    const images = await twoImages();
    const requests = await requestsOf(async () => {
      const run = await build({ images, push: "false" });
      expect(run.exitCode).toBe(0);
      expect(run.summary).toContain("Build, not pushed");
      expect(run.outputs.digests).toMatch(/sha256:[0-9a-f]{64}/);
    });
    expect(requests).toEqual({});
  });

  it("moves latest only to the newest release", async () => {
    const images = await twoImages();
    const release = (tag: string) =>
      build({ images, tags: "type=semver,pattern={{version}}" }, { env: { GITHUB_REF: `refs/tags/${tag}` } });
    const newest = await release("v2.0.0");
    expect(newest.outputs.tags).toContain(":latest");
    const patch = await release("v1.9.1");
    expect(patch.exitCode).toBe(0);
    expect(patch.outputs.tags).not.toContain(":latest");
    expect(patch.annotations).toMatchObject([{ level: "notice" }, { level: "notice" }]);
    expect(patch.annotations[0]?.message).toContain("2.0.0 is a newer release than 1.9.1");
  });

  it("points at everything in the Dockerfiles that it cannot carry out", async () => {
    await write("Dockerfile", "FROM scratch\nRUN make\n");
    await write("b/Dockerfile", "FROM scratch\nCOPY servr.js /\n");
    await write("b/server.js", "x");
    const requests = await requestsOf(async () => {
      const run = await build({ images: "- a\n- { name: b, context: b }" });
      expect(run.exitCode).toBe(1);
      expect(run.outputs).toEqual({ outcome: "failed" });
      expect(errorsOf(run).map(({ file, line }) => [file, line])).toEqual([
        ["Dockerfile", 2],
        ["b/Dockerfile", 2],
      ]);
      expect(errorsOf(run)[1]?.message).toContain("Did you mean server.js?");
      expect(run.summary).toContain("❌ Build and push: failed");
      expect(run.summary).toContain(
        "- `b/Dockerfile:2` There is no servr.js in the build context<br>Did you mean server.js?",
      );
    });
    expect(requests).toEqual({});
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["a Dockerfile that is not there", { images: "- { name: a, dockerfile: Dockerfil }" }, "Did you mean Dockerfile?"],
    ["a context that is not there", { images: "- { name: a, context: nowhere }" }, "got nowhere"],
    ["a base image that is not there", { images: "- { name: a, dockerfile: Base }" }, "does not have it: got 404"],
    [
      "a wrong password",
      { "digitalocean-token": "", username: "x", password: "y" },
      'as "x" (inputs username and password)',
    ],
    ["a wrong token", { "digitalocean-token": "dop_v1_wrong" }, "digitalocean-token"],
    ["a registry of DigitalOcean's that does not exist", { registry: "127.0.0.1:1/sandbx" }, "Did you mean sandbox?"],
    ["two inputs that are wrong", { images: "- { nam: a }", push: "yes" }, "is neither true nor false"],
  ])("says what is wrong with %s", async (_what, inputs, message) => {
    await write("Dockerfile", "FROM scratch\nCOPY . /\n");
    await write("Base", `FROM ${sandbox.registry}/library/nothing\n`);
    const run = await build({ images: "- a", ...inputs });
    expect(run.exitCode).toBe(1);
    expect(
      errorsOf(run)
        .map((error) => error.message)
        .join("\n"),
    ).toContain(message);
  });
});

describe("build-push with Docker", () => {
  /** A program in docker's place that writes down how it was called, and does what the test says. */
  async function fakeDocker(behaviour: {
    readonly driver?: string;
    readonly hangs?: boolean;
    readonly exitCode?: number;
    readonly stderr?: string;
    readonly digest?: string;
  }) {
    const calls = join(folder, "docker-calls.jsonl");
    const program = join(folder, "bin", "docker");
    await mkdir(dirname(program), { recursive: true });
    const script = `#!${process.execPath}
const fs = require("node:fs");
const args = process.argv.slice(2);
const { DOCKER_CONFIG, SOURCE_DATE_EPOCH, NPM_TOKEN } = process.env;
const path = DOCKER_CONFIG && DOCKER_CONFIG + "/config.json";
const config = path && fs.existsSync(path) ? { mode: fs.statSync(path).mode & 0o777, text: fs.readFileSync(path, "utf8") } : undefined;
fs.appendFileSync(${JSON.stringify(calls)}, JSON.stringify({ args, DOCKER_CONFIG, SOURCE_DATE_EPOCH, NPM_TOKEN, config }) + "\\n");
const behaviour = ${JSON.stringify(behaviour)};
if (args[1] === "inspect") console.log("Name: x\\nDriver: " + (behaviour.driver ?? "docker-container"));
if (args[1] === "build") {
  const metadata = args.find((arg) => arg.startsWith("--metadata-file=")).slice("--metadata-file=".length);
  if (behaviour.digest) fs.writeFileSync(metadata, JSON.stringify({ "containerimage.digest": behaviour.digest }));
  process.stderr.write(behaviour.stderr ?? "");
  process.exitCode = behaviour.exitCode ?? 0;
  if (behaviour.hangs) setInterval(() => console.log("#1 still building"), 50);
}
`;
    await writeFile(program, script);
    await chmod(program, 0o755);
    return async () =>
      (await readFile(calls, "utf8"))
        .trim()
        .split("\n")
        .map(
          (line) =>
            JSON.parse(line) as {
              args: string[];
              config?: { mode: number; text: string };
              DOCKER_CONFIG?: string;
              SOURCE_DATE_EPOCH?: string;
              NPM_TOKEN?: string;
            },
        );
  }

  /** Pushes an image as BuildKit would have. */
  async function pushedImage(repository: string): Promise<string> {
    const made = await build({ images: `- { name: ${repository}-maker, dockerfile: Empty }`, tags: "type=raw,made" });
    const digests = JSON.parse(made.outputs.digests ?? "") as Record<string, string>;
    const token = Object.values(made.state).find((value) => value.startsWith("dop_v1_")) ?? "";
    const client = new RegistryClient({
      registry: sandbox.registry,
      credentials: { username: token, password: token, origin: "the test" },
      clock: systemClock,
      signal: new AbortController().signal,
      env: {},
    });
    const manifest = await client.readManifest(`sandbox/${repository}-maker`, digests[`${repository}-maker`] ?? "");
    const { config } = JSON.parse(manifest.bytes.toString()) as { config: { digest: Blob["digest"]; size: number } };
    const open = (): AsyncIterable<Uint8Array> => client.readBlob(`sandbox/${repository}-maker`, config);
    await client.pushBlob(`sandbox/${repository}`, { ...config, open });
    await client.pushManifest(`sandbox/${repository}`, manifest.digest, manifest);
    client.close();
    return manifest.digest;
  }

  const withDocker = (
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>> = {},
  ): Promise<MainRun> =>
    build(
      { builder: "docker", ...inputs },
      { env: { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}`, ...env } },
    );

  beforeEach(async () => {
    await write("Dockerfile", "FROM scratch\nRUN make\n");
    await write("Empty", "FROM scratch\nLABEL a=b\n");
  });

  it("builds with buildx, with a configuration of its own, and tags what was pushed", async () => {
    const name = named("app");
    const digest = await pushedImage(name);
    const calls = await fakeDocker({ digest });
    const run = await withDocker(
      {
        images: `- { name: ${name}, build-args: { A: b }, secrets: { npm: NPM_TOKEN } }`,
        tags: "type=raw,one\ntype=raw,two",
      },
      { NPM_TOKEN: "a very secret token" },
    );
    expect(errorsOf(run)).toEqual([]);
    expect(JSON.parse(run.outputs.tags ?? "")).toEqual({
      [name]: [`${sandbox.registry}/sandbox/${name}:one`, `${sandbox.registry}/sandbox/${name}:two`],
    });
    const [inspect, called] = await calls();
    expect(inspect?.args).toEqual(["buildx", "inspect"]);
    expect(called?.args).toEqual(
      expect.arrayContaining(["--secret", "id=npm,env=NPM_TOKEN", "--build-arg", "A=b", "--provenance=mode=min"]),
    );
    expect(called?.args.join(" ")).not.toContain("a very secret token");
    expect(called).toMatchObject({
      NPM_TOKEN: "a very secret token",
      SOURCE_DATE_EPOCH: expect.stringMatching(/^\d{10}$/),
      config: { mode: 0o600 },
    });
    expect(Object.keys((JSON.parse(called?.config?.text ?? "") as { auths: object }).auths)).toEqual([
      sandbox.registry,
    ]);
    await expect(stat(called?.DOCKER_CONFIG ?? "")).rejects.toThrow("ENOENT");
  });

  it("makes a builder where Docker's own cannot push by digest, and removes it in the end", async () => {
    const name = named("app");
    const calls = await fakeDocker({ driver: "docker", digest: await pushedImage(name) });
    const run = await withDocker({ images: `- ${name}` });
    expect(run.exitCode).toBe(0);
    await run.post();
    const [, create, called, remove] = await calls();
    expect(create?.args.slice(0, 4)).toEqual(["buildx", "create", "--driver", "docker-container"]);
    const builder = create?.args[5] ?? "";
    expect(called?.args).toContain(`--builder=${builder}`);
    expect(remove?.args).toEqual(["buildx", "rm", "--force", builder]);
  });

  it("fails where docker does, even when that says nothing", async () => {
    await fakeDocker({ exitCode: 3, digest: sha256("never pushed") });
    const run = await withDocker({ images: `- ${named("app")}` });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run)[0]?.message).toContain("docker buildx failed with exit code 3");
  });

  it("points at the line that BuildKit names", async () => {
    const stderr =
      'Dockerfile:2\n--------------------\n   1 |     FROM scratch\n   2 | >>> RUN make\n--------------------\nERROR: failed to build: failed to solve: process "make" did not complete successfully: exit code: 127\n';
    await fakeDocker({ exitCode: 1, stderr });
    const run = await withDocker({ images: `- ${named("app")}` });
    expect(errorsOf(run)).toMatchObject([{ file: "Dockerfile", line: 2 }]);
    expect(errorsOf(run)[0]?.message).toContain('got process "make" did not complete');
  });

  it("ends Docker when the job is cancelled", async () => {
    await fakeDocker({ hangs: true });
    const cancel = new AbortController();
    const env = { PATH: `${join(folder, "bin")}:${process.env.PATH ?? ""}` };
    const onLine = (line: string): void => {
      if (line.includes("still building")) cancel.abort();
    };
    const run = await build({ images: `- ${named("app")}`, builder: "docker" }, { env, onLine, signal: cancel.signal });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toEqual({ outcome: "cancelled" });
    expect(await readdir(join(folder, "temp"))).not.toEqual(
      expect.arrayContaining([expect.stringContaining("docker")]),
    );
  });

  it("says that there is no buildx", async () => {
    await mkdir(join(folder, "bin"));
    const program = join(folder, "bin", "docker");
    await writeFile(program, "#!/bin/sh\necho \"docker: 'buildx' is not a docker command.\" >&2\nexit 1\n");
    await chmod(program, 0o755);
    const run = await withDocker({ images: `- ${named("app")}` });
    expect(errorsOf(run)[0]?.message).toContain(
      "docker buildx does not work: got docker: 'buildx' is not a docker command.",
    );
  });
});
