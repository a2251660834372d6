import { visible } from "./untrusted.ts";

/** Lines at the end of a terminal that are written anew whenever something changes, below everything that was printed. */
export interface LiveLines {
  /** How wide a line may be, and how many are seen at once. */
  readonly size: { readonly columns: number; readonly rows: number };
  /** Shows these in place of those before. Without any, the place is free again. */
  show(lines: readonly string[]): void;
}

/** What is needed of a terminal: `process.stdout` where it is one. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
}

const eraseBelow = "\x1b[0J";

/** Live lines on a terminal, which step aside for everything that is printed meanwhile. */
export class TerminalLines implements LiveLines {
  readonly #terminal: Terminal;
  #shown: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  get size(): LiveLines["size"] {
    // A terminal of no size is one whose size is not known.
    return { columns: this.#terminal.columns || 80, rows: this.#terminal.rows || 24 };
  }

  show(lines: readonly string[]): void {
    const { columns, rows } = this.size;
    // A line that wraps, or one that scrolls away, could not be taken back.
    const fitting = lines.slice(0, rows - 1).map((line) => cut(visible(line).replaceAll("\n", " "), columns - 1));
    if (lines.length === 0 && this.#shown.length === 0) return;
    this.#terminal.write(this.#erasure() + fitting.map((line) => `${line}\n`).join(""));
    this.#shown = fitting;
  }

  /** Prints above the live lines. */
  around(print: () => void): void {
    const shown = this.#shown;
    this.show([]);
    print();
    this.show(shown);
  }

  #erasure(): string {
    return this.#shown.length === 0 ? "" : `\x1b[${this.#shown.length}A\r${eraseBelow}`;
  }
}

function cut(line: string, columns: number): string {
  const signs = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment);
  return signs.length <= columns ? line : `${signs.slice(0, columns - 1).join("")}…`;
}
