import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { startRegistry, type Registry } from "../../../sandbox/registry/server.ts";
import { SlipwayError, type Problem } from "../../error.ts";
import { RegistryClient } from "../../registry/registry-client.ts";
import { systemClock } from "../../runner/clock.ts";
import { BaseImages } from "../base-image.ts";
import { BuildContext } from "../context.ts";
import { Contents } from "../contents.ts";
import { parseDockerfile } from "../dockerfile/parse.ts";
import { Ignore } from "../ignore.ts";
import type { ImageConfig } from "../image-config.ts";
import { parsePlatform } from "../platform.ts";
import { pushImage } from "../push-image.ts";
import { baseName, builds, epoch, pushBase, writeContext } from "../testing/golden.ts";
import { encodeHeader, endOfArchive, padding } from "../tar/write.ts";
import { buildDirectly } from "./build.ts";
import { finishImage, type FinishedImage } from "./finish.ts";

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, "../testing/buildkit-0.26.3.json"), "utf8"),
) as Record<string, ImageConfig>;

let registry: Registry;
let client: RegistryClient;
let base: string;
let folder: string;

beforeAll(async () => {
  registry = await startRegistry();
  client = new RegistryClient({
    registry: registry.address,
    clock: systemClock,
    signal: new AbortController().signal,
    env: {},
  });
  const [repository = "", tag = ""] = baseName.split(":");
  await pushBase(client, repository, tag);
  base = `${registry.address}/${baseName}`;
});
afterAll(async () => {
  client.close();
  await registry.close();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Build {
  readonly dockerfile: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly platform?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Builds the Dockerfile with the test's folder as its context. */
async function build(o: Build, push?: string): Promise<FinishedImage & { readonly document: ImageConfig }> {
  const ignore = new Ignore(readIfThere(join(folder, ".dockerignore")), ".dockerignore");
  const contents = new Contents(tmpdir());
  try {
    const platform = parsePlatform(o.platform ?? "linux/amd64");
    const state = await buildDirectly({
      dockerfile: parseDockerfile(o.dockerfile.replaceAll("${BASE}", base), "Dockerfile"),
      context: new BuildContext({ folder, ignore, time: epoch }),
      contents,
      images: new BaseImages(() => client),
      target: o.target,
      buildArgs: new Map(Object.entries(o.args ?? {})),
      platform,
      buildPlatform: platform,
      labels: o.labels ?? {},
      epoch,
    });
    const image = await finishImage(state, { contents, epoch });
    if (push !== undefined) await pushImage(image, { client, repository: push });
    return { ...image, document: JSON.parse(image.config.bytes.toString()) as ImageConfig };
  } finally {
    contents.close();
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function write(path: string, content: string | Buffer = ""): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

async function problemsOf(o: Build): Promise<readonly Problem[]> {
  const error = await build(o).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SlipwayError) {
    const { message, hint, problems } = error;
    return problems.length > 0 ? problems : [{ message, ...(hint === undefined ? {} : { hint }) }];
  }
  throw new Error(`expected a SlipwayError, got ${String(error)}`);
}

/** The few words in which two honest builders differ: who built it, and how one instruction is told. */
function withoutBuilder(config: ImageConfig): ImageConfig {
  const history = config.history.map(({ comment: _comment, created_by: by = "", ...rest }) => ({
    ...rest,
    created_by: by.replace(/ # buildkit$/, "").replace(/^HEALTHCHECK .*/, "HEALTHCHECK"),
  }));
  return { ...config, history };
}

describe("buildDirectly()", () => {
  it.each(Object.entries(builds))("makes what BuildKit makes, to the last byte: %s", async (name, o) => {
    writeContext(folder);
    const { document } = await build(o);
    const expected = recorded[name];
    expect(withoutBuilder(document)).toEqual(expected && withoutBuilder(expected));
  });

  it("gives the same digest again, in another folder and later", async () => {
    writeContext(folder);
    const first = await build({ dockerfile: "FROM ${BASE}\nCOPY . /app/\n" });
    const other = mkdtempSync(join(tmpdir(), "slipway-test-"));
    rmSync(folder, { recursive: true });
    folder = other;
    writeContext(folder);
    const second = await build({ dockerfile: "FROM ${BASE}\nCOPY . /app/\n" });
    expect(second.manifest.digest).toBe(first.manifest.digest);
  });

  it("builds on an image that it has pushed itself, and copies big files out of it", async () => {
    const big = Buffer.alloc(3 * 1024 * 1024, "slipway ");
    write("big", big);
    write("small", "small");
    const first = await build({ dockerfile: "FROM scratch\nCOPY . /data/\n" }, "acme/first");
    const name = `${registry.address}/acme/first@${first.manifest.digest}`;
    const second = await build(
      { dockerfile: `FROM scratch\nCOPY --from=${name} /data/big /data/small /data/\n` },
      "acme/second",
    );
    expect(second.layers[0]?.diffId).toBe(first.layers[0]?.diffId);
  });

  it("refuses a socket, of which no layer can be made", async () => {
    const { createServer } = await import("node:net");
    const server = createServer().listen(join(folder, "socket"));
    try {
      const [problem] = await problemsOf({ dockerfile: "FROM scratch\nCOPY . /\n" });
      expect(problem?.message).toContain("socket is a socket");
      expect(problem?.line).toBe(2);
    } finally {
      server.close();
    }
  });

  it("has the labels of the build over those of the Dockerfile", async () => {
    const { document } = await build({ dockerfile: "FROM ${BASE}\nLABEL a=1 b=2\n", labels: { b: "3", c: "4" } });
    expect(document.config.Labels).toEqual({ a: "1", b: "3", base: "1", c: "4" });
  });

  it("takes the files of a COPY --link chain without reading the base", async () => {
    write("f", "f");
    const before = registry.counts()["GET blob 200"] ?? 0;
    await build({ dockerfile: "FROM ${BASE}\nCOPY --link f /a/\nCOPY --link f /b/\n" });
    // The config alone.
    expect((registry.counts()["GET blob 200"] ?? 0) - before).toBe(1);
  });
});

describe("what buildDirectly() refuses", () => {
  it.each<[what: string, dockerfile: string, line: number, message: string, hint?: string]>([
    ["RUN", "FROM scratch\n\nRUN make", 3, "RUN needs a machine", "builder: docker"],
    ["ONBUILD", "FROM scratch\nONBUILD COPY . /", 2, "ONBUILD", "builder: docker"],
    ["COPY --exclude", "FROM scratch\nCOPY --exclude=*.md . /", 2, "COPY --exclude"],
    [
      "a source that is not there",
      "FROM scratch\nCOPY servr.js /",
      2,
      "There is no servr.js",
      "Did you mean server.js?",
    ],
    ["a source that is ignored", "FROM scratch\nCOPY hidden.txt /", 2, ".dockerignore, line 2, leaves it out"],
    [
      "a source that is not in a stage",
      "FROM ${BASE} AS a\nFROM scratch\nCOPY --from=a /etc/passwords /",
      3,
      "There is no /etc/passwords to copy",
      "Did you mean /etc/passwd?",
    ],
    ["an owner that is not known", "FROM ${BASE}\nCOPY --chown=nobody server.js /", 2, 'no "nobody" in /etc/passwd'],
    ["an owner by name alone", "FROM scratch\nCOPY --chown=node server.js /", 2, 'no "node" in /etc/passwd', "number"],
    ["a mode that is not octal", "FROM scratch\nCOPY --chmod=u+x server.js /", 2, "not an octal number"],
    [
      "a file in a directory's place",
      "FROM ${BASE}\nCOPY folder /to\nCOPY clash /to",
      3,
      "/to/name is there already and is a directory",
    ],
    [
      "a directory in a file's place",
      "FROM ${BASE}\nCOPY folder /etc/passwd",
      2,
      "/etc/passwd is there already and is no directory",
    ],
    ["an address as a source", "FROM scratch\nADD https://example.com/x /", 2, "fetches nothing", "builder: docker"],
    ["an archive that ADD would unpack", "FROM scratch\nADD app.tgz /", 2, "ADD would unpack app.tgz", "Use COPY"],
    ["an image that is not there", "FROM scratch\nFROM ${BASE}no", 2, "does not have it: got 404"],
    ["a stage that is not above it", "FROM scratch AS me\nCOPY --from=me a /", 2, "does not name an earlier stage"],
    ["a base without a name", "FROM scratch\nFROM ${NOTHING}", 2, "names nothing", "build-arg"],
    ["a variable that is cut off", "FROM scratch\nENV A=${B", 2, "there is no closing }"],
    ["a signal that does not exist", "FROM scratch\nSTOPSIGNAL SIGNOPE", 2, "SIGNOPE"],
    ["a port that is none", "FROM scratch\nEXPOSE 99999", 2, "99999"],
    ["links in circles", "FROM scratch\nCOPY loop /", 2, "too many symbolic links"],
  ])("%s", async (_what, dockerfile, line, message, hint = "") => {
    write("server.js", "x");
    write(".dockerignore", "# nothing\nhidden.txt\n");
    write("hidden.txt", "x");
    write("folder/name/x", "x");
    write("clash/name", "x");
    write("app.tgz", gzipSync(Buffer.concat([tarEntry("x", "x"), endOfArchive])));
    symlinkSync("loop", join(folder, "loop"));
    const [problem] = await problemsOf({ dockerfile });
    expect(problem).toMatchObject({ file: "Dockerfile", line });
    expect(problem?.message).toContain(message);
    expect(problem?.hint ?? "").toContain(hint);
  });

  it("every instruction that cannot be carried out, at once", async () => {
    const problems = await problemsOf({
      dockerfile: "FROM scratch AS a\nRUN one\nFROM a\nRUN two\nONBUILD RUN three\n",
    });
    expect(problems.map(({ line }) => line)).toEqual([2, 4, 5]);
  });

  it("a target that is not there, and names the nearest", async () => {
    const [problem] = await problemsOf({
      dockerfile: "FROM scratch AS server\nFROM scratch AS auth\n",
      target: "sever",
    });
    expect(problem?.message).toContain('"sever"');
    expect(problem?.hint).toBe("Did you mean server?");
  });

  it("a platform that the base image is not there for", async () => {
    const [problem] = await problemsOf({ dockerfile: "FROM ${BASE}\n", platform: "linux/arm64" });
    expect(problem?.message).toContain("is not there for linux/arm64: got linux/amd64");
  });

  it("no compressed file that holds no archive", async () => {
    write("page.html.gz", gzipSync("<html>"));
    await expect(build({ dockerfile: "FROM scratch\nADD page.html.gz /\n" })).resolves.toBeDefined();
  });
});

function tarEntry(name: string, content: string): Buffer {
  const header = { type: "file", name, mode: 0o644, uid: 0, gid: 0, size: content.length, mtime: 0 } as const;
  return Buffer.concat([encodeHeader(header), Buffer.from(content), padding(content.length)]);
}
