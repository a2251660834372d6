import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import { answering, configMap, deployment, statefulSet } from "./manifest-text.ts";
import type { DeploymentText } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const web = (text: Partial<DeploymentText> = {}): string => deployment({ image: world.image, ...text });
const crash = (): string => web({ script: 'console.log("starting"); throw new Error("no database")' });

async function imageOf(app: App): Promise<string | undefined> {
  interface Spec {
    template: { spec: { containers: { image: string; args: string[] }[] } };
  }
  const live: KubernetesObject | undefined = await app.get("apis/apps/v1", "deployments", "web");
  return (live?.spec as Spec | undefined)?.template.spec.containers[0]?.image;
}

interface Case {
  readonly objects: () => readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outcome?: "failed" | "timed-out";
  /** The annotation: its place, and what it says. */
  readonly error: RegExp;
  /** The proof in the summary. */
  readonly proof: RegExp;
}

describe("deploy-doks tells within seconds why a release cannot come up, and takes it back", () => {
  it.concurrent.each<[string, Case]>([
    [
      "an image that does not exist",
      {
        objects: () => [web({ image: `${world.outside.registry}/library/nothing:1` })],
        error: /^k8s\/app.yaml:19 Deployment\/web: the image .*\/library\/nothing:1 is not in its registry\nCheck/,
        proof: /waiting: ErrImagePull: not found/,
      },
    ],
    [
      "a private image without a pull secret",
      {
        objects: () => [web({ image: `${world.outside.cloudRegistry}/private:1` })],
        error: /^k8s\/app.yaml:19 .* refuses to give out the image .*authorization failed\n.*imagePullSecrets/,
        proof: /waiting: ErrImagePull: .*authorization failed/,
      },
    ],
    [
      "a program that ends at once",
      {
        objects: () => [crash()],
        error: /^k8s\/app.yaml:18 .*container app ends with exit code 1.*\n(.*\n)?It said: Error: no database/,
        proof: /Last lines of web-[\s\S]*starting[\s\S]*Error: no database/,
      },
    ],
    [
      "a readiness probe that never passes",
      {
        objects: () => [
          web({ container: "          readinessProbe: { tcpSocket: { port: 99 }, periodSeconds: 1 }\n" }),
        ],
        inputs: { timeout: "4s" },
        outcome: "timed-out",
        error:
          /^k8s\/app.yaml:23 .*not ready when the timeout of the release was up.* readiness probe does not pass.*\nCheck/,
        proof: /Unhealthy.*: Readiness probe failed/,
      },
    ],
    [
      "a Secret that does not exist",
      {
        objects: () => [web({ container: "          envFrom: [{ secretRef: { name: nope } }]\n" })],
        error: /^k8s\/app.yaml:23 .*the Secret nope does not exist\n/,
        proof: /waiting: CreateContainerConfigError: secret "nope" not found/,
      },
    ],
    [
      "a key that its ConfigMap does not have",
      {
        objects: () => [
          configMap("settings", "mode: fast"),
          web({
            container: "            - { name: MODE, valueFrom: { configMapKeyRef: { name: settings, key: moode } } }\n",
          }),
        ],
        error: /^k8s\/app.yaml:30 .*the ConfigMap settings has no key moode/,
        proof: /CreateContainerConfigError/,
      },
    ],
    [
      "more than any node has",
      {
        objects: () => [web({ container: "          resources: { requests: { cpu: 100 } }\n" })],
        inputs: { timeout: "3s" },
        outcome: "timed-out",
        error:
          /^k8s\/app.yaml:23 .*no node has enough cpu free .*it asks for cpu: 100, and the most that is free is \d+m? on /,
        proof: /FailedScheduling.*: 0\/1 nodes are available: 1 Insufficient cpu/,
      },
    ],
    [
      "more than the quota of its namespace allows",
      {
        objects: () => [
          "apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: few }\nspec: { hard: { pods: 1 } }\n",
          web({ replicas: 2 }),
        ],
        error: /^k8s\/app.yaml:11 Deployment\/web: .*quota/,
        proof: /FailedCreate.*exceeded quota: few/,
      },
    ],
  ])("%s", async (name, { objects, inputs = {}, outcome = "failed", error, proof }) => {
    const app = world.app(name.replaceAll(/[^a-z]+/gi, "-").toLowerCase());
    expect((await app.deploy([web()])).outputs.outcome).toBe("succeeded");
    const run = await app.deploy(objects(), inputs);
    expect(errorsOf(run)).toEqual([expect.stringMatching(error)]);
    expect(run.outputs).toMatchObject({ outcome, revision: "2", "previous-revision": "1", changed: "true" });
    expect(run.exitCode).toBe(1);
    expect(run.durationMs).toBeLessThan(20_000);
    expect(run.summary).toMatch(proof);
    expect(run.summary).toContain("r1 is back, as r3.");
    expect(await imageOf(app)).toBe(world.image);
    expect(await app.history()).toMatchObject([
      { revision: 1, outcome: "succeeded" },
      { revision: 2, outcome },
      { revision: 3, outcome: "succeeded", restores: 1, replaces: 2, reason: `r2 ${outcome}` },
    ]);
  });
});

describe("deploy-doks is not deceived", () => {
  it.concurrent("by a Deployment that somebody has paused: nothing of the release runs", async () => {
    const app = world.app("paused");
    const path = { group: "apis/apps/v1", plural: "deployments", name: "web" };
    await app.deploy([web()]);
    await app.edit(path, { spec: { paused: true } });
    const run = await app.deploy([web({ script: answering('"new"') })]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^k8s\/app.yaml:6 Deployment\/web: .*paused.*\n?.*kubectl rollout resume deployment\/web/),
    ]);
    expect(run.summary).toContain("r1 is back, as r3.");

    await app.edit(path, { spec: { paused: null } });
    expect((await app.deploy([web({ script: answering('"new"') })])).outputs).toMatchObject({ outcome: "succeeded" });
    const asked = web({ spec: "  paused: true\n" });
    expect((await app.deploy([asked])).outputs).toMatchObject({ outcome: "succeeded" });
  });
});

describe("deploy-doks takes a StatefulSet back", () => {
  it.concurrent("though Kubernetes waits for ever for the pods that are broken", async () => {
    const app = world.app("stateful");
    const set = (script: string): string => statefulSet({ image: world.image, replicas: 2, script });
    expect((await app.deploy([set(answering('"ok"'))])).outputs.outcome).toBe("succeeded");
    const run = await app.deploy([set('throw new Error("no disk")')]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/^k8s\/app.yaml:\d+ StatefulSet\/web: [\s\S]*no disk/)]);
    expect(run.summary).toContain("r1 is back, as r3.");
    expect(run.stdout).toContain("StatefulSet/web waits for its broken pod web-1, which is deleted now");
    expect((await app.deploy([set(answering('"ok"'))])).outputs).toMatchObject({
      outcome: "succeeded",
      changed: "false",
    });
  });
});

describe("deploy-doks leaves a release that failed as it is", () => {
  it.concurrent("when told to", async () => {
    const app = world.app("left");
    await app.deploy([web()]);
    const run = await app.deploy([crash()], { "on-failure": "leave" });
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(await app.history()).toHaveLength(2);
    const again = await app.deploy([web()]);
    expect(again.outputs).toMatchObject({ outcome: "succeeded", revision: "3", changed: "true" });
  });

  it.concurrent("when it is the first, and says so", async () => {
    const app = world.app("alone");
    const run = await app.deploy([crash()]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "1", "previous-revision": "" });
    expect(run.summary).toContain("There is no earlier good release to go back to");
    expect(await app.history()).toMatchObject([{ revision: 1, outcome: "failed" }]);
  });

  it.concurrent("when the one before cannot come back, and tells both reasons", async () => {
    const app = world.app("stuck");
    const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: ropes.harbour.test }
spec:
  group: harbour.test
  scope: Namespaced
  names: { kind: Rope, plural: ropes, singular: rope }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object } }
`;
    await app.deploy([definition, "apiVersion: harbour.test/v1\nkind: Rope\nmetadata: { name: long }\n", web()]);
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ropes.harbour.test";
    await world.api.request({ method: "DELETE", path });
    const run = await app.deploy([crash()]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(errorsOf(run)).toEqual([expect.stringContaining("no database")]);
    expect(run.summary).toMatch(/r1 could not be brought back: .*the cluster has no Rope.*stuck needs a person now/);
  });

  it.concurrent(
    "when it changed nothing: what broke since is found, and the record of the release stays good",
    async () => {
      const app = world.app("decayed");
      const objects = [web({ container: "          envFrom: [{ secretRef: { name: by-hand } }]\n" })];
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "by-hand" } };
      await app.deploy([]);
      await world.api.request({ method: "POST", path: "/api/v1/namespaces/decayed/secrets", body: secret });
      expect((await app.deploy(objects)).outputs).toMatchObject({ outcome: "succeeded", revision: "2" });

      await app.remove("api/v1", "secrets", "by-hand");
      for (const { metadata } of await app.list("api/v1", "pods")) await app.remove("api/v1", "pods", metadata.name);
      await until("outage", async () => {
        const status = (await app.get("apis/apps/v1", "deployments", "web"))?.status as { availableReplicas?: number };
        return (status.availableReplicas ?? 0) === 0 ? true : undefined;
      });
      const run = await app.deploy(objects);
      expect(run.outputs).toMatchObject({ outcome: "failed", changed: "false", revision: "2" });
      expect(errorsOf(run)).toEqual([expect.stringContaining("the Secret by-hand does not exist")]);
      expect(run.summary).toContain("This release changed nothing, so there is nothing to take back.");
      expect(await app.history()).toMatchObject([{ outcome: "succeeded" }, { outcome: "succeeded" }]);
    },
  );
});
