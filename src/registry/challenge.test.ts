import { describe, expect, it } from "@jest/globals";
import { parseChallenges } from "./challenge.ts";

describe("parseChallenges()", () => {
  it("reads what a registry asks for", () => {
    const header =
      'Bearer realm="https://auth.example.com/token?a=b,c",service="registry",scope="repository:a/b:pull,push"';
    expect(parseChallenges(header)).toEqual([
      {
        scheme: "bearer",
        parameters: {
          realm: "https://auth.example.com/token?a=b,c",
          service: "registry",
          scope: "repository:a/b:pull,push",
        },
      },
    ]);
  });

  it("reads several in one header, plain and quoted values, escapes and spaces", () => {
    expect(parseChallenges('Negotiate, Basic realm="a \\"b\\"" , charset=UTF-8')).toEqual([
      { scheme: "negotiate", parameters: {} },
      { scheme: "basic", parameters: { realm: 'a "b"', charset: "UTF-8" } },
    ]);
  });

  it("reads nothing from nothing", () => {
    expect(parseChallenges("")).toEqual([]);
  });
});
