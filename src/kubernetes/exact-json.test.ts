import { describe, expect, it } from "@jest/globals";
import { canonical } from "../release/fields/owned-fields.ts";
import { exactInteger, isExactInteger, parseExactJson } from "./exact-json.ts";

describe("parseExactJson() keeps every integer", () => {
  it.each([
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "[1,9007199254740993]",
    '{"a":9007199254740993,"b":1,"c":"9007199254740993"}',
    '{"a":[{"b": 12345678901234567890}]}',
  ])("%s", (text) => {
    expect(JSON.stringify(parseExactJson(text))).toBe(text.replaceAll(" ", ""));
  });

  it("leaves what JavaScript's numbers hold to them", () => {
    expect(parseExactJson('{"a":9007199254740991,"b":0.1234567890123456789,"c":1e3}')).toEqual({
      a: 9007199254740991,
      b: 0.1234567890123456789,
      c: 1000,
    });
    expect(isExactInteger(exactInteger(5n))).toBe(false);
  });

  it("tells integers apart that only their last digits tell apart, in what is hashed and compared", () => {
    const hashed = ["9007199254740992", "9007199254740993"].map((text) => canonical({ a: parseExactJson(text) }));
    expect(hashed).toEqual(['{"a":9007199254740992}', '{"a":9007199254740993}']);
  });
});
