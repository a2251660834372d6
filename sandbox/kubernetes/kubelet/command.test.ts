import { describe, expect, it } from "@jest/globals";
import { commandLine, expand, stopSignal } from "./command.ts";

const variables = new Map([
  ["HOST", "127.0.0.1"],
  ["EMPTY", ""],
]);

it.each([
  ["$(HOST):80", "127.0.0.1:80"],
  ["$(EMPTY)$(HOST)", "127.0.0.1"],
  ["$(UNKNOWN)", "$(UNKNOWN)"],
  ["$$(HOST)", "$(HOST)"],
  ["$$$(HOST)", "$127.0.0.1"],
  ["$HOST ${HOST} $(HOST", "$HOST ${HOST} $(HOST"],
  ["$", "$"],
])("expand() makes %j to %j", (text, expected) => expect(expand(text, variables)).toBe(expected));

describe("commandLine()", () => {
  const image = { Entrypoint: ["node"], Cmd: ["server.js"] };
  it.each([
    ["neither: the image's own", {}, ["node", "server.js"]],
    ["args alone: the image's entrypoint with them", { args: ["other.js"] }, ["node", "other.js"]],
    ["command alone: nothing of the image", { command: ["sleep"] }, ["sleep"]],
    ["both", { command: ["sleep"], args: ["5", "$(HOST)"] }, ["sleep", "5", "127.0.0.1"]],
  ])("knows %s", (_name, own, expected) => {
    expect(commandLine({ name: "app", image: "app", ...own }, image, variables)).toEqual(expected);
  });
});

it.each([
  [undefined, "SIGTERM"],
  ["SIGINT", "SIGINT"],
  ["quit", "SIGQUIT"],
  ["3", 3],
  ["nonsense", "SIGTERM"],
])("stopSignal() reads %j as %j", (text, expected) => {
  expect(stopSignal(text === undefined ? {} : { StopSignal: text })).toBe(expected);
});
