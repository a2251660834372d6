import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { findManifests, readTextFile, shownPath } from "./files.ts";

let root: string;
let workspace: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "slipway-files-")));
  workspace = join(root, "workspace");
  mkdirSync(join(workspace, "k8s/nested.yaml"), { recursive: true });
  mkdirSync(join(root, "outside"));
  writeFileSync(join(root, "outside/secret.yaml"), "a: b\n");
  for (const name of ["k8s/b.yaml", "k8s/a.yml", "k8s/c.json", "k8s/readme.md", "k8s/nested.yaml/d.yaml"]) {
    writeFileSync(join(workspace, name), "a: b\n");
  }
  symlinkSync("../../outside/secret.yaml", join(workspace, "k8s/link.txt"));
  symlinkSync("../outside", join(workspace, "linked"));
  symlinkSync("nowhere", join(workspace, "broken.yaml"));
  symlinkSync("loop.yaml", join(workspace, "loop.yaml"));
  symlinkSync("a.yml", join(workspace, "k8s/inside.txt"));
  mkdirSync(join(workspace, "circle"));
  symlinkSync("..", join(workspace, "circle/up"));
  writeFileSync(join(workspace, "circle/x.yaml"), "a: b\n");
  execFileSync("mkfifo", [join(workspace, "pipe.yaml")]);
  writeFileSync(join(workspace, "utf16.yaml"), Buffer.from("\ufeffa: b\n", "utf16le"));
  writeFileSync(join(workspace, "nul.yaml"), "a: \0b\n");
  writeFileSync(join(workspace, "latin1.yaml"), Buffer.from("a: caf\u00e9\n", "latin1"));
  writeFileSync(join(workspace, "bom.yaml"), "\ufeffa: b\n");
  for (const [folder, file] of Object.entries({ kustom: "Kustomization", chart: "Chart.yaml", empty: "readme.md" })) {
    mkdirSync(join(workspace, folder));
    writeFileSync(join(workspace, folder, file), "");
  }
});
afterAll(() => rmSync(root, { recursive: true }));

async function find(...lines: string[]): Promise<string[]> {
  const { sources, problems } = await findManifests(lines, workspace);
  const found = sources.map(({ is, path }) => `${is} ${shownPath(path, workspace)}`);
  return [...found, ...problems.map(({ message }) => message)];
}

describe("findManifests()", () => {
  it("takes the files of a folder, as kubectl does, and each only once", async () => {
    expect(await find("k8s", "k8s/b.yaml")).toEqual(["file k8s/a.yml", "file k8s/b.yaml", "file k8s/c.json"]);
  });

  it("takes globs, which neither go around in circles nor fail for a link that leads nowhere", async () => {
    expect(await find("circle/**/*.yaml")).toEqual(["file circle/x.yaml"]);
    expect(await find("{broken,bom}.yaml")).toEqual(["file bom.yaml", "file broken.yaml"]);
  });

  it("knows the folders that are rendered", async () => {
    expect(await find("kustom", "chart")).toEqual(["kustomization kustom/Kustomization", "chart chart/Chart.yaml"]);
  });

  it.each([
    ["empty", "the folder empty holds no .yaml, .yml or .json file"],
    ["k8s/*.yamll", "no file matches k8s/*.yamll"],
    ["k8s/d.yaml", "did you mean k8s/b.yaml?"],
    ["https://me:secret@example.com/app.yaml", "manifests: https://example.com/app.yaml is an address"],
  ])("says what is wrong with %s", async (line, message) => {
    expect(await find(line)).toEqual([expect.stringContaining(message)]);
  });
});

describe("readTextFile()", () => {
  it.each([
    ["k8s/link.txt", "it is a link that leaves the workspace"],
    ["linked/secret.yaml", "it is a link that leaves the workspace"],
    ["broken.yaml", "it is a link that leads nowhere"],
    ["loop.yaml", "it is a link that leads to itself"],
    ["pipe.yaml", "it is not a regular file"],
    ["k8s", "it is not a regular file"],
    ["utf16.yaml", "it is in UTF-16: save it as UTF-8"],
    ["nul.yaml", "it holds a zero byte"],
    ["latin1.yaml", "it is not text in UTF-8"],
  ])("does not read %s", (file, reason) => {
    expect(readTextFile(join(workspace, file), workspace)).toEqual({ reason: expect.stringContaining(reason) });
  });

  it("reads links inside of the workspace, and what a workflow names outside of it", () => {
    expect(readTextFile(join(workspace, "k8s/inside.txt"), workspace)).toBe("a: b\n");
    expect(readTextFile(join(workspace, "../outside/secret.yaml"), workspace)).toBe("a: b\n");
    expect(readTextFile(join(workspace, "bom.yaml"), workspace)).toBe("a: b\n");
  });
});
