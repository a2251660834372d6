import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readKubeconfig } from "../src/kubernetes/access.ts";
import { connect } from "../src/kubernetes/client.ts";
import type { KubernetesClient } from "../src/kubernetes/client.ts";
import { formatDuration } from "../src/runner/duration.ts";
import { median } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { applyByKubectl, findKubectl, noKubectl } from "./kubectl.ts";
import { appObjects, pullSecret, writeManifests } from "./objects.ts";
import { countOf, describeCounts, openStage } from "./stage.ts";
import type { MeasuredRun, Stage } from "./stage.ts";

export const title = "deploy: 300 objects, 50 of them Deployments that come up, and again with nothing changed";

const objects = 300;
const app = { services: objects / 6, replicas: 1, pullsByCredential: true } as const;
const rounds = 5;
const namespace = "shop";
const mostBytes = 130e6;

/** Answers on its pod's address, and is little else. */
const program = `require("node:http").createServer((_, answer) => answer.end("ok")).listen(8080, process.env.HOST);\n`;

export async function measure(): Promise<Figure[]> {
  const stage = await openStage();
  const api = connect(readKubeconfig(await readFile(stage.sandbox.kubeconfig, "utf8")));
  try {
    const images = await buildImage(stage);
    const workspace = join(stage.folder, "workspace");
    await writeManifests(join(workspace, "k8s"), appObjects({ ...app, image: "app" }));
    await createNamespace(api, namespace);
    const first = await deploy(stage, { workspace, images });
    const again: MeasuredRun[] = [];
    for (let round = 0; round < rounds; round++) again.push(await deploy(stage, { workspace, images }));
    requireUnchanged(again);
    return [...figuresOf(first, again), ...(await peers(stage, api, images))];
  } finally {
    api.close();
    await stage.close();
  }
}

/** By build-push itself. Gives its output `images`. */
async function buildImage(stage: Stage): Promise<string> {
  const workspace = join(stage.folder, "image");
  const { registry, digitaloceanToken } = stage.sandbox;
  await mkdir(workspace);
  await writeFile(join(workspace, "app.cjs"), program);
  await writeFile(
    join(workspace, "Dockerfile"),
    `FROM ${registry}/library/node:24-slim\nCOPY app.cjs /app.cjs\nCMD ["node", "/app.cjs"]\n`,
  );
  const inputs = {
    registry: `${registry}/sandbox`,
    "digitalocean-token": digitaloceanToken,
    builder: "direct",
    images: "- app",
  };
  const { run } = await stage.act({ action: "build-push", workspace, inputs });
  return run.outputs.images ?? "";
}

async function createNamespace(api: KubernetesClient, name: string): Promise<void> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  await api.request({ method: "POST", path: "/api/v1/namespaces", body });
}

function deploy(
  stage: Stage,
  { workspace, images }: { readonly workspace: string; readonly images: string },
): Promise<MeasuredRun> {
  const inputs = {
    app: "shop",
    namespace,
    cluster: "sandbox",
    "digitalocean-token": stage.sandbox.digitaloceanToken,
    manifests: "k8s",
    images,
    secrets: `- { name: ${pullSecret}, registry: docr }`,
    timeout: "5m",
  };
  return stage.act({ action: "deploy-doks", workspace, inputs });
}

function requireUnchanged(runs: readonly MeasuredRun[]): void {
  for (const { run } of runs) {
    if (run.outputs.changed !== "false") throw new Error(`the second deploy changed something:\n${run.stdout}`);
  }
}

function figuresOf(first: MeasuredRun, again: readonly MeasuredRun[]): Figure[] {
  const usual = again.toSorted((a, b) => a.wallMs - b.wallMs)[Math.floor(again.length / 2)] ?? first;
  return [
    requestFigure("first", first, 2 * objects + 40),
    requestFigure("again", usual, 60),
    timeFigure("first", first, "until every pod is ready"),
    timeFigure("again", usual, `the middle of ${again.length}`),
    memoryFigure("first", [first]),
    memoryFigure("again", again),
  ];
}

function requestFigure(name: string, { requests }: MeasuredRun, atMost: number): Figure {
  const value = countOf(requests, "kubernetes");
  return { name: `${name}, requests`, value, unit: "requests", atMost, note: describeCounts(requests, "kubernetes") };
}

function timeFigure(name: string, { wallMs, usage }: MeasuredRun, what: string): Figure {
  const note = `${what}; processor time ${formatDuration(usage.processorMs)}`;
  return { name: `${name}, time`, value: wallMs, unit: "milliseconds", note };
}

function memoryFigure(name: string, runs: readonly MeasuredRun[]): Figure {
  const value = median(runs.map(({ usage }) => usage.peakBytes));
  return { name: `${name}, most memory at once`, value, unit: "bytes", atMost: mostBytes };
}

/** The same objects by kubectl, in a namespace of its own, where there is one on this machine. It does not wait for the pods. */
async function peers(stage: Stage, api: KubernetesClient, images: string): Promise<Figure[]> {
  const version = findKubectl();
  if (version === undefined)
    return ["first", "again"].map((name) => ({ name: `${name}, kubectl`, unit: "milliseconds", note: noKubectl }));
  const folder = join(stage.folder, "kubectl");
  const image = (JSON.parse(images) as Record<string, string>).app ?? "";
  await writeManifests(folder, appObjects({ ...app, image }));
  await createNamespace(api, "kubectl");
  const path = `/api/v1/namespaces/${namespace}/secrets/${pullSecret}`;
  const { type, data } = await api.request<{ type: string; data: object }>({ method: "GET", path });
  const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: pullSecret }, type, data };
  await writeFile(join(folder, "registry.json"), JSON.stringify(secret));
  const figures: Figure[] = [];
  for (const name of ["first", "again"]) {
    const { wallMs, requests } = await applyByKubectl(stage.sandbox, { namespace: "kubectl", folder });
    const count = `${countOf(requests, "kubernetes")} requests`;
    const note = `${count}; kubectl ${version} apply --server-side, not waiting for pods`;
    figures.push({ name: `${name}, kubectl`, value: wallMs, unit: "milliseconds", note });
  }
  return figures;
}
