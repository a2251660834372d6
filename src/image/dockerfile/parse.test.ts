import { describe, expect, it } from "@jest/globals";
import { SlipwayError } from "../../error.ts";
import { parseDockerfile } from "./parse.ts";

function lines(...text: string[]): string {
  return `${text.join("\n")}\n`;
}

function problemsOf(text: string) {
  try {
    parseDockerfile(text, "app/Dockerfile");
  } catch (error) {
    if (error instanceof SlipwayError) return error.problems;
    throw error;
  }
  return [];
}

describe("parseDockerfile()", () => {
  it("joins continued lines, leaves out comments and empty lines in between, and knows where each instruction begins", () => {
    const { stages } = parseDockerfile(
      lines(
        "# a comment",
        "",
        "from scratch as Base",
        "env A=1 \\",
        "  # in between",
        "",
        "  B='2 3' \\  ",
        "  C=4",
        "workdir /x",
      ),
      "Dockerfile",
    );
    expect(stages).toHaveLength(1);
    expect(stages[0]).toMatchObject({ base: "scratch", name: "base", place: { file: "Dockerfile", line: 3 } });
    expect(stages[0]?.instructions).toEqual([
      {
        kind: "ENV",
        pairs: [
          { key: "A", value: "1" },
          { key: "B", value: "'2 3'" },
          { key: "C", value: "4" },
        ],
        place: { file: "Dockerfile", line: 4 },
      },
      { kind: "WORKDIR", value: "/x", place: { file: "Dockerfile", line: 9 } },
    ]);
  });

  it("reads documents, also several, quoted ones, and instructions after them", () => {
    const { stages } = parseDockerfile(
      lines(
        "FROM scratch",
        "COPY <<one <<-'two' three /to/",
        "FROM x",
        "one",
        "\tindented",
        "\ttwo",
        "COPY <<E /f",
        "E",
        "USER 1",
      ),
      "Dockerfile",
    );
    expect(stages[0]?.instructions).toMatchObject([
      {
        sources: ["three"],
        destination: "/to/",
        documents: [
          { name: "one", expand: true, chomp: false, content: "FROM x\n" },
          { name: "two", expand: false, chomp: true, content: "\tindented\n" },
        ],
        place: { line: 2 },
      },
      { documents: [{ content: "" }], place: { line: 7 } },
      { kind: "USER", place: { line: 9 } },
    ]);
  });

  it("takes the text of RUN's documents for what it is", () => {
    const { stages } = parseDockerfile(
      lines("FROM scratch", "RUN <<EOF", "NOT an instruction", "EOF", "USER 1"),
      "Dockerfile",
    );
    expect(stages[0]?.instructions.map(({ kind, place }) => [kind, place.line])).toEqual([
      ["REFUSED", 2],
      ["USER", 5],
    ]);
  });

  it("obeys # escape= at the top, and nowhere else", () => {
    const text = lines(
      "# syntax=docker/dockerfile:1",
      "# escape=`",
      "FROM scratch",
      "# escape=\\",
      "ENV A=1 `",
      " B=C:\\",
      "USER 1",
    );
    const { escape, stages } = parseDockerfile(text, "Dockerfile");
    expect(escape).toBe("`");
    expect(stages[0]?.instructions).toMatchObject([
      { pairs: [{ key: "A" }, { key: "B", value: "C:\\" }] },
      { kind: "USER" },
    ]);
  });

  it("reads a file of Windows, with a byte order mark", () => {
    const { stages } = parseDockerfile('\ufeffFROM scratch\r\nENV A=1 \\\r\n B=2\r\nCMD ["x"]\r\n', "Dockerfile");
    expect(stages[0]?.instructions).toMatchObject([
      { pairs: [{ value: "1" }, { value: "2" }] },
      { command: { words: ["x"], isShell: false } },
    ]);
  });

  it("knows the form with brackets from the one without", () => {
    const { stages } = parseDockerfile(
      lines(
        "FROM scratch",
        'COPY --from=0 --chown=1:2 ["a b", "/c d/"]',
        "CMD [x]",
        'ENTRYPOINT ["x"] y',
        "VOLUME [/a]",
        "ENV old form of it",
      ),
      "Dockerfile",
    );
    expect(stages[0]?.instructions).toMatchObject([
      { sources: ["a b"], destination: "/c d/", from: "0", chown: "1:2", link: false },
      { command: { words: ["[x]"], isShell: true } },
      { command: { words: ['["x"] y'], isShell: true } },
      { paths: ["[/a]"] },
      { pairs: [{ key: "old", value: "form of it" }] },
    ]);
  });

  it("keeps ARG before the first FROM apart", () => {
    const { globalArgs, stages } = parseDockerfile(lines("ARG A=1 B", "FROM $A", "ARG A"), "Dockerfile");
    expect(globalArgs).toMatchObject([{ args: [{ key: "A", value: "1" }, { key: "B" }] }]);
    expect(stages[0]?.instructions).toHaveLength(1);
  });

  it("finds everything that is wrong at once, each at its line", () => {
    const problems = problemsOf(
      lines("FROM scratch", "COPPY a b", "WORKDIR", "COPY --chwon=1 a b", "EXPOSE", "", "ENV A"),
    );
    expect(problems.map(({ line, hint }) => [line, hint])).toEqual([
      [2, "Did you mean COPY?"],
      [3, "Write one after WORKDIR."],
      [4, expect.stringContaining("Did you mean --chown?")],
      [5, "Write at least one after EXPOSE."],
      [7, "Write it like ENV name=value."],
    ]);
    expect(problems.every(({ file }) => file === "app/Dockerfile")).toBe(true);
  });

  it.each([
    ["", "has no FROM"],
    ["WORKDIR /", "stands before the first FROM"],
    ["FROM a b", 'does not read "FROM image"'],
    ["FROM a AS 1x", "cannot name a stage"],
    ["FROM a\nCOPY <<X /\nnever closed", "<<X has no end"],
    ["FROM a\nCOPY x", "names no destination"],
    ["FROM a\nCOPY --link=maybe x y", "neither true nor false"],
    ["FROM a\nCOPY --chown x y", "has no value"],
    ["FROM a\nCOPY --link --link x y", "twice"],
    ["FROM a\nCMD [1]", "something that is not text"],
    ["FROM a\nSHELL sh", "not in the form with brackets"],
    ["FROM a\nHEALTHCHECK TEST x", "neither CMD and a command nor NONE"],
    ["FROM a\nHEALTHCHECK --interval=5 CMD x", '"5" is not a duration'],
    ["FROM a\nHEALTHCHECK --retries=-1 CMD x", "not a number of tries"],
    ["FROM a\nENV =x", "a value without a name"],
    ["# escape=x\nFROM a", "neither \\ nor `"],
    ["# escape=`\n# escape=`\nFROM a", "is there twice"],
    ["# syntax=acme/own-frontend\nFROM a", "a frontend of its own"],
  ])("refuses %j: %s", (text, why) => {
    const [problem] = problemsOf(text);
    expect(problem?.message).toContain(why);
    expect(problem?.line).toBeGreaterThan(0);
  });
});
