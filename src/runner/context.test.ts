import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { readContext } from "./context.ts";

const folder = mkdtempSync(join(tmpdir(), "slipway-context-"));
afterAll(() => rmSync(folder, { recursive: true }));

function eventFile(content: string): string {
  const path = join(folder, "event.json");
  writeFileSync(path, content);
  return path;
}

describe("readContext()", () => {
  it("reads the run and the event's payload", () => {
    const env = { GITHUB_SHA: "abc", GITHUB_RUN_ID: "12", GITHUB_EVENT_PATH: eventFile('{"ref":"refs/heads/main"}') };
    expect(readContext(env)).toMatchObject({ sha: "abc", runId: "12", actor: "", payload: { ref: "refs/heads/main" } });
  });

  it.each(["", "{", "[]", "null", '"text"'])("has an empty payload where the event is %j", (content) => {
    expect(readContext({ GITHUB_EVENT_PATH: eventFile(content) }).payload).toEqual({});
  });

  it("has an empty payload where there is no event", () => {
    expect(readContext({ GITHUB_EVENT_PATH: join(folder, "missing.json") }).payload).toEqual({});
  });
});
