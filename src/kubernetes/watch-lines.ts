import { isStatus } from "./api-error.ts";
import type { Status } from "./api-error.ts";
import type { KubernetesObject } from "./object.ts";

/** One line of a watch. */
export type StreamEvent<T> =
  | { readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK"; readonly object: T }
  | { readonly type: "ERROR"; readonly object: Status };

/** A line of a watch that is not what a line must be. Everything after it is in doubt. */
export class MalformedLineError extends Error {}

/** More than any object can be: a stream without line ends must not fill the memory. */
const longestLine = 32 * 1024 * 1024;
const newline = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The events of a watch. `onSign` is told of every arrival, whether or not it ends a line.
 * @throws MalformedLineError for a line that is not an event, or that never ends.
 */
export async function* watchEvents<T extends KubernetesObject>(
  stream: AsyncIterable<Uint8Array>,
  onSign: () => void = () => undefined,
): AsyncIterable<StreamEvent<T>> {
  for await (const line of splitLines(stream, onSign)) {
    if (line.byteLength > 0) yield parseEvent(line);
  }
}

/**
 * Bytes become text only as whole lines, so that a character which the network cut in two stays whole.
 * A last line without its end was cut off, and is left out.
 */
async function* splitLines(stream: AsyncIterable<Uint8Array>, onSign: () => void): AsyncIterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    onSign();
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      size = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    size += chunk.byteLength - start;
    if (size > longestLine) throw new MalformedLineError(`A line of the watch is longer than ${longestLine >> 20} MiB`);
  }
}

function parseEvent<T extends KubernetesObject>(line: Uint8Array): StreamEvent<T> {
  try {
    const event: unknown = JSON.parse(utf8.decode(line));
    if (isEvent<T>(event)) return event;
  } catch (cause) {
    throw malformed(line, cause);
  }
  throw malformed(line);
}

function isEvent<T extends KubernetesObject>(value: unknown): value is StreamEvent<T> {
  if (typeof value !== "object" || value === null || !("type" in value) || !("object" in value)) return false;
  const { type, object } = value;
  if (type === "ERROR") return isStatus(object);
  if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED" && type !== "BOOKMARK") return false;
  return typeof object === "object" && object !== null && "metadata" in object && typeof object.metadata === "object";
}

function malformed(line: Uint8Array, cause?: unknown): MalformedLineError {
  const start = Buffer.from(line.subarray(0, 80)).toString("utf8");
  return new MalformedLineError(`A line of the watch is not an event: got ${JSON.stringify(start)}`, { cause });
}
