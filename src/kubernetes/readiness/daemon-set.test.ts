import { describe, expect, it } from "@jest/globals";
import { readiness } from "../readiness.ts";
import type { Pod } from "../readiness.ts";
import type { Node } from "./objects.ts";
import { crashing, nothing, object, owner, pod, short } from "./testing/builders.ts";

const ready = { type: "Ready", status: "True" };
const unready = { type: "Ready", status: "Unknown" };
const node = (name: string, condition: typeof ready, unschedulable = false): Node => ({
  ...object("Node", { name, spec: { unschedulable }, status: { conditions: [condition] } }),
});
const daemonSet = (status: object) =>
  object("DaemonSet", {
    apiVersion: "apps/v1",
    generation: 1,
    annotations: { "deprecated.daemonset.template.generation": "2" },
    status: { observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3, ...status },
  });

function podOn(nodeName: string, o: { readonly isReady: boolean; readonly generation?: string }): Pod {
  const labels = { "pod-template-generation": o.generation ?? "2" };
  const made = pod({ name: `p-${nodeName}`, labels, ownerReferences: owner("DaemonSet") });
  return { ...made, spec: { nodeName }, status: { conditions: o.isReady ? [ready] : [] } };
}

describe("a DaemonSet", () => {
  const twoOfThree = [podOn("a", { isReady: true }), podOn("b", { isReady: true }), podOn("c", { isReady: false })];
  const nodes = (third: Node) => [node("a", ready), node("b", ready), third];

  it.each<[string, Node, string]>([
    ["is not ready", node("c", unready), "current Current"],
    ["is cordoned", node("c", ready, true), "current Current"],
    ["is well", node("c", ready), "in-progress InProgress"],
  ])("whose last node %s", (_, third, expected) => {
    const related = { ...nothing, pods: twoOfThree, nodes: nodes(third) };
    expect(short(readiness(daemonSet({ numberAvailable: 2 }), related))).toBe(expected);
  });

  it("names the nodes that it does without", () => {
    const related = { ...nothing, pods: twoOfThree, nodes: nodes(node("c", unready)) };
    const { message } = readiness(daemonSet({ numberAvailable: 2 }), related);
    expect(message).toBe("2 of 3 new pods ready; not ready themselves: c");
  });

  it("waits for every node where it may not read them", () => {
    const related = { ...nothing, pods: twoOfThree };
    expect(readiness(daemonSet({ numberAvailable: 2 }), related).status).toBe("in-progress");
  });

  it("looks at pods of the newest template only", () => {
    const broken = {
      ...podOn("a", { isReady: false, generation: "1" }),
      status: pod({ container: crashing(9) }).status ?? {},
    };
    const verdict = readiness(daemonSet({ updatedNumberScheduled: 0 }), { ...nothing, pods: [broken] });
    expect(verdict.status).toBe("in-progress");
  });
});
