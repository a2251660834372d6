import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { configMap, deployment } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe("a bad release", () => {
  it("that could not be taken back is taken back by the next run, though that one changes nothing", async () => {
    const app = world.app("stuck");
    const good = [configMap("settings", "color: blue"), deployment({ image: world.image })];
    const bad = [configMap("settings", "color: red"), deployment({ image: world.image, script: "process.exit(3)" })];
    expect((await app.deploy(good)).outputs).toMatchObject({ outcome: "succeeded" });

    const path = "/api/v1/namespaces/stuck/secrets/slipway.stuck.r1";
    const body = JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", message: "not now", code: 409 });
    const conflict = { status: 409, headers: { "content-type": "application/json" }, body };
    // The first read is for the plan, the second for the way back.
    const passing = { service: "kubernetes" as const, method: "GET", path, fault: { delayMs: 0 } };
    await world.outside.addFault(passing);
    await world.outside.addFault({ ...passing, fault: conflict });
    const first = await app.deploy(bad);
    expect(first.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(first.stdout).toContain("r1 could not be brought back: not now");

    const next = await app.deploy(bad);
    expect(next.outputs).toMatchObject({ outcome: "failed", revision: "3" });
    expect(next.stdout).toContain("r1 is back, as r4");
    expect(await app.get("api/v1", "configmaps", "settings")).toMatchObject({ data: { color: "blue" } });
  });
});
