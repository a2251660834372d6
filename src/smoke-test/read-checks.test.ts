import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { SlipwayError } from "../error.ts";
import { readChecks } from "./read-checks.ts";

let root: string;
let workspace: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "slipway-checks-"));
  workspace = join(root, "workspace");
  await mkdir(workspace);
});
afterEach(() => rm(root, { recursive: true }));

function failure(file: string): SlipwayError {
  try {
    readChecks(workspace, { file });
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("expected a SlipwayError");
}

describe("readChecks()", () => {
  it("takes checks that the input holds as they are", () => {
    expect(readChecks(workspace, [{ path: "/" }])).toEqual({ checks: [{ path: "/" }] });
  });

  it.each([
    ["YAML", "smoke.yaml", "- path: /health"],
    ["JSON", "test/smoke.json", '[{ "path": "/health" }]'],
  ])("reads a file of %s, relative to the workspace", async (_name, file, text) => {
    await mkdir(join(workspace, "test"));
    await writeFile(join(workspace, file), text);
    expect(readChecks(workspace, { file })).toEqual({ checks: [{ path: "/health" }], file });
  });

  it("reads a file that an earlier step wrote elsewhere, by its whole path", async () => {
    const file = join(root, "smoke.yaml");
    await writeFile(file, "- path: /health");
    expect(readChecks(workspace, { file })).toMatchObject({ checks: [{ path: "/health" }] });
  });

  it("tells what is wrong at the file's line", async () => {
    await writeFile(join(workspace, "smoke.yaml"), "# checks\n- path: /\n  expect:\n    stauts: 200\n- metod: GET\n");
    expect(failure("smoke.yaml").problems).toEqual([
      {
        message: "the key stauts is not known",
        hint: "Did you mean status? Known here: status, headers, body, json, latency.",
        file: "smoke.yaml",
        line: 4,
      },
      {
        message: "the key metod is not known",
        hint: expect.stringContaining("Did you mean method?"),
        file: "smoke.yaml",
        line: 5,
      },
    ]);
  });

  it("tells that a file is not there, and what is meant", () => {
    const { message, hint } = failure("smoke.yaml");
    expect(message).toBe("Cannot read the checks in smoke.yaml because there is no such file");
    expect(hint).toContain('The input "checks" is a YAML list, or the path of one in the workspace');
  });

  it("does not follow a link out of the workspace", async () => {
    await writeFile(join(root, "secret.yaml"), "token: s3cr3t");
    await symlink(join(root, "secret.yaml"), join(workspace, "smoke.yaml"));
    expect(failure("smoke.yaml").message).toBe(
      "Cannot read the checks in smoke.yaml because it is a link that leaves the workspace",
    );
  });

  it("does not take a folder for a file", async () => {
    await mkdir(join(workspace, "smoke.yaml"));
    expect(failure("smoke.yaml").message).toContain("it is not a regular file");
  });
});
