import { describe, expect, it } from "@jest/globals";
import { expandWord, expandWords, type WordOptions } from "./words.ts";

const values: Readonly<Record<string, string>> = { A: "alpha", EMPTY: "", P: "a.b.c", S: "one two", "1": "digit" };
const options: WordOptions = { escape: "\\", variable: (name) => values[name] };

describe("expandWord()", () => {
  it.each([
    ["plain", "plain"],
    ["$A/${A}x", "alpha/alphax"],
    ["$NONE|${NONE}", "|"],
    ["\\$A", "$A"],
    ["'$A'", "$A"],
    ['"$A \\" \\$A \\n"', 'alpha " $A \\n'],
    ["a'b c'd", "ab cd"],
    ["$", "$"],
    ["$$A", "A"],
    ["$1x", "digitx"],
    ["$-x", "x"],
    ["<<", "<<"],
    ["${NONE:-d}", "d"],
    ["${EMPTY:-d}", "d"],
    ["${EMPTY-d}", ""],
    ["${NONE-d}", "d"],
    ["${A:-d}", "alpha"],
    ["${A:+set}", "set"],
    ["${NONE+set}", ""],
    ["${EMPTY+set}", "set"],
    ["${EMPTY:+set}", ""],
    ["${NONE:-${A}}", "alpha"],
    ["${NONE:-a\\}b}", "a}b"],
    ["${A?missing}", "alpha"],
    ["${P#*.}", "b.c"],
    ["${P##*.}", "c"],
    ["${P%.*}", "a.b"],
    ["${P%%.*}", "a"],
    ["${P#x}", "a.b.c"],
    ["${P/./-}", "a-b.c"],
    ["${P//./-}", "a-b-c"],
    ["${A/al?/X}", "Xha"],
    ["${P/a\\/b/x}", "a.b.c"],
    ["ünï$A", "ünïalpha"],
  ])("%s becomes %s", (word, expected) => {
    expect(expandWord(word, options)).toBe(expected);
  });

  it.each([
    ["${A", "no closing }"],
    ["'x", "no closing '"],
    ['"x', 'no closing "'],
    ["${}", "is no variable"],
    ["${:x}", "is no variable"],
    ["${A:#x}", "is not supported"],
    ["${A=x}", "is not supported"],
    ["${P/a\\./}", "is no escape in a pattern"],
    ["${NONE?has to be given}", "NONE: has to be given"],
    ["${EMPTY:?}", "EMPTY: is not allowed to be empty"],
  ])("%s is refused: %s", (word, why) => {
    expect(() => expandWord(word, options)).toThrow(why);
  });

  it("takes another escape character", () => {
    expect(expandWord("`$A \\$A", { ...options, escape: "`" })).toBe("$A \\alpha");
  });

  it("keeps what it is told to keep", () => {
    expect(expandWord("$NONE ${NONE:-x} 'a'", { ...options, keepUnset: true, quotes: "keep" })).toBe(
      "$NONE ${NONE:-x} 'a'",
    );
    expect(expandWord(`it's "$A"`, { ...options, quotes: "plain" })).toBe('it\'s "alpha"');
  });
});

describe("expandWords()", () => {
  it.each([
    ["a  b\tc", ["a", "b", "c"]],
    ["$S", ["one", "two"]],
    ['"$S" x', ["one two", "x"]],
    ["'a b'c d", ["a bc", "d"]],
    ["a\\ b", ["a b"]],
    ["$NONE", []],
    ["<< EOF x", ["<< EOF", "x"]],
  ])("splits %s", (line, expected) => {
    expect(expandWords(line, options)).toEqual(expected);
  });
});
