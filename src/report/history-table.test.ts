import { describe, expect, it } from "@jest/globals";
import { release } from "../../test/build/objects.ts";
import { historyTable } from "./history-table.ts";

const run = "https://github.com/acme/shop/actions/runs/7";
const hash = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";
const images = { web: `registry.test/shop/web@sha256:${"ab".repeat(32)}` };
const rows = (markdown: string): string[] => markdown.split("\n").filter((line) => line.startsWith("| "));

describe("historyTable()", () => {
  it("tells of each release when it was made, of which commit, by whom, with which images, and what came of it", () => {
    const first = release(1, { run, commit: hash, images, verified: "2026-01-02T03:05:00Z" });
    expect(rows(historyTable([first, release(2, { outcome: "failed", commit: "", actor: "" })]))).toEqual([
      "| Release | When (UTC) | Commit | By | Images | Outcome |",
      "| --- | --- | --- | --- | --- | --- |",
      "| r2 | 2026-01-02 03:04 |  |  |  | failed |",
      `| [r1](${run}) | 2026-01-02 03:04 | [\`5a1f7c3e9b2d\`](https://github.com/acme/shop/commit/${hash}) | ann | \`web@abababababab\` | succeeded, verified |`,
    ]);
  });

  it("has reasons where there are any, and says what a rollback went back to", () => {
    const [headers, , row] = rows(historyTable([release(3, { restores: 1, reason: "r2 failed" })]));
    expect(headers).toMatch(/ Reason \|$/);
    expect(row).toBe("| r3 | 2026-01-02 03:04 | `c3` back to r1 | ann |  | succeeded | r2 failed |");
  });

  it("keeps text that is anybody's from becoming anything else", () => {
    const evil = release(1, {
      run: "https://evil.test/](javascript:alert(1))/actions/runs/1",
      commit: "`|<b>",
      actor: "[ann](https://evil.test) @all",
      images: { web: "a|b`c" },
      reason: "<script>|",
    });
    const [, , row = ""] = rows(historyTable([evil]));
    expect(row.split(/(?<!\\)\|/)).toHaveLength(9);
    expect(row).toContain("[r1](https://evil.test/%5d%28javascript:alert%281%29%29/actions/runs/1)");
    expect(row).not.toMatch(/<script>|[^\\]\[ann|@all/);
    expect(historyTable([release(1, { run: "javascript:alert(1)" })])).toContain("| r1 |");
  });

  it("shows the newest, and a few images of many", () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`i${index}`, `i:${index}`]));
    const text = historyTable(Array.from({ length: 14 }, (_, index) => release(index + 1, { images: many })));
    expect(rows(text)).toHaveLength(14);
    expect(text).toContain("and 2 older");
    expect(text).toContain("| `i:0`<br>`i:1`<br>`i:2`<br>and 2 more |");
    expect(historyTable([])).toBe("");
  });

  it("says which record is damaged", () => {
    expect(historyTable([release(1, { damaged: "it has no summary", outcome: "unknown" })])).toContain(
      "unknown, damaged",
    );
  });
});
