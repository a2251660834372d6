import { describe, expect, it } from "@jest/globals";
import { parseCommand } from "../../test/runner-output.ts";
import { seededRandom } from "../../test/seeded-random.ts";
import { neutralise, visible } from "./untrusted.ts";

/** What hostile text is made of: the pieces of commands, what hides them from a pattern, and what ends a line. */
const fragments = [
  ":", "::", ":::", "#", "##", "##[", "[", "]", "=", ",", "%0A", "%3A%3A", "warning", "set-output name=image", "add-mask", "error file=a",
  " ", "\t", "\n", "\r", "\r\n", "\v", "\f", "\u0085", "\u00a0", "\u2003", "\u2028", "\u2029", "\u3000",
  "\u0000", "\u0008", "\u001b", "\u001b[31m", "\u001b[2K\u001b[1G", "\u001b]0;title\u0007", "\u001b]8;;http://x\u001b\\", "\u009b1m", "\u007f",
  "\u00ad", "\u034f", "\u061c", "\u180e", "\u200b", "\u200d", "\u202e", "\u2066", "\u2069", "\ufe0f", "\ufeff", "\u{e0041}",
  "x", "naïve", "日本", "😀", "\ud83d", "\ude00", "evil",
]; // prettier-ignore

function corpus(size: number): string[] {
  const random = seededRandom(20_260_801);
  const pick = (): string => fragments[Math.floor(random() * fragments.length)] ?? "";
  return Array.from({ length: size }, () => Array.from({ length: 1 + Math.floor(random() * 14) }, pick).join(""));
}

/** The runner reads lines so, and compares by culture, which does not see ignorable characters. */
function linesOfTheRunner(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/[^\P{Cc}\t]|[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ""));
}

describe("neutralise()", () => {
  const texts = corpus(20_000);

  it("leaves no line that the runner obeys", () => {
    const obeyed = texts.filter((text) =>
      linesOfTheRunner(neutralise(text)).some((line) => parseCommand(line) ?? /^\s*::|##\[/.test(line)),
    );
    expect(obeyed).toEqual([]);
  });

  it("would find commands in most of that text, were it not neutralised", () => {
    const dangerous = texts.filter((text) => linesOfTheRunner(text).some((line) => /^\s*::|##\[/.test(line)));
    expect(dangerous.length).toBeGreaterThan(texts.length / 10);
  });

  it("leaves nothing that cannot be seen", () => {
    expect(
      texts.map(neutralise).filter((text) => /[^\P{Cc}\t\n]|[\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(text)),
    ).toEqual([]);
  });

  it("changes nothing the second time", () => {
    expect(texts.filter((text) => neutralise(neutralise(text)) !== neutralise(text))).toEqual([]);
  });

  it("keeps every letter, and ordinary text as it is", () => {
    const letters = (text: string): string => text.replace(/[^\p{Letter}]/gu, "");
    const withoutEscapes = texts.filter((text) => !/[\u001b\u0080-\u009f]/.test(text));
    expect(withoutEscapes.filter((text) => letters(neutralise(text)) !== letters(text))).toEqual([]);
    const plain = "12:30:01 GET /a::b 200 #1 [ok] C:\\x 日本 😀\n\tat main (a.js:1:2)";
    expect(neutralise(plain)).toBe(plain);
  });

  it.each([
    ["::error::x", ": :error::x"],
    ["  ::error::x", "  : :error::x"],
    ["a\r::error::x", "a\n: :error::x"],
    ["a ##[error]x", "a ## [error]x"],
    ["###[error]x", "### [error]x"],
    [":\u00ad:error::x", ": :error::x"],
    ["\u001b[1;31mred\u001b[0m", "red"],
    ["user\u202etxt.exe", "usertxt.exe"],
    ["progress 1%\rprogress 2%", "progress 1%\nprogress 2%"],
  ])("makes %j into %j", (text, safe) => {
    expect(neutralise(text)).toBe(safe);
  });

  it("cuts lines that nobody reads to the end, and says how much is gone", () => {
    const cut = neutralise(`${"😀".repeat(10_000)}\nnext`);
    expect(cut).toMatch(/^(?:😀)+ … and \d+ more characters\nnext$/u);
    expect(cut.length).toBeLessThanOrEqual(8192 + 5);
  });

  it("takes time in proportion to the text, whatever the text", () => {
    const started = performance.now();
    for (const piece of ["\n", " ", ":", "#", "\u001b", "\u001b]", "\u001b[1", "\r", "::\n"])
      neutralise(piece.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("visible()", () => {
  it("keeps what only the runner would obey", () => {
    expect(visible("::error::x\r\n\u001b[1mbold\u001b[0m")).toBe("::error::x\nbold");
  });
});
