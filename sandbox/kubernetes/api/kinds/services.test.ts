import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { refusal, startTestServer } from "../testing/test-server.ts";
import type { TestServer } from "../testing/test-server.ts";

interface Service {
  readonly spec: {
    readonly clusterIP?: string;
    readonly clusterIPs?: readonly string[];
    readonly externalTrafficPolicy?: string;
    readonly ports: readonly { readonly name?: string; readonly nodePort?: number }[];
  };
}

const services = "/api/v1/namespaces/ns/services";

describe("a Service", () => {
  let test: TestServer;
  const given = new Set<string>();

  beforeAll(async () => {
    let next = 0;
    const take = (): string => {
      next += 1;
      given.add(`127.99.0.${next}`);
      return `127.99.0.${next}`;
    };
    test = await startTestServer({ serviceAddresses: { take, release: (address) => void given.delete(address) } });
  });
  afterAll(() => test.server.close());

  const create = (name: string, spec: object): Promise<Service> => {
    const ports = [{ port: 80 }];
    return test.create<Service>(services, { metadata: { name }, spec: { selector: { app: "a" }, ports, ...spec } });
  };

  it("gets an address, and gives it back when it goes", async () => {
    const { spec } = await create("address", {});
    expect(given.has(spec.clusterIP ?? "")).toBe(true);
    await test.remove(`${services}/address`);
    expect(given.has(spec.clusterIP ?? "")).toBe(false);
  });

  it("keeps its address and node port when an update does not repeat them", async () => {
    const before = await create("kept", { type: "NodePort" });
    expect(before.spec.ports[0]?.nodePort).toBeGreaterThanOrEqual(30_000);
    const ports = [{ port: 80 }];
    const body = { metadata: { name: "kept" }, spec: { type: "NodePort", selector: { app: "b" }, ports } };
    expect((await test.replace<Service>(`${services}/kept`, body)).spec).toMatchObject({
      clusterIP: before.spec.clusterIP,
      ports: before.spec.ports,
    });
  });

  it("loses its node ports with its type", async () => {
    await create("changing", { type: "NodePort" });
    const { spec } = await test.merge<Service>(`${services}/changing`, { spec: { type: "ClusterIP" } });
    expect(spec.ports[0]?.nodePort).toBeUndefined();
    expect(spec.externalTrafficPolicy).toBeUndefined();
  });

  it("has no address of its own when it is headless, or a name", async () => {
    expect((await create("headless", { clusterIP: "None" })).spec.clusterIPs).toEqual(["None"]);
    const named = await create("named", { type: "ExternalName", externalName: "example.com", ports: undefined });
    expect(named.spec.clusterIP).toBeUndefined();
  });

  it("takes nothing in a dry run", async () => {
    const before = given.size;
    const body = { metadata: { name: "dry" }, spec: { ports: [{ port: 80 }] } };
    await test.create(services, body, { dryRun: "All" });
    expect(given.size).toBe(before);
  });

  it.each([
    [
      { type: "NodePort", ports: [{ port: 80, nodePort: 80 }] },
      "provided port is not in the valid range. The range of valid ports is 30000-32767",
    ],
    [{ ports: [] }, "spec.ports: Required value"],
    [{ ports: [{ port: 80 }, { port: 81 }] }, "spec.ports[0].name: Required value"],
    [{ ports: [{ port: 70_000 }] }, "spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive"],
    [
      { ports: [{ port: 80, nodePort: 30_500 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
  ])("is refused when it makes no sense: %j", async (spec, message) => {
    expect((await refusal(create("wrong", spec))).message).toContain(message);
  });
});
