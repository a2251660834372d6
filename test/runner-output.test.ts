import { describe, expect, it } from "@jest/globals";
import { annotationOf, parseCommand, parseKeyValues, SecretMasker } from "./runner-output.ts";

describe("parseCommand()", () => {
  it.each([
    ["::set-output name=image::evil", { name: "set-output", properties: { name: "image" }, data: "evil" }],
    ["   ::error::x%0Ay", { name: "error", properties: {}, data: "x\ny" }],
    ["pod says ##[set-output name=image]evil", { name: "set-output", properties: { name: "image" }, data: "evil" }],
    [
      "::warning file=a%2Cb.yaml,line=3::x::y",
      { name: "warning", properties: { file: "a,b.yaml", line: "3" }, data: "x::y" },
    ],
  ])("obeys %s", (line, command) => {
    expect(parseCommand(line)).toEqual(command);
  });

  it.each(["pod says ::error::x", ": :error::x", "::1", "::no-such-command::x", "## [error]x", "#[error]x"])(
    "takes %s for text",
    (line) => {
      expect(parseCommand(line)).toBeUndefined();
    },
  );
});

describe("annotationOf()", () => {
  it("reads file, line and title", () => {
    const command = parseCommand("::notice file=a.yaml,line=3,title=Hm::text");
    expect(command && annotationOf(command)).toEqual({
      level: "notice",
      message: "text",
      file: "a.yaml",
      line: 3,
      title: "Hm",
    });
  });
});

describe("parseKeyValues()", () => {
  it("reads values of one and of several lines, the last of a name", () => {
    expect(parseKeyValues("a=1\nb<<end\nx=y\n\nend\nc=\na=2=3\n")).toEqual({ a: "2=3", b: "x=y\n", c: "" });
  });

  it.each(["a<<end\nb\n", "nothing"])("refuses %j, as the runner does", (text) => {
    expect(() => parseKeyValues(text)).toThrow();
  });
});

describe("SecretMasker", () => {
  it("hides what the runner hides, and not what it misses", () => {
    const masker = new SecretMasker();
    masker.add("s3cr3t/<x>");
    const base64 = Buffer.from("s3cr3t/<x>").toString("base64");
    const hex = Buffer.from("s3cr3t/<x>").toString("hex");
    expect(masker.mask(`a s3cr3t/<x> s3cr3t%2F%3Cx%3E s3cr3t/&lt;x&gt; ${base64} ${hex}`)).toBe(
      `a *** *** *** *** ${hex}`,
    );
  });
});
