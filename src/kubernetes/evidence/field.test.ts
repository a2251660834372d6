import { describe, expect, it } from "@jest/globals";
import { formatAmount, requestOf } from "./amounts.ts";
import { locate } from "./field.ts";

describe("locate()", () => {
  const env = [{ name: "A" }, { name: "B", valueFrom: { secretKeyRef: { name: "s" } } }];
  const spec = { containers: [{ name: "side" }, { name: "main", env, envFrom: [{ configMapRef: { name: "c" } }] }] };
  const main = ["containers", { name: "main" }] as const;

  it.each([
    ["a field", [...main, "env", { name: "B" }, "valueFrom"], ["containers", 1, "env", 1, "valueFrom"]],
    [
      "an item by what it holds",
      [...main, "envFrom", { configMapRef: { name: "c" } }],
      ["containers", 1, "envFrom", 0],
    ],
    ["the last step that is there", [...main, "resources", "limits", "memory"], ["containers", 1]],
    ["nothing in what is not there", ["volumes", { name: "v" }], []],
  ])("finds %s", (_, hint, expected) => {
    expect(locate(spec, hint)).toEqual(expected);
  });
});

describe("amounts", () => {
  it.each([
    ["cpu", 250, "250m"],
    ["cpu", 2000, "2"],
    ["memory", 2 ** 30 * 1000, "1Gi"],
    ["memory", 500 * 1000, "500"],
    ["ephemeral-storage", 1.25 * 2 ** 20 * 1000, "1.3Mi"],
    ["nvidia.com/gpu", 1000, "1"],
  ])("of %s are written as people write them", (resource, milli, expected) => {
    expect(formatAmount(resource, milli)).toBe(expected);
  });

  it("of a pod are those of its containers together, or of the greediest init container", () => {
    const cpu = (name: string, amount: string, restartPolicy?: "Always") => ({
      name,
      resources: { requests: { cpu: amount } },
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
    });
    const containers = [cpu("a", "250m"), cpu("b", "1")];
    expect(requestOf({ spec: { containers } }, "cpu")).toBe(1250);
    expect(requestOf({ spec: { containers, initContainers: [cpu("i", "2")] } }, "cpu")).toBe(2000);
    expect(requestOf({ spec: { containers, initContainers: [cpu("s", "1", "Always")] } }, "cpu")).toBe(2250);
  });
});
