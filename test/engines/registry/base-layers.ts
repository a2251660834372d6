import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import type { Pack } from "tar-stream";
import { sha256 } from "../../../src/registry/digest.ts";
import type { Digest } from "../../../src/registry/reference.ts";
import type { Blob, RegistryClient } from "../../../src/registry/registry-client.ts";
import { cached } from "../programs/cache.ts";
import type { Workshop } from "../programs/cache.ts";
import { debianPrograms } from "../programs/debian-programs.ts";

/** A layer on disk, not compressed: it has to be made and unpacked fast. */
export interface Layer {
  readonly file: string;
  readonly digest: Digest;
  readonly size: number;
}

/** Busybox as a shell, and what Node needs beside it. */
export interface BaseLayers {
  readonly shell: Layer;
  readonly node: Layer;
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const layerType = "application/vnd.oci.image.layer.v1.tar";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
/** Nothing in the image depends on when it was made. */
const longAgo = new Date(0);
const applets = ["sh", "cat", "cp", "echo", "false", "ls", "mkdir", "rm", "sleep", "test", "true", "wget"];
const passwd = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n";

/** Makes the layers of an image that stands in for the official Node image: this Node with the libraries it needs, and a shell. */
export async function makeBaseLayers(workshop: Workshop): Promise<BaseLayers> {
  const tools = await debianPrograms(
    { name: "busybox", packages: ["busybox-static"], programs: ["busybox"] },
    workshop,
  );
  const busybox = tools.path("busybox");
  const folder = await cached(
    {
      name: "base-layers",
      inputs: [process.version, await readFile(busybox), await readFile(import.meta.filename)],
      async make(draft) {
        workshop.tell("base-layers: putting this Node into an image");
        const libraries = (file: string): Promise<string[]> => librariesOf(file, workshop);
        const shell = await writeLayer(join(draft, "shell.tar"), (archive) =>
          addShell(archive, { busybox, libraries }),
        );
        const node = await writeLayer(join(draft, "node.tar"), (archive) => addNode(archive, libraries));
        await writeFile(join(draft, "layers.json"), JSON.stringify({ shell, node }));
      },
    },
    workshop,
  );
  const { shell, node } = JSON.parse(await readFile(join(folder, "layers.json"), "utf8")) as BaseLayers;
  return { shell: { ...shell, file: join(folder, "shell.tar") }, node: { ...node, file: join(folder, "node.tar") } };
}

/** Puts an image of these layers into a registry. */
export async function pushImage(
  image: { readonly layers: readonly Layer[]; readonly config: Readonly<Record<string, unknown>> },
  o: { readonly client: RegistryClient; readonly repository: string; readonly tag: string },
): Promise<void> {
  const { client, repository, tag } = o;
  const config = jsonBlob({
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    config: { Env: [`PATH=${path}`], ...image.config },
    rootfs: { type: "layers", diff_ids: image.layers.map(({ digest }) => digest) },
  });
  const { bytes } = jsonBlob({
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: config.digest, size: config.size },
    layers: image.layers.map(({ digest, size }) => ({ mediaType: layerType, digest, size })),
  });
  for (const { file, ...layer } of image.layers) {
    await client.pushBlob(repository, { ...layer, open: () => createReadStream(file, { highWaterMark: 1 << 20 }) });
  }
  await client.pushBlob(repository, config);
  await client.pushManifest(repository, tag, { mediaType: manifestType, bytes });
}

function jsonBlob(value: unknown): Blob & { readonly bytes: Buffer } {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: sha256(bytes), size: bytes.byteLength, open: () => Readable.from([bytes]) };
}

async function addShell(
  archive: Pack,
  o: { readonly busybox: string; readonly libraries: (file: string) => Promise<string[]> },
): Promise<void> {
  for (const name of ["etc/", "root/"]) archive.entry({ name, type: "directory", mtime: longAgo });
  archive.entry({ name: "tmp/", type: "directory", mode: 0o1777, mtime: longAgo });
  archive.entry({ name: "etc/passwd", mtime: longAgo }, passwd);
  for (const applet of applets) {
    archive.entry({ name: `bin/${applet}`, type: "symlink", linkname: "busybox", mtime: longAgo });
  }
  await addFile(archive, "bin/busybox", o.busybox);
  for (const library of await o.libraries(o.busybox)) await addFile(archive, library.slice(1), library);
}

async function addNode(archive: Pack, libraries: (file: string) => Promise<string[]>): Promise<void> {
  archive.entry({ name: "home/node/", type: "directory", mtime: longAgo });
  await addFile(archive, "usr/local/bin/node", process.execPath);
  for (const library of await libraries(process.execPath)) await addFile(archive, library.slice(1), library);
}

/** Writes a tar archive of what `add` puts into it. */
async function writeLayer(file: string, add: (archive: Pack) => Promise<void>): Promise<Layer> {
  const archive = pack();
  const hash = createHash("sha256");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.byteLength;
      done(null, chunk);
    },
  });
  const written = pipeline(archive as unknown as Readable, measure, createWriteStream(file));
  await add(archive);
  archive.finalize();
  await written;
  return { file, digest: `sha256:${hash.digest("hex")}`, size };
}

async function addFile(archive: Pack, name: string, file: string): Promise<void> {
  const { size } = await stat(file);
  await pipeline(createReadStream(file), archive.entry({ name, size, mode: 0o755, mtime: longAgo }));
}

/** What the dynamic linker loads with a program, and the linker itself; nothing for a program that is linked statically. */
async function librariesOf(program: string, { exec }: Workshop): Promise<string[]> {
  const { stdout } = await exec("ldd", [program]);
  return [...stdout.matchAll(/(?:=> |^\s*)(\/\S+)/gm)].map(([, file = ""]) => file);
}
