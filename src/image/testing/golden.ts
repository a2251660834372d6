import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { sha256 } from "../../registry/digest.ts";
import { mediaType } from "../../registry/media-types.ts";
import type { Blob, RegistryClient } from "../../registry/registry-client.ts";
import { encodeHeader, endOfArchive, padding, type TarHeader } from "../tar/write.ts";

/**
 * A base image, a build context and Dockerfiles that have been built with BuildKit 0.26.3 (`rewrite-timestamp=true`, SOURCE_DATE_EPOCH as
 * below). buildkit-0.26.3.json holds what it made of them.
 */
export const epoch = 1_700_000_000;

/** The name under which the Dockerfiles know the base image. */
export const baseName = "library/base:1";

type Entry = Partial<TarHeader> & { readonly name: string; readonly content?: string };

/** Two layers: a system with users, links and odd modes, and one that removes, empties and replaces. */
const layers: readonly (readonly Entry[])[] = [
  [
    { name: "bin", type: "symlink", linkName: "usr/bin" },
    { name: "etc/", type: "directory" },
    { name: "etc/passwd", content: "root:x:0:0::/root:/bin/sh\nnode:x:1000:1001::/home/node:/bin/sh\n" },
    { name: "etc/group", content: "root:x:0:\nnode:x:1001:\nwww:x:33:\n" },
    { name: "home/", type: "directory" },
    { name: "home/node/", type: "directory", uid: 1000, gid: 1001 },
    { name: "opt/", type: "directory" },
    { name: "opt/gone", content: "soon" },
    { name: "opt/one", content: "linked" },
    { name: "opt/two", type: "hard-link", linkName: "opt/one" },
    { name: "opt/x/", type: "directory" },
    { name: "opt/x/old", content: "hidden by an opaque directory" },
    { name: "run/", type: "directory" },
    { name: "tmp/", type: "directory", mode: 0o1777 },
    { name: "usr/", type: "directory" },
    { name: "usr/bin/", type: "directory" },
    { name: "usr/bin/optlink", type: "symlink", linkName: "../../opt" },
    { name: "usr/bin/tool", content: "#!/bin/sh\n", mode: 0o4755 },
    { name: "var/", type: "directory" },
    { name: "var/run", type: "symlink", linkName: "/run" },
  ],
  [
    { name: "opt/", type: "directory", mode: 0o775 },
    { name: "opt/.wh.gone", content: "" },
    { name: "opt/x/", type: "directory" },
    { name: "opt/x/.wh..wh..opq", content: "" },
    { name: "opt/x/new", content: "new" },
  ],
];

/** Brings the base image into a registry. */
export async function pushBase(client: RegistryClient, repository: string, tag: string): Promise<void> {
  const archives = layers.map(archive);
  const blobs = archives.map((bytes) => blobOf(gzipSync(bytes)));
  const config = blobOf(
    Buffer.from(
      JSON.stringify({
        architecture: "amd64",
        os: "linux",
        created: "2020-01-01T00:00:00Z",
        config: {
          Env: ["PATH=/usr/bin:/bin", "VERSION=24"],
          WorkingDir: "/home/node",
          Cmd: ["sh"],
          Labels: { base: "1" },
        },
        rootfs: { type: "layers", diff_ids: archives.map((bytes) => sha256(bytes)) },
        history: layers.map((_, index) => ({ created: "2020-01-01T00:00:00Z", created_by: `layer ${index}` })),
      }),
    ),
  );
  for (const blob of [...blobs, config]) await client.pushBlob(repository, blob);
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaType.manifest,
    config: { mediaType: mediaType.config, digest: config.digest, size: config.size },
    layers: blobs.map(({ digest, size }) => ({ mediaType: mediaType.gzipLayer, digest, size })),
  };
  await client.pushManifest(repository, tag, {
    mediaType: mediaType.manifest,
    bytes: Buffer.from(JSON.stringify(manifest)),
  });
}

function archive(entries: readonly Entry[]): Buffer {
  const parts = entries.flatMap(({ content = "", ...entry }) => {
    const size = Buffer.byteLength(content);
    const mode = entry.type === "directory" ? 0o755 : 0o644;
    const header = encodeHeader({ type: "file", mode, uid: 0, gid: 0, mtime: 1_577_836_800, size, ...entry });
    return [header, Buffer.from(content), padding(size)];
  });
  return Buffer.concat([...parts, endOfArchive]);
}

function blobOf(bytes: Buffer): Blob {
  return {
    digest: sha256(bytes),
    size: bytes.byteLength,
    async *open() {
      yield await Promise.resolve(bytes);
    },
  };
}

const files: readonly (readonly [path: string, content: string, mode?: number])[] = [
  [".dockerignore", "# comment\n**/.git\nnode_modules\n!node_modules/x/keep\n*.log\n/docs/*\n!docs/api\n"],
  ["(app)/page+1.js", "page"],
  [".hidden", "hidden"],
  ["debug.log", "ignored"],
  ["deep/1/2/3/f", "deep"],
  ["docs/api/index.md", "api"],
  ["docs/secret.md", "ignored"],
  ["node_modules/x/index.js", "ignored"],
  ["node_modules/x/keep", "keep"],
  ["script.sh", "#!/bin/sh\n", 0o4755],
  ["src/.git/HEAD", "ignored"],
  ["src/a/1", "one"],
  ["src/b/2", "two", 0o640],
  [`${"n".repeat(120)}.txt`, "a name longer than a tar header's field"],
  [`${"d".repeat(90)}/${"e".repeat(60)}/f`, "a path longer than that, that can be split"],
  ["we ird/f x", "blanks"],
  ["ünï/ß", "letters beyond ASCII"],
];

/** Writes the build context. */
export function writeContext(folder: string): void {
  for (const [path, content, mode = 0o644] of files) {
    mkdirSync(join(folder, dirname(path)), { recursive: true, mode: 0o755 });
    writeFileSync(join(folder, path), content);
    chmodSync(join(folder, path), mode);
  }
  mkdirSync(join(folder, "empty"), { mode: 0o700 });
  linkSync(join(folder, "src/a/1"), join(folder, "src/a/link"));
  symlinkSync("../src", join(folder, "deep/link"));
  symlinkSync("/src/b/2", join(folder, "absolute"));
  symlinkSync("nowhere", join(folder, "broken"));
}

/** The Dockerfiles, and the build arguments of each. `${BASE}` is the base image. */
export const builds: Readonly<
  Record<
    string,
    { readonly dockerfile: string; readonly args?: Readonly<Record<string, string>>; readonly target?: string }
  >
> = {
  "everything below the context": {
    dockerfile: "FROM scratch\nCOPY . /\nCOPY . /again/\n",
  },
  "destinations and links": {
    dockerfile: `FROM \${BASE}
COPY script.sh /etc
COPY script.sh /etc/new
COPY script.sh /folder/
COPY script.sh src empty /several/
COPY src/* /bin/
COPY script.sh /bin/optlink/here
COPY deep/link/a/1 deep/link/b/2 /var/run/
COPY deep/link /linked
COPY absolute broken* /opt/x/
COPY src/?/* deep/*/*/*/f no*match /globbed/
COPY ../script.sh ./deep/.. escaped/
COPY empty /opt
COPY src /tmp
ADD src/b/2 ./added
`.replace("broken* ", ""),
  },
  "owners and modes": {
    dockerfile: `FROM \${BASE}
COPY --chown=node src /made/by/
COPY --chown=node:www --chmod=0711 ["we ird/f x", "/made/w s/"]
COPY --chown=1234 src/a /numeric/
COPY --chown=:33 --chmod=600 src /group
COPY --link --chown=7:8 src/a /bin2/linked/
COPY --link --chmod=755 script.sh /bin/linked
USER node
WORKDIR work/sub
USER 5:6
WORKDIR ../other
WORKDIR /etc
COPY <<EOF <<-'RAW' /docs/
hello $VERSION "x" \\$VERSION
EOF
	raw $VERSION
	  indented
	RAW
`,
  },
  variables: {
    dockerfile: `ARG TAG=unused
ARG WHO=world
FROM \${BASE}
ARG WHO
ARG GREETING="hello \${WHO}" EMPTY
ARG TARGETPLATFORM
ENV A=$GREETING B="q'$VERSION'" C='$A' D=a\\ b \\
  # a comment in between

  E=\${NOPE:-default}\${WHO:+set} F=\${WHO%ld}\${WHO#w}\${WHO/o/0}\${WHO//[o]/x} G=$$ H="\\$A"
ENV old form  with $A
ENV P=$TARGETPLATFORM PATH=/x:$PATH
LABEL "l one"=$A l2="two words" version=\${VERSION}
EXPOSE $VERSION 53/udp 8000-8002
VOLUME /v1 $WHO
VOLUME ["/v 3"]
WORKDIR /w/$WHO
STOPSIGNAL SIGRTMIN+3
SHELL ["/bin/bash", "-c"]
ENTRYPOINT ["/x", "tab\\tquote\\" é"]
CMD echo "$A"
MAINTAINER somebody <some@body>
`.replace("\${WHO//[o]/x}", "\${WHO//o/x}"),
    args: { WHO: "arg" },
  },
  stages: {
    dockerfile: `FROM scratch AS unused
RUN never
FROM \${BASE} AS first
ARG ONE=1
CMD ["kept?"]
WORKDIR /w
COPY src .
FROM first AS second
ENTRYPOINT run $ONE
ENV TWO=$ONE
FROM scratch
COPY --from=first /opt /opt
COPY --from=1 /usr/bin/optlink/t* /bin/tool /tools/
COPY --from=second --chown=9:8 /w/ /w
COPY --from=\${BASE} /var /v
COPY --link --from=first /w/a/1 /w/a/1
CMD ["x"]
HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 CMD curl "x"
`,
  },
  "an earlier stage as the target": {
    dockerfile:
      'FROM ${BASE} AS Base\nCMD ["a"]\nENTRYPOINT ["b"]\nFROM base AS next\nENTRYPOINT ["c"]\nFROM scratch\nRUN never\n',
    target: "NEXT",
  },
};
