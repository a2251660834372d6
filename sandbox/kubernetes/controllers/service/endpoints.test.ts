import { describe, expect, it } from "@jest/globals";
import type { Service } from "../kinds.ts";
import { pod } from "../testing/builders.ts";
import { endpointGroups } from "./endpoints.ts";

const since = "2026-01-01T00:00:00Z";

function service(spec: Partial<Service["spec"]> = {}): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web", namespace: "ns" },
    spec: { selector: { app: "app" }, ports: [{ port: 80, targetPort: "http" }], ...spec },
  };
}

function conditions(given: Service, one: ReturnType<typeof pod>): unknown {
  return endpointGroups(given, [one])[0]?.endpoints[0]?.conditions;
}

describe("endpointGroups()", () => {
  it("sends traffic to a ready pod, at the number its port has by name", () => {
    const ready = pod({ name: "a", node: "node1", podIP: "127.1.0.1", readySince: since });
    expect(endpointGroups(service(), [ready])).toEqual([
      {
        ports: [{ name: "", port: 8080, protocol: "TCP" }],
        endpoints: [
          {
            addresses: ["127.1.0.1"],
            conditions: { ready: true, serving: true, terminating: false },
            nodeName: "node1",
            targetRef: { kind: "Pod", namespace: "ns", name: "a", uid: "a" },
          },
        ],
      },
    ]);
  });

  it("sends nothing new to a pod that is being deleted, however ready it is", () => {
    const going = pod({ podIP: "127.1.0.1", readySince: since, deleting: true });
    expect(conditions(service(), going)).toEqual({ ready: false, serving: true, terminating: true });
  });

  it("waits for a pod to be ready, unless the Service does not mind", () => {
    const starting = pod({ podIP: "127.1.0.1" });
    expect(conditions(service(), starting)).toEqual({ ready: false, serving: false, terminating: false });
    expect(conditions(service({ publishNotReadyAddresses: true }), starting)).toMatchObject({ ready: true });
  });

  it.each([
    ["without an address", pod({ readySince: since })],
    ["that has ended", pod({ podIP: "127.1.0.1", phase: "Succeeded" })],
    ["that it does not pick", pod({ podIP: "127.1.0.1", readySince: since, labels: { app: "other" } })],
  ])("leaves out a pod %s", (_, left) => {
    expect(endpointGroups(service(), [left])).toEqual([]);
  });

  it("keeps pods that give one name to different ports apart", () => {
    const other = pod({
      name: "b",
      podIP: "127.1.0.2",
      spec: { containers: [{ name: "c", ports: [{ name: "http", containerPort: 9090 }] }] },
    });
    const groups = endpointGroups(service(), [pod({ name: "a", podIP: "127.1.0.1" }), other]);
    expect(groups.map(({ ports }) => ports[0]?.port)).toEqual([8080, 9090]);
  });

  it("has none for a Service without a selector", () => {
    const { selector: _, ...spec } = service().spec;
    expect(endpointGroups({ ...service(), spec }, [pod({ podIP: "127.1.0.1" })])).toEqual([]);
  });
});
