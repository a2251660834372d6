import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import type { Registry } from "../../../registry/server.ts";
import type { ImageConfig } from "../command.ts";

const type = "application/vnd.oci.image";

/** Puts an image of one layer into a registry, whatever credentials that asks of others. All its files can be executed. */
export async function putImage(
  { contents }: Registry,
  image: {
    readonly repository: string;
    readonly tag: string;
    readonly files: Readonly<Record<string, string>>;
    readonly config: ImageConfig;
  },
): Promise<void> {
  const { repository } = image;
  const blob = async (bytes: Buffer, mediaType: string) => {
    const digest = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    const writer = await contents.store.write();
    await writer.append(Readable.from([bytes]));
    await writer.commit(digest);
    contents.findOrCreate(repository).blobs.add(digest);
    return { mediaType, digest, size: bytes.length };
  };
  const mediaType = `${type}.manifest.v1+json`;
  const manifest = {
    schemaVersion: 2,
    mediaType,
    config: await blob(Buffer.from(JSON.stringify({ config: image.config })), `${type}.config.v1+json`),
    layers: [await blob(gzipSync(await tar(image.files)), `${type}.layer.v1.tar+gzip`)],
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  contents.putManifest({ repository, tag: image.tag, bytes, contentType: mediaType });
}

async function tar(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name, mode: 0o755 }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
