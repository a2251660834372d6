import { describe, expect, it } from "@jest/globals";
import { node, pod } from "../testing/builders.ts";
import { unschedulable } from "./fit.ts";
import { podRequests } from "../../pod-requests.ts";

const none = (reasons: string, preemption: string) =>
  `0/1 nodes are available: ${reasons}. no new claims to deallocate, preemption: 0/1 nodes are available: ${preemption}.`;
const notHelpful = "1 Preemption is not helpful for scheduling";
const noVictims = "1 No preemption victims found for incoming pod";

describe("unschedulable()", () => {
  it("is nothing for a node that has exactly enough", () => {
    const taken = ["300m", "700m"].map((cpu) => pod({ node: "node1", requests: { cpu } }));
    expect(unschedulable(pod({ requests: { cpu: "1" } }), node({ cpu: "2" }), taken)).toBeUndefined();
  });

  it.each([
    ["more CPU than the node has", { requests: { cpu: "64" } }, {}, none("1 Insufficient cpu", notHelpful)],
    ["more CPU than is free", { requests: { cpu: "1500m" } }, {}, none("1 Insufficient cpu", noVictims)],
    [
      "neither CPU nor memory",
      { requests: { cpu: "64", memory: "64Gi" } },
      {},
      none("1 Insufficient cpu, 1 Insufficient memory", notHelpful),
    ],
    ["no place for one pod more", {}, { pods: "1" }, none("1 Too many pods", noVictims)],
    [
      "a label no node has",
      { spec: { nodeSelector: { disk: "ssd" } } },
      {},
      none("1 node(s) didn't match Pod's node affinity/selector", notHelpful),
    ],
  ])("says in Kubernetes' words that there is %s", (_, podOptions, nodeOptions, message) => {
    const taken = [pod({ node: "node1", requests: { cpu: "1" } })];
    expect(unschedulable(pod(podOptions), node(nodeOptions), taken)).toBe(message);
  });

  it("says when there is no node at all", () => {
    expect(unschedulable(pod({}), undefined, [])).toBe("no nodes available to schedule pods");
  });
});

describe("podRequests()", () => {
  it("is the most that runs at once: all containers, or one init container with the sidecars before it", () => {
    const container = (cpu: string, restartPolicy?: string) => ({
      name: "c",
      resources: { requests: { cpu } },
      ...(restartPolicy === undefined ? {} : { restartPolicy }),
    });
    const spec = { containers: [container("200m"), container("300m")] };
    expect(podRequests({ spec }).cpu).toBe(500);
    expect(podRequests({ spec: { ...spec, initContainers: [container("1")] } }).cpu).toBe(1000);
    expect(podRequests({ spec: { ...spec, initContainers: [container("100m", "Always"), container("1")] } }).cpu).toBe(
      1100,
    );
    expect(podRequests({ spec: { ...spec, initContainers: [container("100m", "Always")] } }).cpu).toBe(600);
  });

  it("takes a limit for a request where there is none", () => {
    expect(podRequests({ spec: { containers: [{ name: "c", resources: { limits: { cpu: "1" } } }] } }).cpu).toBe(1000);
  });
});
