import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { answering, service } from "../../scenarios/manifest-text.ts";
import { openWorld } from "../../scenarios/world.ts";
import type { World } from "../../scenarios/world.ts";
import { helmProgram } from "../helm/program.ts";
import { quietWorkshop } from "../programs/cache.ts";
import { finished, startProgram } from "./program.ts";
import { kubectlProgram } from "./programs.ts";

let world: World;
let folder: string;
let program: string;
beforeAll(async () => {
  program = await kubectlProgram(quietWorkshop());
  folder = await mkdtemp(join(tmpdir(), "slipway-kubectl-"));
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs kubectl in a namespace, and expects it to succeed. */
async function kubectl(
  namespace: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const all = [`--namespace=${namespace}`, ...args];
  const { code, stderr } = await finished(
    startProgram(program, all, { HOME: folder, KUBECONFIG: world.outside.kubeconfig, ...env }),
  );
  expect({ args, code, stderr: stderr.replace(/^Warning: .*\n/gm, "") }).toEqual({ args, code: 0, stderr: "" });
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

interface Parts {
  readonly answer?: string;
  readonly variables?: readonly string[];
  readonly sidecar?: boolean;
  readonly annotations?: string;
  readonly port?: number;
}

/** A Deployment with fields of all sorts: in maps, in lists by key, in lists that are one value, with defaults. */
function web({ answer = "ok", variables = [], sidecar = false, annotations = "", port }: Parts): string {
  const more = sidecar
    ? `        - name: side\n          image: ${world.image}\n          args: [node, -e, "setInterval(() => {}, 1000)"]\n`
    : "";
  const ports = port === undefined ? "" : `          ports: [{ containerPort: ${port} }]\n`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: { ${annotations} }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: ${world.image}
          args: [node, -e, ${JSON.stringify(answering(JSON.stringify(answer)))}]
          env:
            - { name: HOST, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
${variables.map((name) => `            - { name: ${name}, value: "1" }\n`).join("")}          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }
${ports}${more}`;
}

interface Live extends KubernetesObject {
  spec: { template: { spec: { containers: { name: string; env: { name: string }[]; ports?: unknown }[] } } };
}

async function liveWeb(namespace: string): Promise<Live> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
  return world.api.request<Live>({ method: "GET", path });
}

async function variablesOf(namespace: string): Promise<string[]> {
  const { spec } = await liveWeb(namespace);
  return (spec.template.spec.containers[0]?.env ?? []).map(({ name }) => name);
}

const full: Parts = {
  variables: ["KEPT", "REMOVED"],
  sidecar: true,
  annotations: "team: harbour, old: note",
  port: 8080,
};

describe("what the real kubectl made, and the manifest does not have any more, is gone", () => {
  it.each<[string, string, readonly string[]]>([
    ["kubectl apply", "applied", ["apply"]],
    ["kubectl apply --server-side", "served", ["apply", "--server-side"]],
    ["kubectl create", "created", ["create"]],
  ])("after %s", async (_name, namespace, verb) => {
    await kubectl(namespace, ["create", "namespace", namespace]);
    await kubectl(namespace, [...verb, "-f", await file(`${namespace}.yaml`, `${web(full)}---\n${service("web")}`)]);
    const app = world.app(namespace);
    const run = await app.deploy([web({ variables: ["KEPT"], annotations: "team: harbour" }), service("web")]);
    expect(run.annotations).toEqual([]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(run.stdout).toContain("spec.template.spec.containers[side]");
    const live = await liveWeb(namespace);
    expect(await variablesOf(namespace)).toEqual(["HOST", "KEPT"]);
    expect(live.spec.template.spec.containers.map(({ name, ports }) => ({ name, ports }))).toEqual([
      { name: "app", ports: undefined },
    ]);
    expect(live.metadata.annotations).toMatchObject({ team: "harbour" });
    expect(live.metadata.annotations).not.toHaveProperty("old");
    const again = await app.deploy([web({ variables: ["KEPT"], annotations: "team: harbour" }), service("web")]);
    expect(again.outputs).toMatchObject({ outcome: "succeeded", changed: "false" });
  });

  it("and what somebody has changed by kubectl edit meanwhile", async () => {
    const app = world.app("edited");
    await app.deploy([web({ variables: ["KEPT", "REMOVED"] })]);
    const editor = await file("editor.sh", `#!/bin/sh\nexec sed -i '/name: REMOVED/{n;s/"1"/"2"/}' "$1"\n`);
    await kubectl("edited", ["edit", "deployment/web"], { KUBE_EDITOR: `sh ${editor}` });
    const live = await liveWeb("edited");
    expect(live.metadata.managedFields?.map(({ manager }) => manager)).toContain("kubectl-edit");
    const run = await app.deploy([web({ variables: ["KEPT"] })]);
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await variablesOf("edited")).toEqual(["HOST", "KEPT"]);
  });
});

describe("what the real Helm made, and the manifest does not have any more, is gone", () => {
  it("once its objects are adopted", async () => {
    const helm = await helmProgram(quietWorkshop());
    const chart = join(folder, "chart");
    await mkdir(join(chart, "templates"), { recursive: true });
    await file("chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
    await file("chart/templates/web.yaml", `${web(full)}---\n${service("web")}`);
    const args = ["install", "web", chart, "--namespace=charted", "--create-namespace"];
    const env = { HOME: folder, KUBECONFIG: world.outside.kubeconfig };
    expect(await finished(startProgram(helm, args, env))).toMatchObject({ code: 0, stderr: "" });
    const app = world.app("charted");
    const objects = [web({ variables: ["KEPT"] }), service("web")];
    const refused = await app.deploy(objects);
    expect(refused.outputs.outcome).toBe("failed");
    const run = await app.deploy(objects, { adopt: "true" });
    expect(run.outputs).toMatchObject({ outcome: "succeeded", changed: "true" });
    expect(await variablesOf("charted")).toEqual(["HOST", "KEPT"]);
    const live = await liveWeb("charted");
    expect(live.spec.template.spec.containers.map(({ name }) => name)).toEqual(["app"]);
    expect(live.metadata.managedFields?.map(({ manager }) => manager)).not.toContain("helm");
  });
});

describe("the real kubectl apply after a rollback of ours", () => {
  it("deletes what came back with it, since its copy of the object was kept in step", async () => {
    await kubectl("undone", ["create", "namespace", "undone"]);
    await kubectl("undone", ["apply", "-f", await file("undone.yaml", web({ answer: "one", variables: ["KEPT"] }))]);
    const app = world.app("undone");
    await app.deploy([web({ answer: "two", variables: ["KEPT", "OLD"] })]);
    await app.deploy([web({ answer: "three", variables: ["KEPT", "NEW"] })]);
    expect((await app.act("rollback", { to: "r1", timeout: "30s" })).outputs.outcome).toBe("succeeded");
    expect(await variablesOf("undone")).toEqual(["HOST", "KEPT", "OLD"]);
    await kubectl("undone", ["apply", "-f", await file("undone.yaml", web({ answer: "four", variables: ["KEPT"] }))]);
    expect(await variablesOf("undone")).toEqual(["HOST", "KEPT"]);
  });
});
