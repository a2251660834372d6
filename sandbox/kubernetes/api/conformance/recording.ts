import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One request to a real Kubernetes 1.34.4 and what it answered. */
export interface Exchange {
  readonly name: string;
  readonly request: RecordedRequest;
  readonly response: RecordedResponse;
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  /** Text is sent as it is. In any body `<N bytes>` stands for a text of that length. */
  readonly body?: unknown;
  readonly as?: Asker;
  /** Later requests use this answer's resourceVersion, uid and continue token as {{x}}, {{xuid}} and {{xcont}}. */
  readonly save?: string;
}

/**
 * Who asks when it is not an administrator. `none`: nobody says who. `stranger`: somebody with a token that the server never gave out.
 * `limited` and `reader`: users of that name, who may do what roles allow them.
 */
export type Asker = "none" | "stranger" | "limited" | "reader";

export interface RecordedResponse {
  readonly status: number;
  readonly contentType?: string;
  readonly warning?: string;
  /** JSON as a value, a watch of several events as a list of them, anything else as text. */
  readonly body: unknown;
}

/**
 * `wire`: made once with all controllers running. `wire-more`: made by scripts/record-wire.ts from requests.yaml, with none.
 */
export type RecordingName = "wire" | "wire-more";

/** Where a recording is kept. */
export function recordingFile(name: RecordingName): URL {
  return new URL(`../../data/${name}-1.34.jsonl.gz`, import.meta.url);
}

/** The recorded exchanges, in the order in which they were made against one server. */
export function readRecording(name: RecordingName): Exchange[] {
  const lines = gunzipSync(readFileSync(recordingFile(name)))
    .toString("utf8")
    .trim()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as Exchange);
}
