import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError } from "../../src/kubernetes/api-error.ts";
import { readKubeconfig } from "../../src/kubernetes/access.ts";
import { connect } from "../../src/kubernetes/client.ts";
import type { KubernetesClient } from "../../src/kubernetes/client.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import type { ReleaseSummary } from "../../src/release/record/record.ts";
import { releaseStore } from "../../src/release/record/store.ts";
import { runBundle } from "../action-process.ts";
import type { ActionStep, MainRun } from "../action-process.ts";
import { openOutside } from "../outside.ts";
import type { Outside } from "../outside.ts";
import { inNamespace } from "./manifest-text.ts";

type Inputs = Readonly<Record<string, string>>;

/** An app in a namespace of its name, with a workspace and a release history of its own. */
export interface App {
  readonly name: string;
  /** Writes files of the workspace, by their paths. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs an action with the inputs that every scenario shares; those of `inputs` replace them, "" takes one away. */
  act(action: string, inputs?: Inputs, step?: Partial<ActionStep>): Promise<MainRun>;
  /** Deploys the objects, after the app's namespace, from k8s/app.yaml. */
  deploy(objects: readonly string[], inputs?: Inputs, step?: Partial<ActionStep>): Promise<MainRun>;
  /** An object of the namespace, undefined where it does not exist. `group` and `plural` such as `api/v1` and `configmaps`. */
  get(group: string, plural: string, name: string): Promise<KubernetesObject | undefined>;
  list(group: string, plural: string): Promise<KubernetesObject[]>;
  /** Merges `body` into an object as a person with `kubectl edit` does; `plural` may end in a subresource of `name`. */
  edit(path: { group: string; plural: string; name: string }, body: unknown, manager?: string): Promise<void>;
  remove(group: string, plural: string, name: string): Promise<void>;
  /** Oldest first. */
  history(): Promise<ReleaseSummary[]>;
}

/** A cluster with a registry and a cloud around it, and a runner to act on it: what a scenario plays in. */
export interface World extends App {
  readonly outside: Outside;
  readonly api: KubernetesClient;
  /** Content of the kubeconfig. */
  readonly kubeconfig: string;
  /** An image that runs Node: what a container does is said by its `args`. */
  readonly image: string;
  /** Another app of this world. */
  app(name: string): App;
  close(): Promise<void>;
}

/** Opens a world for the scenarios of one file. Its own app is called `shop`. */
export async function openWorld(): Promise<World> {
  const outside = await openOutside();
  const folder = await mkdtemp(join(tmpdir(), "slipway-scenario-"));
  const kubeconfig = await readFile(outside.kubeconfig, "utf8");
  const api = connect(readKubeconfig(kubeconfig));
  let runs = 0;
  const nextRun = (): number => (runs += 1);
  const app = (name: string): App => openApp({ name, outside, folder, kubeconfig, api, nextRun });
  return {
    ...app("shop"),
    outside,
    api,
    kubeconfig,
    image: `${outside.registry}/library/node:24-slim`,
    app,
    async close() {
      api.close();
      await outside.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Ground {
  readonly name: string;
  readonly outside: Outside;
  readonly folder: string;
  readonly kubeconfig: string;
  readonly api: KubernetesClient;
  readonly nextRun: () => number;
}

function openApp({ name, outside, folder, kubeconfig, api, nextRun }: Ground): App {
  const workspace = join(folder, `workspace-${name}`);
  const pathOf = (group: string, plural: string, object: string): string =>
    `/${group}/namespaces/${name}/${plural}/${object}`;
  let isFree: Promise<void> | undefined;
  const app: App = {
    name,
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(workspace, path)), { recursive: true });
        await writeFile(join(workspace, path), text);
      }
    },
    async act(action, inputs = {}, step = {}) {
      await (isFree ??= outside.untilNamespaceIsFree(name));
      const run = nextRun();
      const job = join(folder, `job-${run}`);
      await mkdir(job, { recursive: true });
      const shared = action === "build-push" ? {} : { app: name, namespace: name, kubeconfig };
      const deploying = action === "deploy-doks" ? { manifests: "k8s", timeout: "30s" } : {};
      return runBundle({
        folder: job,
        ...step,
        action,
        inputs: { ...shared, ...deploying, ...inputs },
        workspace,
        env: { DIGITALOCEAN_API_URL: outside.digitaloceanApiUrl, GITHUB_RUN_ID: String(1000 + run), ...step.env },
      });
    },
    async deploy(objects, inputs, step) {
      await app.write({ "k8s/app.yaml": inNamespace(name, objects) });
      return app.act("deploy-doks", inputs, step);
    },
    async get(group, plural, object) {
      try {
        return await api.request<KubernetesObject>({ method: "GET", path: pathOf(group, plural, object) });
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      }
    },
    async list(group, plural) {
      const path = `/${group}/namespaces/${name}/${plural}`;
      return (await api.request<{ items: KubernetesObject[] }>({ method: "GET", path })).items;
    },
    async edit({ group, plural, name: object }, body, manager = "kubectl-edit") {
      await api.request({
        method: "PATCH",
        path: pathOf(group, plural, object),
        query: { fieldManager: manager },
        contentType: "application/merge-patch+json",
        body,
      });
    },
    async remove(group, plural, object) {
      await api.request({ method: "DELETE", path: pathOf(group, plural, object) });
    },
    history: () => releaseStore(api, { app: name, namespace: name }).history(),
  };
  return app;
}

/** The errors as GitHub shows them: where, and what. */
export function errorsOf(run: MainRun): string[] {
  const errors = run.annotations.filter(({ level }) => level === "error");
  return errors.map(({ file, line, message }) => `${file ?? ""}:${line ?? ""} ${message}`);
}

/** Waits until `look` gives something, for at most ten seconds. */
export async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`There is no ${what} after 10 s`);
    await sleep(50);
  }
}

/** Waits until users see a text at a URL: the way of a node to new pods lags behind the pods by a moment. */
export async function untilAnswered(url: string, text: string): Promise<void> {
  await until(`answer "${text}" of ${url}`, async () => {
    const answer = await fetch(url)
      .then((response) => response.text())
      .catch(() => undefined);
    return answer === text ? true : undefined;
  });
}
