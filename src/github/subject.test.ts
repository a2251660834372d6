import { describe, expect, it } from "@jest/globals";
import { readContext } from "../runner/context.ts";
import { subjectOf } from "./subject.ts";

const sha = "a".repeat(40);
const head = "b".repeat(40);
const context = {
  ...readContext({}),
  repository: "acme/shop",
  runId: "12",
  runAttempt: "2",
  serverUrl: "https://github.com",
  eventName: "push",
  sha,
};
const pull = (from: string, to = "acme/shop"): object => ({
  pull_request: { number: 7, head: { sha: head, repo: { full_name: from } }, base: { repo: { full_name: to } } },
});
const onPull = { ...context, eventName: "pull_request" };

describe("subjectOf()", () => {
  it("names repository, commit and run", () => {
    expect(subjectOf(context)).toEqual({
      repository: "acme/shop",
      commits: [sha],
      runId: "12",
      runAttempt: "2",
      runUrl: "https://github.com/acme/shop/actions/runs/12",
    });
  });

  it("means the head of a pull request before the merge that GitHub has made of it", () => {
    expect(subjectOf({ ...onPull, payload: { ...pull("acme/shop") } })).toMatchObject({
      commits: [head, sha],
      pullRequest: { number: 7, isReadOnly: false },
    });
  });

  it.each([
    ["a fork", { ...onPull, payload: { ...pull("mallory/shop") } }, true],
    ["Dependabot", { ...onPull, actor: "dependabot[bot]", payload: { ...pull("acme/shop") } }, true],
    [
      "a fork in its base's name",
      { ...context, eventName: "pull_request_target", payload: { ...pull("m/shop") } },
      false,
    ],
  ])("knows whether the token of %s may write", (_, given, isReadOnly) => {
    expect(subjectOf(given)?.pullRequest).toEqual({ number: 7, isReadOnly });
  });

  it.each([
    ["a push that mentions one", { ...context, payload: { ...pull("acme/shop") } }],
    ["a number that is none", { ...onPull, payload: { pull_request: { number: "7/../8" } } }],
    ["odd payloads", { ...onPull, payload: { pull_request: [null] } }],
  ])("finds no pull request in %s", (_, given) => {
    expect(subjectOf(given)?.pullRequest).toBeUndefined();
  });

  it.each([
    ["outside of a run", { ...context, runId: "" }],
    ["with a repository that would lead elsewhere", { ...context, repository: "acme/../../user" }],
  ])("is nothing %s", (_, given) => {
    expect(subjectOf(given)).toBeUndefined();
  });
});
