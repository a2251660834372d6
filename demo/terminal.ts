import { formatDuration } from "../src/runner/duration.ts";

const indent = "   ";
const nameWidth = 14;
/** A terminal is 80 columns wide, unless it says otherwise. */
const usualWidth = 80;
const timeWidth = 8;
/** What takes longer tells what it is doing meanwhile. */
const quietMs = 1_000;
/** Where nothing can be overwritten, a line of progress this often is enough. */
const plainEveryMs = 3_000;
const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** What the demo prints: calm lines that stay, and below them one that moves while something takes its time. */
export class Terminal {
  readonly #out: NodeJS.WriteStream;
  readonly #colour: boolean;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
    this.#colour = out.isTTY && (process.env.NO_COLOR ?? "") === "";
  }

  title(text: string): void {
    this.line(`\n${this.#style("1", text)}\n`);
  }

  chapter(number: number, text: string): void {
    this.line(`\n${this.#style("1", `${number}  ${text}`)}`);
  }

  /** A fact: a name and what there is to say of it. */
  fact(name: string, text: string): void {
    this.line(`${indent}${name.padEnd(nameWidth)}${text}`);
  }

  /** Lines that somebody else wrote, each on as many lines as it takes. */
  quote(lines: readonly string[]): void {
    const margin = `${indent}${" ".repeat(nameWidth)}`;
    const width = Math.max(20, (this.#out.isTTY ? this.#out.columns : 100) - margin.length);
    for (const line of lines.flatMap((each) => wrap(each, width))) this.line(`${margin}${this.#style("2", line)}`);
  }

  good(text: string): void {
    this.line(`${indent}${this.#style("32", "✓")} ${text}`);
  }

  bad(text: string): void {
    this.line(`${indent}${this.#style("31", "✗")} ${text}`);
  }

  line(text: string): void {
    this.#out.write(`${text}\n`);
  }

  /**
   * Does `work`, which may say what it is at, and then prints what `describe` makes of its result with the time it took.
   */
  async during<T>(
    name: string,
    work: (tell: (text: string) => void) => Promise<T>,
    describe: (result: T) => string,
  ): Promise<T> {
    const started = performance.now();
    let latest = "";
    let shown = started;
    const tick = (): void => {
      const now = performance.now();
      if (now - started < quietMs || (!this.#out.isTTY && now - shown < plainEveryMs)) return;
      shown = now;
      this.#progress(name, `${formatDuration(Math.round((now - started) / 1000) * 1000)}  ${latest}`, now);
    };
    const timer = setInterval(tick, 100);
    try {
      const result = await work((text) => (latest = text.trim()));
      this.#clear();
      const time = formatDuration(performance.now() - started).padStart(timeWidth);
      const width = usualWidth - indent.length - nameWidth - timeWidth - 1;
      this.fact(name, `${describe(result).padEnd(width)} ${this.#style("2", time)}`);
      return result;
    } finally {
      clearInterval(timer);
      this.#clear();
    }
  }

  #progress(name: string, text: string, now: number): void {
    const frame = this.#out.isTTY ? (frames[Math.floor(now / 100) % frames.length] ?? "") : "…";
    const line = `${indent}${name.padEnd(nameWidth)}${frame} ${text}`;
    if (this.#out.isTTY) this.#out.write(`\r\x1b[2K${line.slice(0, this.#out.columns - 1)}`);
    else this.#out.write(`${line.slice(0, 120)}\n`);
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write("\r\x1b[2K");
  }

  #style(code: string, text: string): string {
    return this.#colour ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

/** Breaks a line at spaces, and a word that is longer than a line where it must be. */
function wrap(line: string, width: number): string[] {
  const lines = [""];
  for (const word of line.split(" ").flatMap((each) => each.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""])) {
    const last = lines.at(-1) ?? "";
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
