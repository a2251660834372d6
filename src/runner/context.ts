import { readFileSync } from "node:fs";
import type { RunContext } from "./runner.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the run is about, from the runner's environment and the event's payload. A payload that is missing or not an object reads `{}`. */
export function readContext(env: Environment): RunContext {
  return {
    sha: env.GITHUB_SHA ?? "",
    ref: env.GITHUB_REF ?? "",
    refName: env.GITHUB_REF_NAME ?? "",
    refType: env.GITHUB_REF_TYPE ?? "",
    baseRef: env.GITHUB_BASE_REF ?? "",
    eventName: env.GITHUB_EVENT_NAME ?? "",
    actor: env.GITHUB_ACTOR ?? "",
    repository: env.GITHUB_REPOSITORY ?? "",
    workflow: env.GITHUB_WORKFLOW ?? "",
    runId: env.GITHUB_RUN_ID ?? "",
    runAttempt: env.GITHUB_RUN_ATTEMPT ?? "",
    serverUrl: env.GITHUB_SERVER_URL ?? "",
    payload: readPayload(env.GITHUB_EVENT_PATH),
  };
}

function readPayload(path: string | undefined): Readonly<Record<string, unknown>> {
  if (!path) return {};
  let payload: unknown;
  try {
    payload = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {}; // Local runners set the path and write no file.
  }
  return isRecord(payload) ? payload : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
