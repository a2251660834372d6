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
import type { RegistryClient } from "../../../src/registry/registry-client.ts";
import { cached } from "../programs/cache.ts";
import type { Workshop } from "../programs/cache.ts";
import { debianPrograms } from "../programs/debian-programs.ts";

/** An image on disk, its layer not compressed: it has to be made and unpacked fast. */
export interface BaseImage {
  readonly layerFile: string;
  readonly layer: { readonly digest: Digest; readonly size: number };
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const layerType = "application/vnd.oci.image.layer.v1.tar";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
/** Nothing in the image depends on when it was made. */
const longAgo = new Date(0);
const applets = ["sh", "cat", "cp", "echo", "false", "ls", "mkdir", "rm", "sleep", "test", "true", "wget"];
const passwd = "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n";

/** Makes the image that stands in for the official Node image: this Node with the libraries it needs, and busybox for a shell. */
export async function makeBaseImage(workshop: Workshop): Promise<BaseImage> {
  const tools = await debianPrograms(
    { name: "busybox", packages: ["busybox-static"], programs: ["busybox"] },
    workshop,
  );
  const busybox = tools.path("busybox");
  const folder = await cached(
    {
      name: "base-image",
      inputs: [process.version, await readFile(busybox), await readFile(import.meta.filename)],
      async make(draft) {
        workshop.tell("base-image: putting this Node into an image");
        const layer = await writeLayer(join(draft, "layer.tar"), { busybox, workshop });
        await writeFile(join(draft, "layer.json"), JSON.stringify(layer));
      },
    },
    workshop,
  );
  const layer = JSON.parse(await readFile(join(folder, "layer.json"), "utf8")) as BaseImage["layer"];
  return { layerFile: join(folder, "layer.tar"), layer };
}

/** Puts the image into a registry. */
export async function pushBaseImage(
  { layer, layerFile }: BaseImage,
  o: { readonly client: RegistryClient; readonly repository: string; readonly tag: string },
): Promise<void> {
  const config = Buffer.from(
    JSON.stringify({
      architecture: process.arch === "x64" ? "amd64" : process.arch,
      os: "linux",
      config: { Env: [`PATH=${path}`, `NODE_VERSION=${process.versions.node}`], Cmd: ["node"] },
      rootfs: { type: "layers", diff_ids: [layer.digest] },
    }),
  );
  const configDigest = sha256(config);
  const bytes = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      config: {
        mediaType: "application/vnd.oci.image.config.v1+json",
        digest: configDigest,
        size: config.byteLength,
      },
      layers: [{ mediaType: layerType, ...layer }],
    }),
  );
  const { client, repository, tag } = o;
  await client.pushBlob(repository, { ...layer, open: () => createReadStream(layerFile, { highWaterMark: 1 << 20 }) });
  await client.pushBlob(repository, {
    digest: configDigest,
    size: config.byteLength,
    open: () => Readable.from([config]),
  });
  await client.pushManifest(repository, tag, { mediaType: manifestType, bytes });
}

async function writeLayer(
  target: string,
  { busybox, workshop }: { readonly busybox: string; readonly workshop: Workshop },
): Promise<BaseImage["layer"]> {
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
  const written = pipeline(archive as unknown as Readable, measure, createWriteStream(target));
  for (const name of ["etc/", "root/", "home/node/"]) archive.entry({ name, type: "directory", mtime: longAgo });
  archive.entry({ name: "tmp/", type: "directory", mode: 0o1777, mtime: longAgo });
  archive.entry({ name: "etc/passwd", mtime: longAgo }, passwd);
  for (const applet of applets)
    archive.entry({ name: `bin/${applet}`, type: "symlink", linkname: "busybox", mtime: longAgo });
  const programs = { "bin/busybox": busybox, "usr/local/bin/node": process.execPath };
  const libraries = new Set(
    (await Promise.all(Object.values(programs).map((each) => librariesOf(each, workshop)))).flat(),
  );
  for (const [name, file] of Object.entries(programs)) await addFile(archive, name, file);
  for (const library of libraries) await addFile(archive, library.slice(1), library);
  archive.finalize();
  await written;
  return { digest: `sha256:${hash.digest("hex")}`, size };
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
