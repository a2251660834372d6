import { describe, expect, it } from "@jest/globals";
import { node, pod } from "../testing/builders.ts";
import { candidates, schedule } from "./fit.ts";
import { podRequests } from "../../pod-requests.ts";

const none = (reasons: string, preemption: string, nodes = 1) =>
  `0/${nodes} nodes are available: ${reasons}. no new claims to deallocate, preemption: 0/${nodes} nodes are available: ${preemption}.`;
const notHelpful = "1 Preemption is not helpful for scheduling";
const noVictims = "1 No preemption victims found for incoming pod";

describe("schedule()", () => {
  it("takes the node that stays the emptiest", () => {
    const nodes = candidates(
      [node({ name: "full" }), node({ name: "empty" })],
      [pod({ node: "full", requests: { cpu: "1" } })],
    );
    expect(schedule(pod({ requests: { cpu: "500m" } }), nodes)).toEqual({ fits: true, nodeName: "empty" });
  });

  it("takes a node that has exactly enough", () => {
    const taken = ["300m", "700m"].map((cpu) => pod({ node: "node1", requests: { cpu } }));
    expect(schedule(pod({ requests: { cpu: "1" } }), candidates([node({ cpu: "2" })], taken))).toMatchObject({
      fits: true,
    });
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
    ["a cordoned node", {}, { spec: { unschedulable: true } }, none("1 node(s) were unschedulable", notHelpful)],
    [
      "a taint",
      {},
      { spec: { taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] } },
      none("1 node(s) had untolerated taint {gpu: yes}", notHelpful),
    ],
    [
      "a node that is not ready",
      {},
      { ready: false },
      none("1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }", notHelpful),
    ],
  ])("says in Kubernetes' words that there is %s", (_, podOptions, nodeOptions, message) => {
    const taken = [pod({ node: "node1", requests: { cpu: "1" } })];
    expect(schedule(pod(podOptions), candidates([node(nodeOptions)], taken))).toEqual({ fits: false, message });
  });

  it("adds the nodes up", () => {
    const nodes = candidates([node({ name: "a" }), node({ name: "b" }), node({ name: "c", ready: false })], []);
    expect(schedule(pod({ requests: { cpu: "3" } }), nodes)).toEqual({
      fits: false,
      message: none(
        "1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }, 2 Insufficient cpu",
        "3 Preemption is not helpful for scheduling",
        3,
      ),
    });
  });

  it("says when there is no node at all", () => {
    expect(schedule(pod({}), [])).toEqual({ fits: false, message: "no nodes available to schedule pods" });
  });

  it("lets a pod tolerate a taint", () => {
    const tainted = node({ spec: { taints: [{ key: "gpu", value: "yes", effect: "NoSchedule" }] } });
    const tolerating = pod({ spec: { tolerations: [{ key: "gpu", operator: "Exists" }] } });
    expect(schedule(tolerating, candidates([tainted], []))).toMatchObject({ fits: true });
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
