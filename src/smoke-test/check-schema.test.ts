import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { checksSchema } from "./check-schema.ts";

it("the README of smoke-test tells of every key of a check, and of no other", () => {
  const readme = readFileSync(join(import.meta.dirname, "../../actions/smoke-test/README.md"), "utf8");
  const table = /\| Key .*\n\|[- |]*\n((?:\|.*\n)+)/.exec(readme)?.[1] ?? "";
  const cells = table.split("\n").map((row) => row.split("|")[1] ?? "");
  const told = cells.flatMap((cell) => [...cell.matchAll(/`([\w.]+)`/g)].map(([, key = ""]) => key));
  const { entries } = checksSchema.pipe[0].item;
  const below = { expect: entries.expect.wrapped.entries, version: entries.version.wrapped.pipe[0].entries };
  const keys = Object.keys(entries).flatMap((key) => {
    if (key === "expect") return Object.keys(below.expect).map((inner) => `expect.${inner}`);
    // Where the version stands is one of two keys, which the table tells in one row.
    if (key === "version") return ["version", "version.equals", "version.connections"];
    return [key];
  });
  expect(told.sort()).toEqual(keys.sort());
  expect(Object.keys(below.version).sort()).toEqual(["connections", "equals", "header", "json"]);
});
