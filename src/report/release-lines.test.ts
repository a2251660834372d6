import { describe, expect, it } from "@jest/globals";
import type { FieldChange } from "../release/plan/diff.ts";
import type { Change } from "../release/plan/plan-document.ts";
import { countChanges, describeField, planLines } from "./release-lines.ts";

const digest = (character: string): string => `sha256:${character.repeat(64)}`;

describe("describeField()", () => {
  it.each<[string, FieldChange, string]>([
    ["a changed value", { path: "spec.replicas", before: 2, after: 4 }, "spec.replicas: 2 → 4"],
    ["a new one", { path: "data.k", after: "v" }, "data.k: unset → v"],
    ["text with spaces", { path: "data.k", before: "", after: "a b\nc" }, 'data.k: "" → "a b\\nc"'],
    ["a Secret's", { path: "data.k", hidden: "changed" }, "data.k: changed (values of Secrets are not shown)"],
    [
      "an image of the same repository",
      { path: "image", before: `r.test:5000/a@${digest("1")}`, after: `r.test:5000/a@${digest("2")}` },
      "image: sha256:111111111111 → sha256:222222222222",
    ],
    [
      "an image of another repository",
      { path: "image", before: "a:v1", after: `r.test/a@${digest("2")}` },
      "image: a:v1 → r.test/a@sha256:222222222222",
    ],
    ["something long", { path: "data.k", before: "x", after: "y".repeat(200) }, `data.k: x → ${"y".repeat(100)}…`],
  ])("tells of %s", (_name, field, expected) => {
    expect(describeField(field)).toBe(expected);
  });
});

describe("planLines()", () => {
  const change = (action: Change["action"], rest: Partial<Change> = {}): Change => ({
    action,
    object: "ConfigMap/a",
    namespace: "shop",
    fields: [],
    ...rest,
  });

  it("tells what changes, where it stands and why something stays", () => {
    const changes = [
      change("update", { file: "app.yaml", line: 3, fields: [{ path: "data.k", before: "v", after: "w" }] }),
      change("unchanged"),
      change("skip", { object: "PersistentVolumeClaim/v", reason: "it may hold data" }),
    ];
    expect(planLines(changes)).toEqual([
      "  update  ConfigMap/a              app.yaml:3",
      "            data.k: v → w",
      "  skip    PersistentVolumeClaim/v  it may hold data",
    ]);
    expect(countChanges(changes)).toBe("1 to update, 1 left alone, 1 unchanged");
  });

  it("counts what would bury the lines that matter", () => {
    const fields = Array.from({ length: 10 }, (_, index) => ({ path: `data.k${index}`, after: "v" }));
    const lines = planLines(Array.from({ length: 70 }, () => change("create", { fields })));
    expect(lines.slice(-2)).toEqual(["            and 2 more fields", "  and 10 more objects"]);
  });
});
