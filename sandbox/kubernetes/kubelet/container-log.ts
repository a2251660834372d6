import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { systemErrorCode } from "../system-error.ts";

export type Stream = "stdout" | "stderr";

/** A line longer than this is kept in parts, as container runtimes do. */
const longestPart = 16 * 1024;
/** Of a container's log, between one and two times this many bytes are kept. */
const keptBytes = 8 * 1024 * 1024;

/**
 * What one attempt of a container wrote, in the format of Kubernetes' container runtimes: time, stream, "F" for a full line or "P"
 * for a part of one, text. Written at once, as it is small, and so that whoever reads sees everything that came before.
 */
export class ContainerLog {
  readonly #file: string;
  readonly #parts: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  readonly #followers = new Set<Follower>();
  #descriptor: number;
  #bytes = 0;
  #isOpen = true;

  constructor(file: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    this.#descriptor = openSync(file, "a");
  }

  static remove(file: string): void {
    for (const each of [file, rotated(file)]) rmSync(each, { force: true });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  write(stream: Stream, chunk: Buffer): void {
    if (!this.#isOpen) return;
    let rest = Buffer.concat([this.#parts[stream], chunk]);
    for (;;) {
      const end = rest.indexOf(0x0a);
      if (end === -1 && rest.length < longestPart) break;
      const isFull = end !== -1 && end <= longestPart;
      const length = isFull ? end : wholeCharacters(rest, longestPart);
      this.#append(stream, { tag: isFull ? "F" : "P", text: rest.subarray(0, length) });
      rest = rest.subarray(isFull ? length + 1 : length);
    }
    this.#parts[stream] = Buffer.from(rest);
  }

  /** Nothing more will come. */
  close(): void {
    if (!this.#isOpen) return;
    for (const stream of ["stdout", "stderr"] as const) {
      if (this.#parts[stream].length > 0) this.#append(stream, { tag: "P", text: this.#parts[stream] });
    }
    this.#isOpen = false;
    closeSync(this.#descriptor);
    for (const follower of this.#followers) follower.onEnd();
    this.#followers.clear();
  }

  /** Every line that is kept, oldest first, each with its line feed. */
  lines(): string[] {
    return [rotated(this.#file), this.#file].flatMap((file) => readLines(file));
  }

  /** Its end, as it fits into a termination message: 80 lines, 2 kB. */
  tail(): string {
    const text = selectLines(this.lines().slice(-80), {}).join("");
    return Buffer.from(text).subarray(-2048).toString();
  }

  /** Tells of each line from now on. Returns how to stop that. */
  follow(follower: Follower): () => void {
    if (this.#isOpen) this.#followers.add(follower);
    else follower.onEnd();
    return () => void this.#followers.delete(follower);
  }

  #append(stream: Stream, part: { readonly tag: "F" | "P"; readonly text: Buffer }): void {
    const line = `${new Date().toISOString().replace("Z", "000000Z")} ${stream} ${part.tag} ${part.text.toString()}\n`;
    if (this.#bytes > keptBytes) this.#rotate();
    this.#bytes += writeSync(this.#descriptor, line);
    for (const follower of this.#followers) follower.onLine(line);
  }

  #rotate(): void {
    closeSync(this.#descriptor);
    renameSync(this.#file, rotated(this.#file));
    this.#descriptor = openSync(this.#file, "a");
    this.#bytes = 0;
  }
}

export interface Follower {
  onLine(line: string): void;
  onEnd(): void;
}

/** Which lines to give, as in `kubectl logs`. */
export interface LogSelection {
  readonly tailLines?: number | undefined;
  readonly sinceMs?: number | undefined;
  readonly timestamps?: boolean;
}

export function selectLines(lines: readonly string[], selection: LogSelection): string[] {
  const { sinceMs, tailLines } = selection;
  const since = sinceMs === undefined ? lines : lines.filter((line) => Date.parse(`${line.slice(0, 23)}Z`) >= sinceMs);
  const last = tailLines === undefined ? since : tailLines === 0 ? [] : since.slice(-tailLines);
  return last.map((line) => renderLine(line, selection.timestamps ?? false));
}

/** Without its header, and with the parts of a long line joined. */
export function renderLine(line: string, timestamps: boolean): string {
  const [, time = "", tag, text = ""] = /^(\S+) \S+ ([FP]) (.*\n)$/s.exec(line) ?? [];
  return `${timestamps ? `${time} ` : ""}${tag === "P" ? text.slice(0, -1) : text}`;
}

function rotated(file: string): string {
  return `${file}.1`;
}

/** At most `limit`, and never in the middle of a UTF-8 sequence. */
function wholeCharacters(bytes: Buffer, limit: number): number {
  let length = Math.min(limit, bytes.length);
  while (length > limit - 4 && ((bytes[length] ?? 0) & 0xc0) === 0x80) length--;
  return length;
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split(/(?<=\n)/);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}
