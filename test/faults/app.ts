import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const example = join(import.meta.dirname, "../../examples/backstage/k8s/digitalocean");

/** What every version has besides the example: kinds that have to be there before others, and hooks. */
const always = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: features.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: features, singular: feature, kind: Feature }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: { spec: { type: object, properties: { enabled: { type: boolean } } } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: reader, namespace: backstage }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: backstage }
rules: [{ apiGroups: [""], resources: [configmaps], verbs: [get] }]
---
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  namespace: backstage
  annotations: { slipway.dev/hook: "pre-deploy, pre-rollback" }
spec:
  backoffLimit: 0
  template: { spec: { restartPolicy: Never, containers: [{ name: migrate, image: "migrate:1" }] } }
---
apiVersion: batch/v1
kind: Job
metadata:
  name: announce
  namespace: backstage
  annotations: { slipway.dev/hook: post-deploy }
spec:
  backoffLimit: 0
  template: { spec: { restartPolicy: Never, containers: [{ name: announce, image: "announce:1" }] } }
`;

const feature = `apiVersion: example.com/v1
kind: Feature
metadata: { name: search, namespace: backstage }
spec: { enabled: true }
`;

/** What comes with the second version and goes with the third. */
const worker = `apiVersion: v1
kind: ConfigMap
metadata: { name: worker, namespace: backstage }
data: { queue: mail }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
  namespace: backstage
  annotations: { slipway.dev/depends-on: Deployment/backstage-server }
spec:
  replicas: 1
  selector: { matchLabels: { app: worker } }
  template:
    metadata: { labels: { app: worker } }
    spec:
      containers:
        - name: worker
          image: worker:1
          envFrom: [{ configMapRef: { name: worker } }]
          readinessProbe: { tcpSocket: { port: 8080 } }
---
apiVersion: v1
kind: Service
metadata: { name: worker, namespace: backstage }
spec: { selector: { app: worker }, ports: [{ port: 80 }] }
`;

/**
 * `first`; `second`, with another banner and image and a worker more; `third`, without the worker and the feature; and `broken`, the second
 * with an image that nobody has.
 */
export type Version = "first" | "second" | "third" | "broken";

/** Writes one workspace for each version of the app below `folder`: the manifests of the example, and some more. */
export async function writeWorkspaces(folder: string): Promise<Readonly<Record<Version, string>>> {
  const paths = {
    first: join(folder, "first"),
    second: join(folder, "second"),
    third: join(folder, "third"),
    broken: join(folder, "broken"),
  };
  await write(paths.first, { "08-kinds.yaml": always, "09-feature.yaml": feature }, (text) => text);
  await write(paths.second, { "08-kinds.yaml": always, "09-feature.yaml": feature, "10-worker.yaml": worker }, second);
  await write(paths.third, { "08-kinds.yaml": always }, second);
  await write(paths.broken, { "08-kinds.yaml": always, "09-feature.yaml": feature }, broken);
  return paths;
}

function second(text: string): string {
  return text
    .replace("Welcome to Backstage", "Welcome back")
    .replace("image: backstage-server", "image: backstage-server:2");
}

function broken(text: string): string {
  return second(text).replace("backstage-server:2", "backstage-server:missing");
}

async function write(
  workspace: string,
  more: Readonly<Record<string, string>>,
  edit: (text: string) => string,
): Promise<void> {
  const folder = join(workspace, "k8s");
  await mkdir(workspace, { recursive: true });
  await cp(example, folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const text = await readFile(path, "utf8");
    // As few pods as show all there is to see: each costs every case its time.
    await writeFile(path, edit(text.replace(/replicas: \d/, "replicas: 2")));
  }
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder, name), text);
}
