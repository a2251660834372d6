import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startRegistry, type Registry } from "../../sandbox/registry/server.ts";
import { RegistryClient } from "../registry/registry-client.ts";
import { systemClock } from "../runner/clock.ts";
import { BaseImages } from "./base-image.ts";
import { BuildContext } from "./context.ts";
import { Contents } from "./contents.ts";
import { buildDirectly } from "./direct/build.ts";
import { finishImage, indexOf, type FinishedImage } from "./direct/finish.ts";
import { parseDockerfile } from "./dockerfile/parse.ts";
import { Ignore } from "./ignore.ts";
import { KnownLayers } from "./known-layers.ts";
import { parsePlatform } from "./platform.ts";
import { pushImage, pushIndex } from "./push-image.ts";
import { readSizes } from "./sizes.ts";
import { baseName, epoch, pushBase } from "./testing/golden.ts";

let ours: Registry;
let theirs: Registry;
const clients = new Map<string, RegistryClient>();
let folder: string;
let contents: Contents;

beforeAll(async () => {
  [ours, theirs] = [await startRegistry(), await startRegistry()];
  const [repository = "", tag = ""] = baseName.split(":");
  for (const { address } of [ours, theirs]) await pushBase(client(address), repository, tag);
});
afterAll(async () => {
  clients.forEach((open) => open.close());
  for (const registry of [ours, theirs]) await registry.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  contents = new Contents(tmpdir());
});
afterEach(() => {
  contents.close();
  rmSync(folder, { recursive: true });
});

function client(registry: string): RegistryClient {
  const signal = new AbortController().signal;
  const open = clients.get(registry) ?? new RegistryClient({ registry, clock: systemClock, signal, env: {} });
  clients.set(registry, open);
  return open;
}

async function build(
  dockerfile: string,
  o: { readonly platform?: string; readonly findLayer?: KnownLayers["find"] } = {},
): Promise<FinishedImage> {
  const platform = parsePlatform(o.platform ?? "linux/amd64");
  const state = await buildDirectly({
    dockerfile: parseDockerfile(dockerfile, "Dockerfile"),
    context: new BuildContext({ folder, ignore: new Ignore("", ""), time: epoch }),
    contents,
    images: new BaseImages(client),
    buildArgs: new Map(),
    platform,
    buildPlatform: platform,
    labels: {},
    epoch,
  });
  return finishImage(state, { contents, epoch, ...o });
}

function to(repository: string) {
  return { client: client(ours.address), repository };
}

describe("pushImage()", () => {
  it("mounts the base's layers from its repository in the same registry", async () => {
    const image = await build(`FROM ${ours.address}/${baseName}\nCMD ["x"]\n`);
    expect(await pushImage(image, to("acme/mounted"))).toEqual({ uploaded: 0, reused: 2, uploadedBytes: 0 });
    expect(await client(ours.address).findManifest("acme/mounted", image.manifest.digest)).toBe(image.manifest.digest);
  });

  it("copies the base's layers from another registry", async () => {
    const image = await build(`FROM ${theirs.address}/${baseName}\nWORKDIR /elsewhere\n`);
    expect(await pushImage(image, to("acme/copied"))).toMatchObject({ uploaded: 3, reused: 0 });
    for (const layer of image.layers)
      expect(await client(ours.address).blobSize("acme/copied", layer.digest)).toBe(layer.size);
  });

  it("sends a layer once that an image has twice", async () => {
    const image = await build(`FROM scratch\nWORKDIR /a\nWORKDIR /a\nWORKDIR /a\n`);
    expect(image.layers).toHaveLength(3);
    expect(await pushImage(image, to("acme/twice"))).toMatchObject({ uploaded: 2, reused: 1 });
  });

  it("asks once where the image is there already", async () => {
    const image = await build("FROM scratch\nWORKDIR /a\n");
    await pushImage(image, to("acme/again"));
    const before = ours.counts();
    expect(await pushImage(image, to("acme/again"))).toEqual({ uploaded: 0, reused: 1, uploadedBytes: 0 });
    expect(ours.counts()).toEqual({ ...before, "HEAD manifest 200": (before["HEAD manifest 200"] ?? 0) + 1 });
  });
});

describe("pushIndex()", () => {
  it("puts the images of several platforms under one name", async () => {
    const images = [];
    for (const platform of ["linux/amd64", "linux/arm64"])
      images.push(await build("FROM scratch\nWORKDIR /a\n", { platform }));
    for (const image of images) await pushImage(image, to("acme/index"));
    const index = indexOf(images);
    await pushIndex(index, to("acme/index"));
    await pushIndex(index, to("acme/index"));
    const read = await client(ours.address).readManifest("acme/index", index.digest);
    expect(JSON.parse(read.bytes.toString())).toMatchObject({
      manifests: [
        { platform: { os: "linux", architecture: "amd64" } },
        { platform: { os: "linux", architecture: "arm64" } },
      ],
    });
    const [first] = images;
    const size = first?.layers.reduce((sum, layer) => sum + layer.size, first.config.size);
    expect(await readSizes(client(ours.address), { repository: "acme/index", digest: index.digest })).toEqual({
      size,
      layers: 1,
    });
    // A base image of several platforms gives each its own.
    const name = `${ours.address}/acme/index@${index.digest}`;
    const above = await build(`FROM ${name}\nCMD ["x"]\n`, { platform: "linux/arm64" });
    expect(JSON.parse(above.config.bytes.toString())).toMatchObject({ architecture: "arm64" });
  });
});

describe("KnownLayers", () => {
  it("takes a large layer from the last build instead of compressing it again", async () => {
    writeFileSync(join(folder, "large"), randomBytes(5 * 1024 * 1024));
    const dockerfile = "FROM scratch\nCOPY large /\nWORKDIR /small\n";
    const first = await build(dockerfile);
    await pushImage(first, to("acme/known"));
    await client(ours.address).pushManifest("acme/known", "main", first.manifest);
    const names = ["missing", "main"].map((tag) => `${ours.address}/acme/known:${tag}`);
    const known = new KnownLayers({ images: new BaseImages(client), names, platform: parsePlatform("linux/amd64") });
    const second = await build(dockerfile, { findLayer: (archive) => known.find(archive) });
    expect(second.manifest.digest).toBe(first.manifest.digest);
    expect(second.layers.map(({ file }) => file !== undefined)).toEqual([false, true]);
  });

  it("makes a layer anew that the repository has lost", async () => {
    const known = new KnownLayers({
      images: new BaseImages(client),
      names: [`${ours.address}/acme/nothing:main`],
      platform: parsePlatform("linux/amd64"),
    });
    expect(await known.find({ diffId: `sha256:${"0".repeat(64)}`, size: 10 * 1024 * 1024 })).toBeUndefined();
  });
});
