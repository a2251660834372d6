import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { ContainerLog, selectLines } from "./container-log.ts";
import { temporaryFolders } from "./testing/objects.ts";

const folder = temporaryFolders();

async function newLog(): Promise<{ log: ContainerLog; file: string; text: () => string }> {
  const file = join(await folder(), "logs/0.log");
  const log = new ContainerLog(file);
  return { log, file, text: () => selectLines(log.lines(), {}).join("") };
}

describe("ContainerLog", () => {
  it("keeps lines whole, however they come, with time and stream", async () => {
    const { log, text } = await newLog();
    log.write("stdout", Buffer.from("one\ntw"));
    log.write("stderr", Buffer.from("err\n"));
    log.write("stdout", Buffer.from("o\nrest"));
    log.close();
    expect(text()).toBe("one\nerr\ntwo\nrest");
    expect(log.lines()[1]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z stderr F err\n$/);
  });

  it("keeps very long lines in parts that give the same line again, and cuts no character", async () => {
    const { log, text } = await newLog();
    const long = `${"ü€😀".repeat(9_000)}\n`;
    log.write("stdout", Buffer.from(long));
    log.close();
    expect(text()).toBe(long);
    expect(log.lines().length).toBeGreaterThan(4);
  });

  it("tells followers each line from then on, and its end", async () => {
    const { log } = await newLog();
    log.write("stdout", Buffer.from("before\n"));
    const seen: string[] = [];
    log.follow({ onLine: (line) => seen.push(line.slice(31)), onEnd: () => seen.push("end") });
    log.write("stdout", Buffer.from("after\n"));
    log.close();
    expect(seen).toEqual(["stdout F after\n", "end"]);
  });

  it("drops the oldest lines rather than fill the disk", async () => {
    const { log, file } = await newLog();
    for (let line = 0; line < 24; line++) log.write("stdout", Buffer.from(`${line} ${"x".repeat(1_000_000)}\n`));
    log.close();
    expect(statSync(file).size + statSync(`${file}.1`).size).toBeLessThan(20_000_000);
    expect(selectLines(log.lines(), {}).join("")).toMatch(/\n23 x+\n$/);
  });
});

it("selectLines() gives the end, what is new enough, and the time where it is wanted", () => {
  const lines = [10, 20, 30].map((second) => `2026-01-01T00:00:${second}.000000000Z stdout F line ${second}\n`);
  expect(selectLines(lines, { tailLines: 1 })).toEqual(["line 30\n"]);
  expect(selectLines(lines, { tailLines: 0 })).toEqual([]);
  expect(selectLines(lines, { sinceMs: Date.parse("2026-01-01T00:00:20Z") })).toEqual(["line 20\n", "line 30\n"]);
  expect(selectLines(lines, { tailLines: 1, timestamps: true })).toEqual(["2026-01-01T00:00:30.000000000Z line 30\n"]);
});
