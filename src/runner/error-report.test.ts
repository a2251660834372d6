import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "@jest/globals";
import { silentLog } from "../../test/silent-log.ts";
import { reportError } from "./error-report.ts";

function reported(error: unknown): string[] {
  const told: string[] = [];
  reportError(error, { ...silentLog, error: (text) => void told.push(text) });
  return told;
}

describe("reportError()", () => {
  it("calls a file that the runner cannot write no bug", async () => {
    const error: unknown = await writeFile("/nowhere/at/all", "").catch((reason: unknown) => reason);
    const [text] = reported(error);
    expect(text).toContain("Cannot use a file of this runner: got ENOENT: no such file or directory");
    expect(text).not.toContain("bug");
  });

  it("calls everything else that nobody foresaw a bug", () => {
    expect(reported(new TypeError("x is undefined"))[0]).toContain("This is a bug in Slipway");
    expect(reported("a string")[0]).toContain("This is a bug in Slipway");
  });
});
