import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { answering, configMap, deployment, job, service, statefulSet } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const web = (text = "ok"): string => deployment({ image: world.image, script: answering(JSON.stringify(text)) });
/** Takes two seconds to come up. */
const slowly = "          readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 2, periodSeconds: 1 }\n";
const database = (): string => statefulSet({ name: "db", image: world.image, container: slowly });

/** A manifest with annotations of ours. */
function annotated(manifest: string, annotations: Readonly<Record<string, string>>): string {
  const entries = Object.entries(annotations).map(([key, value]) => [`slipway.dev/${key}`, value]);
  return manifest.replace(
    /^ {2}name: .*$/m,
    (name) => `${name}\n  annotations: ${JSON.stringify(Object.fromEntries(entries))}`,
  );
}

async function uid(app: App, plural: string, name: string): Promise<string | undefined> {
  return (await app.get("apis/apps/v1", plural, name))?.metadata.uid;
}

function inOrder(text: string, lines: readonly string[]): void {
  const places = lines.map((line) => text.indexOf(line));
  expect({ lines, places }).toEqual({ lines, places: places.toSorted((a, b) => a - b) });
  expect(places).not.toContain(-1);
}

describe("deploy-doks keeps the order that annotations ask for", () => {
  it.concurrent("an app waits for its database, and for the Job that fills it", async () => {
    const app = world.app("depending");
    const script = "setTimeout(() => {}, 1500)";
    const seed = job({
      name: "seed",
      image: world.image,
      script,
      annotations: { "slipway.dev/depends-on": "StatefulSet/db" },
    });
    const run = await app.deploy([annotated(web(), { "depends-on": "Job/seed" }), seed, database(), service("db")]);
    expect(run.annotations).toEqual([]);
    expect(run.outputs.outcome).toBe("succeeded");
    inOrder(run.stdout, ["StatefulSet/db: 1 of 1", "Job/seed: completed", "Deployment/web: 1 of 1"]);
    const told = Array.from(run.stdout.matchAll(/^ +[\d.]+ m?s {2}([^:]+): (.*)$/gm), ([, name, text]) => ({
      name,
      text,
    }));
    expect(told).not.toEqual([]);
    for (const name of ["StatefulSet/db", "Job/seed", "Deployment/web"]) {
      const words = told.filter((line) => line.name === name).map(({ text }) => text);
      expect(words).toEqual(words.filter((word, index) => word !== words[index - 1]));
    }
    const [made, done] = await Promise.all([
      app.get("apis/apps/v1", "deployments", "web"),
      app.get("apis/batch/v1", "jobs", "seed"),
    ]);
    const { completionTime } = (done?.status ?? {}) as { completionTime?: string };
    expect(Date.parse(made?.metadata.creationTimestamp ?? "")).toBeGreaterThanOrEqual(Date.parse(completionTime ?? ""));
    expect((await app.deploy([web()])).outputs.outcome).toBe("succeeded");
  });

  it.concurrent("a later wave starts when the earlier is current, and not at all where that fails", async () => {
    const app = world.app("waving");
    const late = annotated(deployment({ name: "late", image: world.image }), { wave: "1" });
    const broken = deployment({ image: world.image, script: "process.exit(3)" });
    const failed = await app.deploy([late, broken]);
    expect(failed.outputs.outcome).toBe("failed");
    expect(await uid(app, "deployments", "late")).toBeUndefined();
    const run = await app.deploy([late, web(), annotated(database(), { wave: "-1" })]);
    expect(run.outputs.outcome).toBe("succeeded");
    inOrder(run.stdout, ["StatefulSet/db: 1 of 1", "Deployment/web: 1 of 1", "Deployment/late: 1 of 1"]);
  });

  it.concurrent("or refuses it, at the lines of the annotations, before anything is written", async () => {
    const app = world.app("circular");
    const run = await app.deploy([
      annotated(configMap("a", "k: v"), { "depends-on": "ConfigMap/b" }),
      annotated(configMap("b", "k: v"), { "depends-on": "ConfigMap/a" }),
    ]);
    const where = "k8s/app.yaml:10";
    expect(errorsOf(run)).toEqual([
      expect.stringContaining(
        `${where} ConfigMap/a would wait for itself: ConfigMap/a waits for ConfigMap/b waits for ConfigMap/a`,
      ),
    ]);
    const unknown = await app.deploy([
      annotated(configMap("a", "k: v"), { "depends-on": "ConfigMap/c" }),
      annotated(configMap("bb", "k: v"), { wave: "first" }),
    ]);
    expect(errorsOf(unknown)).toEqual([
      expect.stringMatching(/^k8s\/app.yaml:10 ConfigMap\/a depends on ConfigMap\/c, which is in no manifest/),
      expect.stringMatching(/^k8s\/app.yaml:18 ConfigMap\/bb: slipway.dev\/wave is a whole number: got "first"/),
    ]);
    await expect(app.history()).resolves.toEqual([]);
  });
});

describe("deploy-doks tells the truth of a release", () => {
  it.concurrent(
    "that nobody has waited for: it was applied, and no rollback goes there until somebody has seen it",
    async () => {
      const app = world.app("unwatched");
      await app.deploy([web("one")]);
      const crash = deployment({ image: world.image, script: "process.exit(3)" });
      const run = await app.deploy([crash], { wait: "false" });
      expect(run.outputs).toMatchObject({ outcome: "succeeded", revision: "2" });
      expect(run.stdout).toContain("not watched: whether it comes up is not known");
      expect(await app.history()).toMatchObject([
        { revision: 1 },
        { revision: 2, outcome: "succeeded", watched: false },
      ]);
      await app.deploy([web("three")]);
      const back = await app.act("rollback", { to: "previous", timeout: "30s" });
      expect(back.outputs).toMatchObject({ outcome: "succeeded", from: "3", to: "1" });
      await app.deploy([web("five")], { wait: "false" });
      const seen = await app.deploy([web("five")]);
      expect(seen.outputs).toMatchObject({ outcome: "succeeded", changed: "false", revision: "5" });
      expect((await app.history()).at(-1)?.watched).toBeUndefined();
    },
  );

  it.concurrent("that somebody else has overtaken: what comes up then is theirs, and stays", async () => {
    const app = world.app("overtaken");
    await app.deploy([web("one")]);
    const slow = deployment({ image: world.image, script: answering('"two"'), container: slowly });
    const path = { group: "apis/apps/v1", plural: "deployments", name: "web" };
    let change: Promise<unknown> | undefined;
    const onLine = (line: string): void => {
      if (!line.includes("Deployment/web: 0 of 1")) return;
      const container = { name: "app", args: ["node", "-e", answering('"theirs"')] };
      const body = { spec: { template: { spec: { containers: [container] } } } };
      change ??= world.api.request({
        method: "PATCH",
        path: `/${path.group}/namespaces/overtaken/${path.plural}/${path.name}`,
        query: { fieldManager: "kubectl-patch" },
        contentType: "application/strategic-merge-patch+json",
        body,
      });
    };
    const run = await app.deploy([slow], {}, { onLine });
    expect(change).toBeDefined();
    expect(run.outputs).toMatchObject({ outcome: "unknown", revision: "2" });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        /whether r2 comes up because somebody else \(kubectl-patch\) has changed Deployment\/web .*template[\s\S]*theirs/,
      ),
    ]);
    expect(JSON.stringify((await app.get(path.group, path.plural, path.name))?.spec)).toContain("theirs");
    expect(await app.history()).toMatchObject([{ revision: 1 }, { revision: 2, outcome: "unknown" }]);
    // A restart changes nothing of ours.
    await app.deploy([slow], { "force-conflicts": "true" });
    let restart: Promise<unknown> | undefined;
    const stamp = { spec: { template: { metadata: { annotations: { "kubectl.kubernetes.io/restartedAt": "now" } } } } };
    const restarted = await app.deploy(
      [slow.replace("two", "three")],
      {},
      {
        onLine: (line) => {
          if (line.includes("Deployment/web: 0 of 1")) restart ??= app.edit(path, stamp, "kubectl-rollout");
        },
      },
    );
    expect(restarted.annotations).toEqual([]);
    expect(restarted.stdout).toContain("0 of 1 new pod ready");
    expect(restart).toBeDefined();
    expect(restarted.outputs.outcome).toBe("succeeded");
  });
});
