import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { createSummary } from "./summary.ts";

const mebibyte = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "slipway-summary-"));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function newFile(content = ""): string {
  const path = join(folder, `${++files}.md`);
  appendFileSync(path, content);
  return path;
}

describe("createSummary()", () => {
  it("keeps sections apart, and what others wrote before", () => {
    const path = newFile("# From before\n\n");
    const summary = createSummary(path);
    summary.add("## One\n");
    summary.add("## Two\n\ntext");
    expect(readFileSync(path, "utf8")).toBe("# From before\n\n## One\n\n## Two\n\ntext\n\n");
  });

  it("ends before the block that does not fit, says so, and takes no more", () => {
    const path = newFile();
    const summary = createSummary(path);
    summary.add(`## Fits\n\n${"a".repeat(mebibyte / 2)}\n\n${"é".repeat(mebibyte / 2)}\n\nlast`);
    summary.add("## Later");
    const text = readFileSync(path, "utf8");
    expect(text.slice(0, 12)).toBe("## Fits\n\naaa");
    expect(text.slice(-140)).toMatch(/a\n\n\n_The rest of this summary did not fit: [^\n]+_\n$/);
    expect(text).not.toMatch(/é|last|Later/);
  });

  it("never ends inside a block of code or a folded part", () => {
    const path = newFile("x".repeat(mebibyte - 5_000));
    const block = `\`\`\`\`text\n\nline\n\n\`\`\`\n\n</details>\n\n\`\`\`\``;
    createSummary(path).add(
      `## Kept\n\n<details><summary>Logs</summary>\n\n${block}\n\n${"y\n\n".repeat(3_000)}</details>`,
    );
    expect(readFileSync(path, "utf8")).toMatch(/x## Kept\n\n\n_The rest/);
  });

  it("stays below the limit whatever the size of its sections", () => {
    for (const size of [1_000, 70_000, 400_000, 2 * mebibyte]) {
      const path = newFile();
      const summary = createSummary(path);
      for (let n = 0; n * size < 3 * mebibyte; n++) summary.add("word ".repeat(size / 5));
      expect(statSync(path).size).toBeLessThanOrEqual(mebibyte);
    }
  });

  it("does nothing where there is no runner", () => {
    expect(() => createSummary(undefined).add("text")).not.toThrow();
  });
});
