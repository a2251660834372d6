import { expect, it } from "@jest/globals";
import { SlipwayError } from "../error.ts";
import type { Failure, ReleaseResult } from "../release/carry-out.ts";
import { releaseSentence } from "./release-sentence.ts";

const good: ReleaseResult = {
  outcome: "succeeded",
  release: {
    app: "shop",
    revision: 4,
    outcome: "succeeded",
    startedAt: "2026-01-01T00:00:00.000Z",
    commit: "",
    actor: "",
    repository: "",
    run: "",
    runId: "",
    images: {},
  },
  watched: true,
  changed: true,
  failures: [],
  rollout: [],
  durationMs: 12_000,
};
const failure: Failure = {
  released: {
    object: { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" } },
    kind: {
      group: "apps",
      version: "v1",
      kind: "Deployment",
      plural: "deployments",
      namespaced: true,
      verbs: [],
      subresources: [],
    },
  },
  verdict: { status: "failed", reason: "Crash", message: "container app crashes" },
};

it.each<[string, Partial<ReleaseResult>, string | undefined]>([
  ["r4 is up after 12 s.", {}, undefined],
  ["r4 was in place already.", { changed: false }, undefined],
  ["r4 is applied, and was not watched.", { watched: false }, undefined],
  ["r4 failed: Deployment/web: container app crashes.", { outcome: "failed", failures: [failure] }, undefined],
  [
    "r4 failed: Deployment/web: container app crashes. r3 is back.",
    { outcome: "failed", failures: [failure] },
    "r3 is back.",
  ],
  [
    "r4 cancelled: The job was cancelled.",
    { outcome: "cancelled", error: new SlipwayError("The job was cancelled", { code: "cancelled" }) },
    undefined,
  ],
  ["r4 unknown.", { outcome: "unknown" }, undefined],
])("releaseSentence() says %p", (says, result, restored) => {
  expect(releaseSentence({ ...good, ...result }, restored)).toBe(says);
});
