import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** One request to a real Kubernetes 1.34.4 and what it answered. */
export interface Exchange {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly accept?: string;
    readonly contentType?: string;
    readonly body?: unknown;
    /** `none`: without a token. `limited`: a user who may do nothing. Otherwise an administrator. */
    readonly as?: "none" | "limited";
    /** Later requests use this answer's resourceVersion, uid and continue token as {{x}}, {{xuid}} and {{xcont}}. */
    readonly save?: string;
  };
  readonly response: {
    readonly status: number;
    readonly contentType?: string;
    readonly warning?: string;
    readonly body: unknown;
  };
}

/** The recorded exchanges, in the order in which they were made against one server. */
export function readRecording(): Exchange[] {
  const file = new URL("../../data/wire-1.34.jsonl.gz", import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Exchange);
}
