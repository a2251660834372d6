import { afterEach, describe, expect, it } from "@jest/globals";
import { AddressPool } from "./addresses.ts";

const open: AddressPool[] = [];

afterEach(() => {
  for (const pool of open.splice(0)) pool.close();
});

async function pool(): Promise<AddressPool> {
  const made = await AddressPool.open();
  open.push(made);
  return made;
}

describe("AddressPool", () => {
  it("gives pods and services addresses from disjoint parts of one loopback network", async () => {
    const addresses = await pool();
    const [pod, service] = [addresses.nextPodAddress(), addresses.nextServiceAddress()];
    expect(pod).toMatch(/^127\.\d+\.1\.1$/);
    expect(service).toMatch(/^127\.\d+\.128\.1$/);
    expect(pod.split(".")[1]).toBe(service.split(".")[1]);
  });

  it("never gives one address twice while it is in use, nor at once after its release", async () => {
    const addresses = await pool();
    const given = Array.from({ length: 600 }, () => addresses.nextPodAddress());
    expect(new Set(given).size).toBe(600);
    addresses.release(given[0] ?? "");
    expect(given).not.toContain(addresses.nextPodAddress());
  });

  it("keeps the networks of several sandboxes apart", async () => {
    const pools = await Promise.all(Array.from({ length: 8 }, pool));
    expect(new Set(pools.map((each) => each.podRange)).size).toBe(8);
  });
});
