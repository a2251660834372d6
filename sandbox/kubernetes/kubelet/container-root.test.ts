import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ContainerRoot } from "./container-root.ts";
import type { Mount } from "./container-root.ts";
import { findExecutable } from "./executable.ts";
import { temporaryFolders } from "./testing/objects.ts";

const folder = temporaryFolders();

const files: Record<string, string> = {
  "app/server.js": "server",
  "app/public/index.html": "page",
  "usr/bin/tool": "\x7fELF",
  "usr/bin/script": "#!/usr/bin/tool -x\n",
  "usr/bin/by-env": "#!/usr/bin/env tool\n",
  "usr/bin/lost": "#!/no/such/interpreter\n",
  "usr/bin/text": "hello",
  server: "\x7fELF",
  "etc/plain": "plain",
};

async function makeRoot(mounts: (base: string) => readonly Mount[] = () => [], workingDirectory = "/app") {
  const base = await folder();
  const image = join(base, "image");
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(image, name)), { recursive: true });
    await writeFile(join(image, name), content);
    if (name.startsWith("usr/bin/") || name === "server") await chmod(join(image, name), 0o755);
  }
  await symlink("usr/bin", join(image, "bin"));
  for (const { source } of mounts(base)) await mkdir(source, { recursive: true });
  const root = await ContainerRoot.make({
    directory: join(base, "root"),
    image,
    mounts: mounts(base),
    workingDirectory,
  });
  return { root, base, image };
}

describe("ContainerRoot", () => {
  it("shows the image, and keeps to itself what is written beside it", async () => {
    const { root, image } = await makeRoot();
    expect(readFileSync(root.resolve("server.js"), "utf8")).toBe("server");
    expect(realpathSync(root.resolve("/bin/tool"))).toBe(realpathSync(join(image, "usr/bin/tool")));
    writeFileSync(root.resolve("cache"), "x");
    expect(() => readFileSync(join(image, "app/cache"))).toThrow("ENOENT");
  });

  it("shows volumes over the image, in one another, and where the image has nothing", async () => {
    const mounts = (base: string): Mount[] => [
      { path: "/app/public", source: join(base, "v1") },
      { path: "/data/", source: join(base, "v2") },
      { path: "/data/deep/nested", source: join(base, "v3") },
    ];
    const { root, base } = await makeRoot(mounts);
    for (const [volume, path] of [
      ["v1", "/app/public/f"],
      ["v2", "/data/f"],
      ["v3", "/data/deep/nested/f"],
    ] as const) {
      writeFileSync(join(base, volume, "f"), volume);
      expect(readFileSync(root.resolve(path), "utf8")).toBe(volume);
    }
    expect(readFileSync(root.resolve("/app/server.js"), "utf8")).toBe("server");
  });

  it("can work in a volume, and in a folder that the image does not have", async () => {
    const { root, base } = await makeRoot((at) => [{ path: "/srv", source: join(at, "v") }], "/srv/dir");
    expect(realpathSync(root.workingDirectory)).toBe(realpathSync(join(base, "v/dir")));
  });

  it("translates what lies in a volume or in the image, and nothing else", async () => {
    const { root } = await makeRoot((base) => [{ path: "/config", source: join(base, "v") }]);
    const at = (path: string): string => root.resolve(path);
    const cases: [string, string][] = [
      ["/config", at("/config")],
      ["--file=/config/not-yet.yaml", `--file=${at("/config/not-yet.yaml")}`],
      ["/app/server.js:/etc/plain", `${at("/app/server.js")}:${at("/etc/plain")}`],
      ["cat /etc/plain > '/config/x'", `cat ${at("/etc/plain")} > '${at("/config/x")}'`],
      ["/server", at("/server")],
      ["/", "/"],
      ["/app", "/app"],
      ["/healthz", "/healthz"],
      ["http://host/app/server.js", "http://host/app/server.js"],
      ["/configuration", "/configuration"],
      ["/app/none", "/app/none"],
    ];
    expect(cases.map(([text]) => [text, root.translate(text)])).toEqual(cases);
  });
});

describe("findExecutable()", () => {
  const path = "/usr/local/bin:/usr/bin";
  const wrap = (problem: string): string =>
    "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: " +
    `unable to start container process: ${problem}: unknown`;

  it("looks along the container's PATH, and starts scripts by the container's interpreter", async () => {
    const { root } = await makeRoot();
    const tool = root.resolve("/usr/bin/tool");
    expect(findExecutable(root, "tool", path)).toEqual({ file: tool, leading: [] });
    expect(findExecutable(root, "../server", path)).toEqual({ file: root.resolve("../server"), leading: [] });
    const script = root.resolve("/usr/bin/script");
    expect(findExecutable(root, "/usr/bin/script", path)).toEqual({ file: tool, leading: ["-x", script] });
    expect(findExecutable(root, "by-env", path)).toEqual({ file: tool, leading: [root.resolve("/usr/bin/by-env")] });
  });

  it.each([
    ["sh", 'exec: "sh": executable file not found in $PATH'],
    ["/no/such/file", 'exec: "/no/such/file": stat /no/such/file: no such file or directory'],
    ["/etc/plain", 'exec: "/etc/plain": permission denied'],
    ["lost", "exec /usr/bin/lost: no such file or directory"],
    ["text", "exec /usr/bin/text: exec format error"],
  ])("says of %s what runc says", async (program, problem) => {
    const { root } = await makeRoot();
    expect(() => findExecutable(root, program, path)).toThrow(wrap(problem));
  });
});
