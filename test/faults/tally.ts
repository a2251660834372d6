import { formatDuration } from "../../src/runner/duration.ts";
import type { CaseResult } from "./case.ts";
import type { Flow } from "./flows.ts";
import type { Wrong } from "./judge.ts";

/** At most so many of a case's findings are printed: the first ones tell what it is about. */
const mostFindings = 5;
const longestText = 400;
const tellEveryMs = 30_000;

/** Counts results, tells at once what is wrong and now and then how far it is, and prints a table in the end. */
export class Tally {
  readonly #flows: readonly Flow[];
  readonly #count: number;
  readonly #results: CaseResult[] = [];
  readonly #startedMs = performance.now();
  #toldMs = this.#startedMs;

  constructor(flows: readonly Flow[], count: number) {
    this.#flows = flows;
    this.#count = count;
  }

  add(result: CaseResult): void {
    this.#results.push(result);
    const { flow, name, by, reached, outcome, findings } = result;
    const title = `${flow}${by === "process" ? ", as a process" : ""}: ${name}`;
    if (!reached) print(`not reached: ${title}`);
    if (findings.length > 0) print(`\n${title} (${outcome})`);
    for (const { wrong, text } of findings.slice(0, mostFindings)) print(`  ${wrong}: ${text.slice(0, longestText)}`);
    const now = performance.now();
    if (now - this.#toldMs < tellEveryMs) return;
    this.#toldMs = now;
    print(`${this.#results.length} of ${this.#count} after ${formatDuration(now - this.#startedMs)}, at "${flow}"`);
  }

  /** Prints the table, and gives the number of cases at which something is wrong. */
  finish(): number {
    const columns = [
      "requests",
      "cases",
      "false greens",
      "lost objects",
      "not converged",
      "otherwise wrong",
      "not reached",
    ];
    const rows = this.#flows.map(({ name, sightings }): (string | number)[] => {
      const results = this.#results.filter(({ flow, by }) => flow === name && by === "simulation");
      return [name, sightings.length, ...counts(results)];
    });
    const processes = this.#results.filter(({ by }) => by === "process");
    const requests = this.#flows.reduce((sum, { sightings }) => sum + sightings.length, 0);
    rows.push(
      ["kills and some more, as processes", "", ...counts(processes)],
      ["all", requests, ...counts(this.#results)],
    );
    print(`\n${table([["", ...columns], ...rows.map((row) => row.map(String))])}\n`);
    return this.#results.filter(isWrong).length;
  }
}

function counts(results: readonly CaseResult[]): number[] {
  const having = (...wrongs: readonly Wrong[]): number =>
    results.filter(({ findings }) => findings.some(({ wrong }) => wrongs.includes(wrong))).length;
  return [
    results.length,
    having("false green"),
    having("lost"),
    having("not converged"),
    having("gave up", "untrue", "history", "lock", "bug"),
    results.filter(({ reached }) => !reached).length,
  ];
}

/** A request that does not come is a case that was not played. */
function isWrong({ reached, findings }: CaseResult): boolean {
  return !reached || findings.length > 0;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_name, index) => Math.max(...rows.map((row) => (row[index] ?? "").length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ");
  return rows.map(line).join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
