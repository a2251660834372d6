import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { Contents } from "./contents.ts";
import { digestOf } from "./names.ts";

/** Nothing in an image that the sandbox makes for itself depends on when it was made. */
const longAgo = new Date(0);

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** In place of this file, containers of the sandbox's kubelet find this machine's Node. */
export const nodePath = "/usr/local/bin/node";

/** Puts a stand-in for the official Node image into a registry. It is a kilobyte, and only the sandbox's kubelet can run it. */
export async function seedNodeImage(
  contents: Contents,
  options: { readonly repository: string; readonly tag: string },
): Promise<void> {
  const layer = await tar([
    { name: "etc/passwd", content: "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n" },
    { name: "home/node/" },
    { name: "tmp/", mode: 0o1777 },
    { name: nodePath.slice(1), mode: 0o755, content: "The sandbox's kubelet puts this machine's Node here.\n" },
  ]);
  const compressed = gzipSync(layer);
  const config = {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    created: longAgo.toISOString(),
    config: { Env: [`PATH=${path}`, `NODE_VERSION=${process.versions.node}`], Cmd: ["node"] },
    rootfs: { type: "layers", diff_ids: [`sha256:${createHash("sha256").update(layer).digest("hex")}`] },
    history: [{ created: longAgo.toISOString(), created_by: "the sandbox" }],
  };
  const blob = async (bytes: Buffer, mediaType: string) => {
    const digest = digestOf(bytes);
    const writer = await contents.store.write();
    await writer.append(Readable.from([bytes]));
    await writer.commit(digest);
    contents.findOrCreate(options.repository).blobs.add(digest);
    return { mediaType, digest, size: bytes.length };
  };
  const contentType = "application/vnd.oci.image.manifest.v1+json";
  const manifest = {
    schemaVersion: 2,
    mediaType: contentType,
    config: await blob(Buffer.from(JSON.stringify(config)), "application/vnd.oci.image.config.v1+json"),
    layers: [await blob(compressed, "application/vnd.oci.image.layer.v1.tar+gzip")],
  };
  contents.putManifest({ ...options, bytes: Buffer.from(JSON.stringify(manifest)), contentType });
}

interface Entry {
  /** Ends in "/" for a folder. */
  readonly name: string;
  readonly mode?: number;
  readonly content?: string;
}

async function tar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, mode, content } of entries) {
    const common = { name, mtime: longAgo, ...(mode === undefined ? {} : { mode }) };
    if (name.endsWith("/")) archive.entry({ ...common, type: "directory" });
    else archive.entry(common, content ?? "");
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as unknown as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
