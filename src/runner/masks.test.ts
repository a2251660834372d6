import { describe, expect, it } from "@jest/globals";
import { SecretMasker } from "../../test/runner-output.ts";
import { formsOf, masksOf } from "./masks.ts";

const canary = "dop_v1_9f/8+e7~6b5a$4c3d&2e1f<key>";
const long = Array.from({ length: 40 }, (_, n) => `${n}-Zq`).join("/");

function wrapped(text: string, width: number): string {
  return (text.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join("\n");
}

/** Ways in which a secret turns up in logs, files and headers. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "inside a sentence": (secret) => `token=${secret}, sent`,
  JSON: (secret) => JSON.stringify({ secret }),
  "percent-encoded": (secret) => encodeURIComponent(secret),
  "lower-case hexadecimal": (secret) => Buffer.from(secret).toString("hex"),
  "upper-case hexadecimal": (secret) => Buffer.from(secret).toString("hex").toUpperCase(),
  base64: (secret) => Buffer.from(secret).toString("base64"),
  "base64 without padding": (secret) => Buffer.from(secret).toString("base64").replace(/=+$/, ""),
  base64url: (secret) => Buffer.from(secret).toString("base64url"),
  "basic authentication": (secret) => `Basic ${Buffer.from(`octocat:${secret}`).toString("base64")}`,
  "base64 of JSON": (secret) => Buffer.from(JSON.stringify([secret])).toString("base64"),
  "base64url of a sentence": (secret) => Buffer.from(`so ${secret} it is`).toString("base64url"),
  "base64 in 76 columns": (secret) => wrapped(Buffer.from(secret).toString("base64"), 76),
  "base64 in 64 columns": (secret) => wrapped(Buffer.from(secret).toString("base64"), 64),
};

function masker(secret: string): SecretMasker {
  const runner = new SecretMasker();
  for (const mask of masksOf(secret)) runner.add(mask);
  return runner;
}

describe("masksOf()", () => {
  describe.each([
    ["a token", canary],
    ["a long key", long],
    ["a password that JSON escapes", 'p"ass\\word/1'],
  ])("hides %s as", (_name, secret) => {
    it.each(Object.entries(encodings))("%s", (_, encode) => {
      const masked = masker(secret).mask(encode(secret));
      const surroundings = encode("").length;
      const edges = 4; // base64 mixes up to two bytes with what stands around them
      expect(masked.replaceAll("***", "").trim().length).toBeLessThanOrEqual(surroundings + edges);
    });
  });

  it("hides a key of several lines line by line, and no line that stands everywhere", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n{\n}\r\ntrue\nab\n-----END PRIVATE KEY-----\n";
    const masks = masksOf(key);
    expect(masks).toEqual(expect.arrayContaining(["MIGHAgEAMBMGByqGSM49", "-----BEGIN PRIVATE KEY-----"]));
    expect(
      masks.filter((mask) =>
        /\s|^.{0,3}$|^true$/.test(mask.replace("BEGIN PRIVATE KEY", "").replace("END PRIVATE KEY", "")),
      ),
    ).toEqual([]);
  });

  it.each(["", " ", "\n", "abc", "true", "False"])("does not fill the log with asterisks for %j", (secret) => {
    expect(masksOf(secret)).toEqual([]);
  });
});

describe("formsOf()", () => {
  it("has the escapes that the runner would add by itself", () => {
    const secret = `<p"ass\\wörd&`;
    const escapes = [secret, '<p\\"ass\\\\wörd&', "%3Cp%22ass%5Cw%C3%B6rd%26", "&lt;p&quot;ass\\wörd&amp;"];
    expect(formsOf(secret)).toEqual(expect.arrayContaining(escapes));
  });

  it("copes with half of a character", () => {
    expect(formsOf("pass\ud800word")).toContain("pass\ufffdword");
  });
});
