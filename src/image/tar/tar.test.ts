import { describe, expect, it } from "@jest/globals";
import { TarReader } from "./read.ts";
import { encodeHeader, endOfArchive, padding, type TarHeader } from "./write.ts";

interface Read extends TarHeader {
  readonly content: string;
}

function header(o: Partial<TarHeader>): TarHeader {
  return { type: "file", name: "file", mode: 0o644, uid: 0, gid: 0, size: 0, mtime: 1_700_000_000, ...o };
}

/** Reads an archive that comes in pieces of `size` bytes. */
function read(archive: Buffer, size = archive.byteLength): Read[] {
  const entries: { header: TarHeader; content: string }[] = [];
  const reader = new TarReader((entry) => {
    const found = { header: entry, content: "" };
    entries.push(found);
    return (chunk) => (found.content += chunk.toString());
  });
  for (let at = 0; at < archive.byteLength; at += size) reader.write(archive.subarray(at, at + size));
  reader.end();
  return entries.map((entry) => ({ ...entry.header, content: entry.content }));
}

const entries: readonly Partial<TarHeader>[] = [
  { type: "directory", name: "a/", mode: 0o1777 },
  { name: "a/file", uid: 1000, gid: 50, mode: 0o4755 },
  { type: "hard-link", name: "a/link", linkName: "a/file" },
  { type: "symlink", name: "b", linkName: "../a/file", mode: 0o777 },
  { type: "character-device", name: "null", major: 1, minor: 3 },
  { type: "pipe", name: "pipe" },
  { name: `${"d".repeat(120)}/${"f".repeat(90)}` },
  { name: "x".repeat(300) },
  { type: "directory", name: `${"y".repeat(200)}/` },
  { name: "ünï" },
  { type: "symlink", name: "long", linkName: "l".repeat(150) },
  { name: "numbers", uid: 3_000_000, gid: 4_000_000, mtime: 2 ** 34 },
  { name: "later", mtime: 4_000_000_000 },
  { name: "capable", capability: Buffer.from([1, 0, 0, 2, 0xff, 0x0a]) },
];

describe("TarReader", () => {
  it.each([1, 7, 512, 1000, 1_000_000])("reads what encodeHeader() writes, in pieces of %i bytes", (size) => {
    const content = "content of the file\n";
    const parts = entries.flatMap((entry) => {
      const isFile = (entry.type ?? "file") === "file";
      const body = Buffer.from(isFile ? content : "");
      return [encodeHeader(header({ ...entry, size: body.byteLength })), body, padding(body.byteLength)];
    });
    const result = read(Buffer.concat([...parts, endOfArchive]), size);
    expect(result).toHaveLength(entries.length);
    for (const [index, entry] of entries.entries()) {
      const isFile = (entry.type ?? "file") === "file";
      expect(result[index]).toMatchObject({
        ...header(entry),
        size: isFile ? content.length : 0,
        content: isFile ? content : "",
      });
    }
  });

  it("reads the long names of GNU tar", () => {
    const name = "g".repeat(200);
    const block = encodeHeader(header({ name: "././@LongLink", size: name.length + 1, mode: 0, mtime: 0 }));
    block.write("L", 156);
    const sum = block.fill(" ", 148, 156).reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const body = Buffer.from(`${name}\0`);
    const archive = Buffer.concat([
      block,
      body,
      padding(body.byteLength),
      encodeHeader(header({ name: "short" })),
      endOfArchive,
    ]);
    expect(read(archive)).toMatchObject([{ name }]);
  });

  it.each([
    ["is cut off in a content", Buffer.concat([encodeHeader(header({ size: 100 })), Buffer.from("short")]), "cut off"],
    ["is cut off in a header", encodeHeader(header({})).subarray(0, 300), "cut off"],
    ["is no archive", Buffer.alloc(512, "x"), "not a tar archive"],
  ])("says that an archive %s", (_what, archive, why) => {
    expect(() => read(archive)).toThrow(why);
  });
});
