import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ApiError } from "../../src/kubernetes/api-error.ts";
import { readKubeconfig } from "../../src/kubernetes/access.ts";
import { connect } from "../../src/kubernetes/client.ts";
import type { KubernetesClient } from "../../src/kubernetes/client.ts";
import type { KubernetesObject } from "../../src/kubernetes/object.ts";
import type { ReleaseSummary } from "../../src/release/record.ts";
import { releaseStore } from "../../src/release/store.ts";
import { runBundle } from "../action-process.ts";
import type { ActionStep, MainRun } from "../action-process.ts";
import { sandboxProcess } from "../sandbox-process.ts";
import type { SandboxProcess } from "../sandbox-process.ts";

/** A cluster with a registry and a cloud around it, and a runner to act on it: what a scenario plays in. */
export interface World {
  readonly sandbox: SandboxProcess;
  readonly api: KubernetesClient;
  /** Content of the kubeconfig. */
  readonly kubeconfig: string;
  /** An image that runs Node: what a container does is said by its `args`. */
  readonly image: string;
  /** Writes files of the workspace, by their paths. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Runs an action with the inputs that every scenario shares; those of `inputs` replace them, "" takes one away. */
  act(action: string, inputs?: Readonly<Record<string, string>>, step?: Partial<ActionStep>): Promise<MainRun>;
  /** An object of the app's namespace, undefined where it does not exist. `collection` such as `api/v1` and `configmaps`. */
  get(group: string, plural: string, name: string): Promise<KubernetesObject | undefined>;
  history(): Promise<ReleaseSummary[]>;
  /** Everything that is in the app's namespace, for seeing that nothing was written. */
  close(): Promise<void>;
}

/** Starts a sandbox and opens a world in it. `app` is the name of app and namespace. */
export async function openWorld(app = "shop"): Promise<World> {
  const sandbox = await sandboxProcess();
  const folder = await mkdtemp(join(tmpdir(), "slipway-scenario-"));
  const workspace = join(folder, "workspace");
  const kubeconfig = await readFile(sandbox.kubeconfig, "utf8");
  const api = connect(readKubeconfig(kubeconfig));
  let runs = 0;
  return {
    sandbox,
    api,
    kubeconfig,
    image: `${sandbox.registry}/library/node:24-slim`,
    async write(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(workspace, path)), { recursive: true });
        await writeFile(join(workspace, path), text);
      }
    },
    async act(action, inputs = {}, step = {}) {
      runs += 1;
      const job = join(folder, `job-${runs}`);
      await mkdir(job, { recursive: true });
      const shared = action === "build-push" ? {} : { app, namespace: app, kubeconfig };
      const deploying = action === "deploy-doks" ? { manifests: "k8s", timeout: "30s" } : {};
      return runBundle({
        ...step,
        action,
        inputs: { ...shared, ...deploying, ...inputs },
        folder: job,
        workspace,
        env: { DIGITALOCEAN_API_URL: sandbox.digitaloceanApiUrl, GITHUB_RUN_ID: String(1000 + runs), ...step.env },
      });
    },
    async get(group, plural, name) {
      try {
        return await api.request<KubernetesObject>({
          method: "GET",
          path: `/${group}/namespaces/${app}/${plural}/${name}`,
        });
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      }
    },
    history: () => releaseStore(api, { app, namespace: app }).history(),
    async close() {
      api.close();
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The manifests of a small app: a namespace, and whatever else is given. */
export function manifests(...more: readonly string[]): string {
  return ["apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n", ...more].join("---\n");
}

/** A ConfigMap with one line of data. */
export function configMap(name: string, data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;
}

export interface DeploymentText {
  readonly name?: string;
  readonly image: string;
  /** What Node runs: a server on HOST:PORT, unless said otherwise. */
  readonly script?: string;
  readonly replicas?: number;
  /** Further lines of the container, indented by ten. */
  readonly container?: string;
  /** Further lines of the pod's spec, indented by six. */
  readonly pod?: string;
  /** Further lines of the spec, indented by two. */
  readonly spec?: string;
}

const server = `require("http").createServer((q, s) => s.end("ok")).listen(8080, process.env.HOST)`;

/** A Deployment whose pods run a line of JavaScript. */
export function deployment({
  name = "web",
  image,
  script = server,
  replicas = 1,
  container = "",
  pod = "",
  spec = "",
}: DeploymentText): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
${spec}  template:
    metadata: { labels: { app: ${name} } }
    spec:
${pod}      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: ${image}
          args: [node, -e, ${JSON.stringify(script)}]
          env:
            - { name: HOST, valueFrom: { fieldRef: { fieldPath: status.podIP } } }
${container}`;
}
