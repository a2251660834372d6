/** Manifests as a user would write them. */

/** A namespace and what is in it, as one file: the first object after the namespace begins at line 6. */
export function manifests(...more: readonly string[]): string {
  return inNamespace("shop", more);
}

/** The same for an app of another name. */
export function inNamespace(name: string, objects: readonly string[]): string {
  return [`apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`, ...objects].join("---\n");
}

/** A ConfigMap with one line of data. */
export function configMap(name: string, data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  ${data}\n`;
}

/** A Service that leads to the pods of the Deployment of that name. */
export function service(name: string, nodePort?: number): string {
  const port = nodePort === undefined ? "" : `, nodePort: ${nodePort}`;
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ${nodePort === undefined ? "ClusterIP" : "NodePort"}
  selector: { app: ${name} }
  ports: [{ port: 8080${port} }]
`;
}

/** An Ingress for the Service of that name. */
export function ingress(name: string, host: string): string {
  const backend = `{ service: { name: ${name}, port: { number: 8080 } } }`;
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
spec:
  rules: [{ host: ${host}, http: { paths: [{ path: /, pathType: Prefix, backend: ${backend} }] } }]
`;
}

/** An autoscaler for the Deployment of that name. */
export function autoscaler(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }
  minReplicas: 1
  maxReplicas: 5
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 80 } } }]
`;
}

/** Volumes that come about once a pod uses them. */
export const storageClass = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: on-demand }
provisioner: storage.test
volumeBindingMode: WaitForFirstConsumer
`;

/** A claim for a volume of that class, which no pod uses. */
export function volumeClaim(name: string): string {
  return `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
spec:
  storageClassName: on-demand
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 1Gi } }
`;
}

export interface DeploymentText {
  readonly name?: string;
  readonly image: string;
  /** What Node runs: a server on HOST:8080, unless said otherwise. */
  readonly script?: string;
  readonly replicas?: number;
  /** Further lines of the container, indented by ten. */
  readonly container?: string;
  /** Further lines of the pod's spec, indented by six. */
  readonly pod?: string;
  /** Further lines of the spec, indented by two. */
  readonly spec?: string;
}

/** A program that answers every request with what a JavaScript expression gives. */
export function answering(expression: string): string {
  return `require("http").createServer((q, s) => s.end(String(${expression}))).listen(8080, process.env.HOST)`;
}

/** Without it nobody knows that a pod is well, and every rollout has to be watched for a while longer. */
const answers = "          readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 }\n";

/** A Deployment whose pods run a line of JavaScript. */
export function deployment({
  name = "web",
  image,
  script = answering('"ok"'),
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
${container}${container.includes("readinessProbe") ? "" : answers}`;
}

/** A StatefulSet whose pods run a line of JavaScript, one after the other. */
export function statefulSet(text: DeploymentText): string {
  const spec = `  serviceName: ${text.name ?? "web"}\n${text.spec ?? ""}`;
  return deployment({ ...text, spec }).replace("kind: Deployment", "kind: StatefulSet");
}

export interface JobText {
  readonly name: string;
  readonly image: string;
  readonly script: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Further lines of the container, indented by ten. */
  readonly container?: string;
  /** Further lines of the spec, indented by two. */
  readonly spec?: string;
}

/** A Job whose pod runs a line of JavaScript once. */
export function job({ name, image, script, annotations = {}, container = "", spec = "" }: JobText): string {
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
  annotations: ${JSON.stringify(annotations)}
spec:
${spec}  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers:
        - name: app
          image: ${image}
          args: [node, -e, ${JSON.stringify(script)}]
${container}`;
}
