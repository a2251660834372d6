import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { autoscaler, deployment, inNamespace } from "./manifest-text.ts";
import { errorsOf, openWorld, until } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const apps = "apis/apps/v1";

async function create(path: string, body: unknown): Promise<void> {
  await world.api.request({ method: "POST", path: `/${path}`, body });
}

describe("replicas that an autoscaler chose", () => {
  const replicasOf = async (app: App): Promise<unknown> =>
    ((await app.get(apps, "deployments", "web"))?.spec as { replicas?: number } | undefined)?.replicas;
  const scale = (app: App, replicas: number): Promise<void> =>
    app.edit(
      { group: apps, plural: "deployments", name: "web/scale" },
      { spec: { replicas } },
      "kube-controller-manager",
    );

  it.concurrent("stay, whether the autoscaler is in the manifests or only in the cluster", async () => {
    const app = world.app("scaled");
    const web = (value: string): string =>
      deployment({ image: world.image, replicas: 1, container: `          workingDir: ${value}\n` });
    const hpa = autoscaler("web");
    await app.deploy([web("/"), hpa], { wait: "false" });
    await scale(app, 3);
    const run = await app.deploy([web("/tmp"), hpa], { wait: "false" });
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(run.stdout).not.toContain("spec.replicas");
    expect(await replicasOf(app)).toBe(3);
    const left = await app.deploy([web("/")], { wait: "false", prune: "false" });
    expect(left.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(3);
  });

  it("stay with KEDA too, which scales by an object of its own", async () => {
    const app = world.app("keda");
    await create("apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
      metadata: { name: "scaledobjects.keda.sh" },
      spec: {
        group: "keda.sh",
        scope: "Namespaced",
        names: { kind: "ScaledObject", plural: "scaledobjects", singular: "scaledobject" },
        versions: [
          {
            name: "v1alpha1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    });
    await until("kind ScaledObject", () =>
      app.list("apis/keda.sh/v1alpha1", "scaledobjects").then(
        (found) => found,
        () => undefined,
      ),
    );
    const web = (value: string): string =>
      deployment({ image: world.image, replicas: 1, container: `          workingDir: ${value}\n` });
    const scaled = `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: web }\nspec: { scaleTargetRef: { name: web } }\n`;
    await app.deploy([web("/"), scaled], { wait: "false" });
    await scale(app, 0);
    const run = await app.deploy([web("/tmp"), scaled], { wait: "false" });
    expect(errorsOf(run)).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(0);
    // Taken out of the manifests, and left in the cluster.
    const left = await app.deploy([web("/")], { wait: "false", prune: "false" });
    expect(left.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await replicasOf(app)).toBe(0);
  });
});

describe("images of the same owner", () => {
  it.concurrent("are all pinned, or named at their lines", async () => {
    const app = world.app("pinned");
    const digest = `sha256:${"1".repeat(64)}`;
    const images = { web: `r.test/acme/web@${digest}` };
    const side = `        - name: worker\n          image: r.test/acme/worker:v1\n`;
    await app.write({ "k8s/app.yaml": inNamespace("pinned", [deployment({ image: "web" }) + side]) });
    const run = await app.act("deploy-doks", { images: JSON.stringify(images) });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        /^k8s\/app.yaml:\d+ Deployment\/web, container worker: no entry of "images" pins r.test\/acme\/worker, though it is in r.test\/acme/,
      ),
    ]);
  });
});

describe("the pull secret for DigitalOcean's registry", () => {
  async function passwordOf(app: App): Promise<string> {
    const secret = await app.get("api/v1", "secrets", "pull");
    const { [".dockerconfigjson"]: config = "" } = secret?.data as Record<string, string>;
    const { auths } = JSON.parse(Buffer.from(config, "base64").toString()) as {
      auths: Record<string, { password: string }>;
    };
    return Object.values(auths)[0]?.password ?? "";
  }

  it.concurrent("keeps its credential, until somebody revokes it", async () => {
    const app = world.app("pulling");
    const { cloudRegistry: registry, digitaloceanToken, digitaloceanApiUrl } = world.outside;
    await app.write({ "web/Dockerfile": "FROM scratch\nCOPY a /a\n", "web/a": "a" });
    const token = { "digitalocean-token": digitaloceanToken };
    const built = await app.act("build-push", {
      ...token,
      registry,
      images: "[{ name: web, context: web }]",
      builder: "direct",
    });
    const inputs = {
      ...token,
      kubeconfig: "",
      cluster: "sandbox",
      images: built.outputs.images ?? "",
      secrets: "[{ name: pull, registry: docr }]",
    };
    const web = deployment({ image: "web", replicas: 0, pod: "      imagePullSecrets: [{ name: pull }]\n" });
    expect((await app.deploy([web], inputs)).outputs).toMatchObject({ outcome: "succeeded" });
    const first = await passwordOf(app);
    expect((await app.deploy([web], inputs)).outputs).toMatchObject({ outcome: "succeeded", changed: "false" });

    const headers = { authorization: `Bearer ${first}`, "content-type": "application/x-www-form-urlencoded" };
    const revoked = await fetch(`${digitaloceanApiUrl}/v1/oauth/revoke`, {
      method: "POST",
      headers,
      body: `token=${first}`,
    });
    expect(revoked.status).toBe(200);
    const renewed = await app.deploy([web], inputs);
    expect(renewed.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(renewed.stdout).toContain("Secret/pull: the registry refuses its credential, so a new one is made");
    expect(await passwordOf(app)).not.toBe(first);
  });
});
