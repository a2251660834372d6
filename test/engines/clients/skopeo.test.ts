import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sandboxProcess } from "../../sandbox-process.ts";
import type { SandboxProcess } from "../../sandbox-process.ts";
import { finished, startProgram } from "./program.ts";
import type { Finished } from "./program.ts";
import { quietWorkshop } from "../programs/cache.ts";
import { skopeoProgram } from "./programs.ts";
import type { Program } from "./programs.ts";

describe("skopeo on the sandbox's registry", () => {
  let sandbox: SandboxProcess;
  let folder: string;
  let skopeo: Program;
  beforeAll(async () => {
    skopeo = await skopeoProgram(quietWorkshop());
    sandbox = await sandboxProcess();
    folder = await mkdtemp(join(tmpdir(), "slipway-skopeo-"));
  });
  afterAll(async () => {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  });

  const image = (name: string): string => `docker://${sandbox.registry}/${name}`;
  const credentials = (): string => `${sandbox.digitaloceanToken}:${sandbox.digitaloceanToken}`;
  const run = (...args: readonly string[]): Promise<Finished> =>
    finished(startProgram(skopeo.file, args, { ...skopeo.env, HOME: folder, TMPDIR: folder }));
  const about = (verb: string, name: string, ...options: readonly string[]): Promise<Finished> =>
    run(verb, "--tls-verify=false", "--creds", credentials(), ...options, image(name));
  const copy = (from: string, to: string, ...options: readonly string[]): Promise<Finished> =>
    run(
      ...["copy", "--src-tls-verify=false", "--src-creds", credentials()],
      ...["--dest-tls-verify=false", "--dest-creds", credentials(), ...options, from, to],
    );
  const tags = async (name: string): Promise<unknown> => {
    const { Tags } = JSON.parse((await about("list-tags", name)).stdout) as { Tags: unknown };
    return Tags;
  };

  it("pushes, in both formats, and lists the tags", async () => {
    const { code } = await copy(image("library/node:24-slim"), image("sandbox/web:v1"));
    const docker = await copy(image("sandbox/web:v1"), image("sandbox/web:v2"), "--format=v2s2");
    expect([code, docker.code]).toEqual([0, 0]);
    expect(await tags("sandbox/web")).toEqual(["v1", "v2"]);
  });

  it("keeps the digest of what goes out and comes back", async () => {
    const digest = async (name: string): Promise<string> =>
      (await about("inspect", name, "--format={{.Digest}}")).stdout;
    await copy(image("sandbox/web:v1"), `oci:${folder}/layout:v1`);
    await copy(`oci:${folder}/layout:v1`, image("sandbox/other:v1"));
    expect(await digest("sandbox/other:v1")).toBe(await digest("sandbox/web:v1"));
    expect(await digest("sandbox/other:v1")).toMatch(/^sha256:[\da-f]{64}\n$/);
  });

  it("deletes by tag", async () => {
    expect((await about("delete", "sandbox/web:v1")).code).toBe(0);
    expect(await tags("sandbox/web")).toEqual(["v2"]);
  });

  it("is told what is not there, and what it may not see", async () => {
    const missing = await about("inspect", "sandbox/web:none");
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("manifest unknown") });
    const stranger = await run("inspect", "--tls-verify=false", image("sandbox/web:v2"));
    expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining("authentication required") });
  });
});
