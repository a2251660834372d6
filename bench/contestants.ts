import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { runBundle } from "../test/action-process.ts";
import type { ControlPlane } from "./control-plane.ts";
import { appObjects, writeManifests } from "./objects.ts";
import type { AppOptions, Manifest } from "./objects.ts";
import { usageMeter } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** Something that brings an app into a namespace. */
export interface Contestant {
  readonly name: string;
  /** Runs it once, as a whole process, to its end. */
  deploy(namespace: string): Promise<Deployed>;
}

export interface Deployed {
  readonly wallMs: number;
  /** Of a Node process of ours. */
  readonly usage?: Usage;
}

type Place = Pick<ControlPlane, "folder" | "kubeconfig">;

/** The bundled action, told not to wait for the rollout, because nobody else does. */
export async function slipway(place: Place, app: AppOptions): Promise<Contestant> {
  const folder = await mkdtemp(join(place.folder, "slipway-"));
  const workspace = join(folder, "workspace");
  await writeManifests(join(workspace, "k8s"), appObjects(app));
  const kubeconfig = await readFile(place.kubeconfig, "utf8");
  const meter = await usageMeter(folder);
  const seen = new Set<string>();
  return {
    name: "slipway",
    async deploy(namespace) {
      const inputs = { app: "shop", namespace, kubeconfig, manifests: "k8s", wait: "false", timeout: "5m" };
      const job = await mkdtemp(join(folder, "job-"));
      const run = await runBundle({ action: "deploy-doks", inputs, folder: job, workspace, env: meter.env });
      if (run.exitCode !== 0) throw new Error(`deploy-doks ended with ${run.exitCode}:\n${run.stdout}\n${run.stderr}`);
      const isFirst = !seen.has(namespace);
      if (run.outputs.changed !== String(isFirst))
        throw new Error(`deploy-doks changed what it should not:\n${run.stdout}`);
      seen.add(namespace);
      return { wallMs: run.durationMs, usage: await meter.read() };
    },
  };
}

/** `kubectl apply --server-side`: no dry run, no record, no deletions. `file` is its path, or its name on PATH. */
export async function kubectl(
  place: Place,
  app: AppOptions,
  { file, version }: { readonly file: string; readonly version: string },
): Promise<Contestant> {
  const folder = await mkdtemp(join(place.folder, "kubectl-"));
  await writeManifests(join(folder, "k8s"), appObjects(app));
  return program(place, folder, `kubectl ${version}`, (namespace) => [
    file,
    "apply",
    "--server-side",
    `--namespace=${namespace}`,
    `--filename=${join(folder, "k8s")}`,
  ]);
}

/** `helm upgrade --install`: no dry run, but a record and deletions. */
export async function helm(place: Place & Pick<ControlPlane, "helm">, app: AppOptions): Promise<Contestant> {
  const folder = await mkdtemp(join(place.folder, "helm-"));
  const chart = join(folder, "shop");
  await writeManifests(join(chart, "templates"), appObjects(app));
  await writeFile(join(chart, "Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
  return program(place, folder, "helm", (namespace) => [
    place.helm,
    "upgrade",
    "--install",
    `--namespace=${namespace}`,
    "shop",
    chart,
  ]);
}

/** A Node program that sends the same server-side applies and does nothing else. */
export async function bareClient(place: Place, app: AppOptions): Promise<Contestant> {
  const folder = await mkdtemp(join(place.folder, "bare-"));
  const [file, script] = [join(folder, "writes.json"), join(folder, "bare-client.mjs")];
  const writes = appObjects(app)
    .flat()
    .map((body) => ({ path: pathOf(body), body }));
  await writeFile(file, JSON.stringify(writes));
  // As the bundled action, it is JavaScript when it starts.
  const source = await readFile(join(import.meta.dirname, "bare-client.ts"), "utf8");
  const { default: ts } = await import("typescript");
  const compilerOptions = { target: ts.ScriptTarget.ES2024, module: ts.ModuleKind.ESNext };
  await writeFile(script, ts.transpileModule(source, { compilerOptions }).outputText);
  const node = [process.execPath, script, place.kubeconfig, file];
  return program(place, folder, "a bare client", (namespace) => [...node, namespace]);
}

function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}/namespaces/NAMESPACE/${kind.toLowerCase()}s/${metadata.name}`;
}

async function program(
  { kubeconfig }: Place,
  folder: string,
  name: string,
  commandOf: (namespace: string) => readonly string[],
): Promise<Contestant> {
  // What it caches of the API stays from run to run, as on a machine of one's own.
  const env = { PATH: process.env.PATH ?? "", HOME: folder, KUBECONFIG: kubeconfig };
  await mkdir(folder, { recursive: true });
  return {
    name,
    async deploy(namespace) {
      const [file = "", ...args] = commandOf(namespace);
      const started = performance.now();
      const child = spawn(file, args, { env, stdio: ["ignore", "ignore", "pipe"] });
      const [said, [code]] = await Promise.all([text(child.stderr), once(child, "close") as Promise<[number | null]>]);
      const wallMs = performance.now() - started;
      if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${said}`);
      return { wallMs };
    },
  };
}
