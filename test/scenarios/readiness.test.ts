import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { worldName } from "../outside.ts";
import { deployment, statefulSet, storageClass, volumeClaim } from "./manifest-text.ts";
import type { DeploymentText } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const web = (text: Partial<DeploymentText> = {}): string => deployment({ image: world.image, ...text });
/** Ready as soon as it runs, and until then it takes as long as anybody wants. */
const slow = (seconds: number): string =>
  web({ script: `setTimeout(() => require("http").createServer().listen(8080, process.env.HOST), ${seconds * 1000})` });

/** A kind of which a controller tells, with a status that takes whatever it says. */
function definition(name: string): string {
  return `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ${name}s.harbour.test }
spec:
  group: harbour.test
  scope: Namespaced
  names: { kind: ${name.charAt(0).toUpperCase()}${name.slice(1)}, plural: ${name}s, singular: ${name} }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
}

/** Plays the controller of one resource: writes a status as soon as it is there. */
async function report(app: App, plural: string, status: object): Promise<void> {
  const group = "apis/harbour.test/v1";
  await until(`${plural} of ${app.name}`, () => app.get(group, plural, "x").catch(() => undefined));
  await app.edit({ group, plural, name: "x/status" }, { status });
}

describe("deploy-doks reads custom resources as their controllers mean them", () => {
  const ready = { type: "Ready", status: "True", reason: "Done" };
  it.concurrent("with an observed generation that is a string (complaint: waits for ever)", async () => {
    const app = world.app("string-generation");
    const objects = [
      definition("buoy"),
      "apiVersion: harbour.test/v1\nkind: Buoy\nmetadata: { name: x }\nspec: { size: 1 }\n",
    ];
    const deploying = app.deploy(objects, { timeout: "20s" });
    await report(app, "buoys", { observedGeneration: "0", conditions: [{ ...ready, reason: "Old" }] });
    await report(app, "buoys", { observedGeneration: "1", replicas: "3", conditions: [ready] });
    const run = await deploying;
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(run.stdout).toContain("Buoy/x: ready");
  });

  it.concurrent("and fails as soon as one has given up", async () => {
    const app = world.app("given-up");
    const objects = [definition("anchor"), "apiVersion: harbour.test/v1\nkind: Anchor\nmetadata: { name: x }\n"];
    const deploying = app.deploy(objects, { timeout: "30s" });
    const stalled = { type: "Stalled", status: "True", reason: "NoChain", message: "there is no chain left" };
    await report(app, "anchors", { observedGeneration: 1, conditions: [{ ...ready, status: "False" }, stalled] });
    const run = await deploying;
    expect(run.outputs).toMatchObject({ outcome: "failed" });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/^k8s\/app.yaml:\d+ Anchor\/x: there is no chain left/)]);
    expect(run.durationMs).toBeLessThan(20_000);
  });
});

describe("deploy-doks waits as long as each object may take", () => {
  it.concurrent("and says which limit ran out", async () => {
    const app = world.app("own-limit");
    const limited = web({ name: "web", script: "setInterval(() => 0, 1000)" }).replace(
      "  name: web\n",
      "  name: web\n  annotations: { slipway.dev/timeout: 2s }\n",
    );
    const run = await app.deploy([limited]);
    expect(run.outputs).toMatchObject({ outcome: "timed-out" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/ Deployment\/web: not ready within 2.0 s, its own slipway.dev\/timeout: /),
    ]);
    expect(run.durationMs).toBeLessThan(20_000);
  });

  it.concurrent("and refuses a limit that is no duration, where it stands", async () => {
    const app = world.app("bad-limit");
    const run = await app.deploy([
      web().replace("  name: web\n", "  name: web\n  annotations:\n    slipway.dev/timeout: soon\n"),
    ]);
    expect(errorsOf(run)).toEqual([
      'k8s/app.yaml:11 Deployment/web: slipway.dev/timeout is not a duration: got "soon"\nWrite it like 90s, 10m or 1h30m.',
    ]);
    expect(await app.history()).toEqual([]);
  });

  it.concurrent("and is patient with what is only slow (complaint: over-eager)", async () => {
    const app = world.app("slow");
    const run = await app.deploy([slow(4)]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
  });
});

describe("deploy-doks looks at the newest pods only", () => {
  it.concurrent("so that pods of a broken release do not block the one that mends it (complaint)", async () => {
    const app = world.app("mended");
    const broken = await app.deploy([web({ script: 'throw new Error("no database")' })], { "on-failure": "leave" });
    expect(broken.outputs).toMatchObject({ outcome: "failed" });
    const pods = await app.list("api/v1", "pods");
    expect(pods.length).toBeGreaterThan(0);
    const run = await app.deploy([web()]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
  });

  it.concurrent(
    "also where a Deployment has missed its deadline before, and goes back to an earlier template",
    async () => {
      const app = world.app("overdue");
      const spec = "  progressDeadlineSeconds: 6\n  strategy: { type: Recreate }\n";
      const good = web({ spec });
      await app.deploy([good]);
      const bad = web({ spec, script: "setInterval(() => 0, 1000)" });
      const run = await app.deploy([bad], { "on-failure": "leave" });
      expect(errorsOf(run)).toEqual([expect.stringContaining("no progress within 6 s")]);
      expect((await app.deploy([good])).outputs).toMatchObject({ outcome: "succeeded", revision: "3" });
    },
  );
});

describe("deploy-doks does not wait for what cannot come", () => {
  it.concurrent("a claim that waits for its first pod, a Job that is suspended, an update by hand", async () => {
    const app = world.app("on-purpose");
    const job = `apiVersion: batch/v1
kind: Job
metadata: { name: later }
spec:
  suspend: true
  template: { spec: { restartPolicy: Never, containers: [{ name: main, image: ${world.image}, args: [node, -e, "0"] }] } }
`;
    const set = (script: string) =>
      statefulSet({ name: "by-hand", image: world.image, script, spec: "  updateStrategy: { type: OnDelete }\n" });
    await app.deploy([set("setInterval(() => 0, 1000)")]);
    const run = await app.deploy([storageClass, volumeClaim("data"), job, set("setInterval(() => 1, 1000)")]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(run.stdout).toMatch(/PersistentVolumeClaim\/data: (waits for the first pod that uses it|bound)/);
  });
});

describe("deploy-doks is patient with a registry", () => {
  // Alone: it is the registry of all.
  it("that has a bad moment (complaint: over-eager)", async () => {
    const app = world.app("bad-moment");
    const path = "/v2/library/node/manifests/";
    await world.outside.addFault({ service: "registry", path, fault: { status: 503 } });
    const run = await app.deploy([web({ container: "          imagePullPolicy: Always\n" })], { timeout: "2m" });
    await world.outside.clearFaults();
    expect(run.outputs).toMatchObject({ outcome: "succeeded" });
    // A real node has a real registry, which has no bad moments.
    if (worldName !== "node") expect(run.stdout).toMatch(/cannot get its image .*503/);
  });
});
