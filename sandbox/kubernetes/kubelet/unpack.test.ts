import { existsSync, lstatSync, readFileSync, readlinkSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import { pack } from "tar-stream";
import type { Header } from "tar-stream";
import { temporaryFolders } from "./testing/objects.ts";
import { unpackLayer } from "./unpack.ts";

const folder = temporaryFolders();

type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

async function layer(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content = "", ...header } of entries) archive.entry(header, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

async function unpacked(
  ...layers: readonly (readonly Entry[])[]
): Promise<{ root: string; outside: string; read: (path: string) => string }> {
  const outside = await folder();
  const root = join(outside, "root");
  await mkdir(root);
  for (const entries of layers) {
    await unpackLayer({ root, mediaType: "tar+gzip", bytes: once(gzipSync(await layer(entries))) });
  }
  return { root, outside, read: (path) => readFileSync(join(root, path), "utf8") };
}

describe("unpackLayer()", () => {
  it("makes files, folders and links, with their permissions but without set-user-id", async () => {
    const { root, read } = await unpacked([
      { name: "app/", type: "directory", mode: 0o555 },
      { name: "app/run", mode: 0o4755, content: "#!" },
      { name: "app/hard", type: "link", linkname: "app/run" },
      { name: "app/soft", type: "symlink", linkname: "run" },
    ]);
    expect(lstatSync(join(root, "app/run")).mode & 0o7777).toBe(0o755);
    expect([read("app/hard"), read("app/soft")]).toEqual(["#!", "#!"]);
  });

  it("lets whiteouts remove what lies below", async () => {
    const { root, read } = await unpacked(
      [
        { name: "a/old", content: "1" },
        { name: "a/kept", content: "2" },
        { name: "b/old", content: "3" },
        { name: "c", content: "4" },
      ],
      [
        { name: "a/.wh.old" },
        { name: "b/.wh..wh..opq" },
        { name: "b/new", content: "5" },
        { name: "c/", type: "directory" },
      ],
    );
    expect(existsSync(join(root, "a/old")) || existsSync(join(root, "b/old"))).toBe(false);
    expect([read("a/kept"), read("b/new"), String(lstatSync(join(root, "c")).isDirectory())]).toEqual([
      "2",
      "5",
      "true",
    ]);
  });

  it("puts files behind a link to a folder where the link leads in the image", async () => {
    const { read } = await unpacked(
      [
        { name: "usr/bin/", type: "directory" },
        { name: "bin", type: "symlink", linkname: "/usr/bin" },
      ],
      [{ name: "bin/tool", content: "tool" }],
    );
    expect(read("usr/bin/tool")).toBe("tool");
  });

  it.each<[string, Entry[]]>([
    [
      "names that climb",
      [
        { name: "../escaped", content: "x" },
        { name: "/../../escaped", content: "x" },
      ],
    ],
    [
      "an absolute link",
      [
        { name: "l", type: "symlink", linkname: "/" },
        { name: "l/escaped", content: "x" },
      ],
    ],
    [
      "a link that climbs",
      [
        { name: "l", type: "symlink", linkname: "../.." },
        { name: "l/escaped", content: "x" },
      ],
    ],
    [
      "a link to a link",
      [
        { name: "a", type: "symlink", linkname: ".." },
        { name: "b", type: "symlink", linkname: "a/.." },
        { name: "b/escaped", content: "x" },
      ],
    ],
    ["a whiteout that climbs", [{ name: "escaped", content: "x" }, { name: "../.wh.root" }]],
  ])("never leaves its root: %s", async (_name, entries) => {
    const { root, outside } = await unpacked(entries);
    expect(existsSync(join(outside, "escaped"))).toBe(false);
    expect(existsSync(join(root, "escaped"))).toBe(true);
  });

  it("never links to a file outside, hard or soft", async () => {
    const { root } = await unpacked([
      { name: "etc/passwd", content: "image" },
      { name: "deep/hard", type: "link", linkname: "../../../etc/passwd" },
      { name: "deep/soft", type: "symlink", linkname: "../../../../../../etc/passwd" },
      { name: "absolute", type: "symlink", linkname: "/etc/passwd" },
      { name: "shallow", type: "link", linkname: "deep/soft" },
    ]);
    for (const name of ["deep/hard", "deep/soft", "absolute", "shallow"]) {
      expect(readFileSync(join(root, name), "utf8")).toBe("image");
    }
    expect(readlinkSync(join(root, "absolute"))).toBe("etc/passwd");
  });

  it("fails for what is no archive, or is cut off", async () => {
    const root = await folder();
    const whole = gzipSync(await layer([{ name: "a", content: "a".repeat(100_000) }]));
    const unpack = (bytes: Buffer) => unpackLayer({ root, mediaType: "tar+gzip", bytes: once(bytes) });
    await expect(unpack(whole.subarray(0, whole.length - 20))).rejects.toThrow();
    await expect(unpack(Buffer.from("nonsense"))).rejects.toThrow();
    await expect(unpackLayer({ root, mediaType: "tar", bytes: once(Buffer.alloc(5_000, 1)) })).rejects.toThrow();
  });
});
