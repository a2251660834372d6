import { formatDuration } from "../src/runner/duration.ts";

/** One number that was measured. */
export interface Figure {
  readonly name: string;
  /** Absent where it was not measured: then `note` says why, and the bar is not known to hold. */
  readonly value?: number;
  readonly unit: Unit;
  /** The bar: it holds while the value is not above. Without one the figure is for information. */
  readonly atMost?: number;
  /** What helps to understand the number: its parts, what it was compared with. */
  readonly note?: string;
}

export type Unit = "times" | "each" | "milliseconds" | "bytes" | "requests" | "blobs";

/** A measure: one file in this folder, run by its name. */
export interface Measure {
  /** What is measured, and how: the heading above its figures. */
  readonly title: string;
  /** How to measure it, where it takes more than Node: then it is measured only when it is named. */
  readonly needs?: string;
  measure(options: MeasureOptions): Promise<readonly Figure[]>;
}

export interface MeasureOptions {
  /** The entry script of somebody else's JavaScript action, to measure beside ours. */
  readonly peer: string | undefined;
}

export function isMissed({ value, atMost }: Figure): boolean {
  return atMost !== undefined && value !== undefined && value > atMost;
}

export function isUnmeasured({ value, atMost }: Figure): boolean {
  return atMost !== undefined && value === undefined;
}

export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case "times":
      return `${value.toFixed(2)} x`;
    case "each":
      return value.toFixed(2);
    case "milliseconds":
      return formatDuration(value);
    case "bytes":
      return `${(value / 1e6).toFixed(value < 1e7 ? 2 : 0)} MB`;
    case "requests":
    case "blobs":
      return `${value} ${unit}`;
  }
}

/** The figures of one measure, a line each: name, value, bar and whether it holds, note. */
export function formatFigures(figures: readonly Figure[]): string[] {
  const rows = figures.map((figure) => {
    const { name, value, unit, atMost, note = "" } = figure;
    const mark = isUnmeasured(figure) ? "?" : isMissed(figure) ? "✗" : "✓";
    const bar = atMost === undefined ? "" : `${mark} at most ${formatValue(atMost, unit)}`;
    return value === undefined
      ? ([name, "", bar, `not measured: ${note}`] as const)
      : ([name, formatValue(value, unit), bar, note] as const);
  });
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const [names, values, bars] = [width(0), width(1), width(2)];
  return rows.map(([name, value, bar, note]) =>
    `   ${name.padEnd(names)}  ${value.padStart(values)}  ${bar.padEnd(bars)}  ${note}`.trimEnd(),
  );
}

/** The middle of some numbers, the upper one of two. One that was disturbed does not move it. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
