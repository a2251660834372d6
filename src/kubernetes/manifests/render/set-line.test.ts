import { describe, expect, it } from "@jest/globals";
import type { Json } from "../../object.ts";
import { applySetLine } from "./set-line.ts";

/** What the lines make of the values. */
function set(lines: readonly string[], values: Record<string, Json> = {}): unknown {
  for (const line of lines) applySetLine(line, values);
  return values;
}

describe("applySetLine() reads what helm --set reads", () => {
  it.each<[string, unknown]>([
    ["a=b", { a: "b" }],
    ["a=", { a: "" }],
    ["a=1,b=01,c=-5,d=0,e=+01", { a: 1, b: "01", c: -5, d: 0, e: 1 }],
    ["a=true,b=FALSE,c=null,d=yes", { a: true, b: false, c: null, d: "yes" }],
    ["a=1.5,b=1e3", { a: "1.5", b: "1e3" }],
    ["a.b.c=d,a.b.e=f", { a: { b: { c: "d", e: "f" } } }],
    ["a=b\\,c", { a: "b,c" }],
    ["node\\.kubernetes\\.io/x=y", { "node.kubernetes.io/x": "y" }],
    ["a=b=c", { a: "b=c" }],
    ["a={1,x,true},b=c", { a: [1, "x", true], b: "c" }],
    ["a[0].b=c,a[0].d=e", { a: [{ b: "c", d: "e" }] }],
    ["a[1]=x", { a: [null, "x"] }],
    ["a[0][1]=x", { a: [[null, "x"]] }],
  ])("%s", (line, expected) => {
    expect(set([line])).toEqual(expected);
  });

  it("changes what is there already", () => {
    const values = { a: [{ b: "c", d: "e" }], f: { g: 1 } };
    expect(set(["a[0].b=x", "f.h=2"], values)).toEqual({ a: [{ b: "x", d: "e" }], f: { g: 1, h: 2 } });
  });
});

describe("applySetLine() refuses what helm refuses, and never shows a value", () => {
  it.each([
    ["password", "password has no value"],
    ["a,b=hunter2", "a has no value"],
    ["a..b=hunter2", "a name is missing"],
    ["a={hunter2", "no closing brace"],
    ["a[x]=hunter2", "an index is not a number"],
    ["a[70000]=hunter2", "from 0 to 65536"],
    ["a[0]hunter2=x", "after an index"],
    [`${"a.".repeat(40)}b=hunter2`, "more than 30 parts"],
    ["__proto__.x=hunter2", "__proto__ is no name"],
  ])("%s", (line, message) => {
    expect(() => set([line])).toThrow(message);
    expect(() => set([line])).not.toThrow("hunter2");
  });

  it("a path through what is no map", () => {
    expect(() => set(["a=1", "a.b=2"])).toThrow("a is no map here");
    expect(() => set(["a=1", "a[0]=2"])).toThrow("a is no list here");
  });
});
