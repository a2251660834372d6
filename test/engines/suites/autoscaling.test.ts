import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { answering, deployment } from "../../scenarios/manifest-text.ts";
import { openWorld } from "../../scenarios/world.ts";
import type { World } from "../../scenarios/world.ts";
import { until } from "../parts.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  maxReplicas: 3
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }]
`;

/** A server that is never at rest, and takes far more of a processor than it asks for. */
function busy(word: string): string {
  const work = "const until = Date.now() + 40; while (Date.now() < until);";
  const script = `${answering(JSON.stringify(word))}; setInterval(() => { ${work} }, 200)`;
  const container = `          resources: { requests: { cpu: 20m } }
          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }
`;
  return deployment({ image: world.image, script, container });
}

async function replicas(): Promise<number | undefined> {
  const live = await world.get("apis/apps/v1", "deployments", "web");
  return (live?.spec as { replicas?: number } | undefined)?.replicas;
}

describe("a real autoscaler with real metrics", () => {
  it("scales a release that is busy, and the next deploy leaves that alone", async () => {
    const first = await world.deploy([busy("one"), autoscaler], { timeout: "60s" });
    expect(first.outputs).toMatchObject({ outcome: "succeeded" });
    const scaled = async (): Promise<number | undefined> => ((await replicas()) === 3 ? 3 : undefined);
    await until("Deployment that was scaled to 3", scaled, 120_000);
    const second = await world.deploy([busy("two"), autoscaler], { timeout: "60s" });
    expect(second.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicas()).toBe(3);
  }, 240_000);
});
