import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { conditionOf } from "../src/kubernetes/readiness/objects.ts";
import type { ContainerStatus, Event, Pod } from "../src/kubernetes/readiness/objects.ts";
import { deployment, statefulSet } from "../test/scenarios/manifest-text.ts";

/** Where the images come from. */
export interface Images {
  /** Runs Node. */
  readonly image: string;
  /** Of a registry that has no others. */
  readonly absent: string;
  /** Given to nobody without credentials. */
  readonly locked: string;
}

/** A release that cannot come up. */
export interface FailureCase {
  readonly name: string;
  readonly objects: (images: Images) => readonly string[];
  /** Whether this is the word of Kubernetes after which nothing but a change will help. */
  readonly isFinal: (seen: KubernetesObject) => boolean;
}

const waits =
  (...reasons: readonly string[]) =>
  (seen: KubernetesObject): boolean =>
    statusesOf(seen).some(({ state }) => reasons.includes(state?.waiting?.reason ?? ""));

/** It has ended twice: the kubelet starts it again after the first time, at once. */
function hasEndedTwice(seen: KubernetesObject): boolean {
  return statusesOf(seen).some(
    ({ state, restartCount = 0 }) => restartCount > 0 && (state?.terminated ?? state?.waiting) !== undefined,
  );
}

function statusesOf(seen: KubernetesObject): readonly ContainerStatus[] {
  if (seen.kind !== "Pod") return [];
  const { status } = seen as Pod;
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

const warns =
  (reason: string) =>
  (seen: KubernetesObject): boolean =>
    seen.kind === "Event" && (seen as Event).reason === reason;

const holds =
  (type: string, status: string, reason?: string) =>
  (seen: KubernetesObject): boolean => {
    const condition = conditionOf(seen, type);
    return condition?.status === status && (reason === undefined || condition.reason === reason);
  };

const quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: few }\nspec: { hard: { pods: 1 } }\n";
const inContainer = (text: string) => `          ${text}\n`;
const inPod = (text: string) => `      ${text}\n`;
const missing = "valueFrom: { configMapKeyRef: { name: settings, key: moode } }";

const job = (image: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations: { slipway.dev/hook: pre-deploy }
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{ name: migrate, image: ${image}, args: [node, -e, process.exit(3)] }]
`;

/** The failures of the scenarios, and further ones that a node tells in other ways. */
export const failureCases: readonly FailureCase[] = [
  {
    name: "image is not in its registry",
    objects: ({ absent }) => [deployment({ image: absent })],
    isFinal: waits("ErrImagePull", "ImagePullBackOff"),
  },
  {
    name: "image is private",
    objects: ({ locked }) => [deployment({ image: locked })],
    isFinal: waits("ErrImagePull", "ImagePullBackOff"),
  },
  {
    name: "image is never pulled",
    objects: ({ absent }) => [deployment({ image: absent, container: inContainer("imagePullPolicy: Never") })],
    isFinal: waits("ErrImageNeverPull"),
  },
  {
    name: "program ends at once",
    objects: ({ image }) => [deployment({ image, script: 'throw new Error("no database")' })],
    isFinal: hasEndedTwice,
  },
  {
    name: "command does not exist",
    objects: ({ image }) => [deployment({ image, container: inContainer("command: [/no/such/file]") })],
    isFinal: (seen) =>
      hasEndedTwice(seen) ||
      (waits("RunContainerError", "CrashLoopBackOff")(seen) &&
        statusesOf(seen).some(({ restartCount = 0 }) => restartCount > 0)),
  },
  {
    name: "out of memory",
    objects: ({ image }) => [
      deployment({
        image,
        script: "const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))",
        container: inContainer("resources: { limits: { memory: 96Mi } }"),
      }),
    ],
    isFinal: hasEndedTwice,
  },
  {
    name: "init container fails",
    objects: ({ image }) => [
      deployment({
        image,
        pod: inPod(`initContainers: [{ name: first, image: ${image}, args: [node, -e, process.exit(3)] }]`),
      }),
    ],
    isFinal: hasEndedTwice,
  },
  {
    name: "liveness probe fails",
    objects: ({ image }) => [
      deployment({
        image,
        container:
          inContainer("readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 30 }") +
          inContainer("livenessProbe: { tcpSocket: { port: 99 }, periodSeconds: 1, failureThreshold: 1 }"),
      }),
    ],
    isFinal: hasEndedTwice,
  },
  {
    name: "Secret is missing",
    objects: ({ image }) => [deployment({ image, container: inContainer("envFrom: [{ secretRef: { name: nope } }]") })],
    isFinal: waits("CreateContainerConfigError"),
  },
  {
    name: "key of a ConfigMap is missing",
    objects: ({ image }) => [
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { mode: fast }\n",
      deployment({ image, container: `            - { name: MODE, ${missing} }\n` }),
    ],
    isFinal: waits("CreateContainerConfigError"),
  },
  {
    name: "ConfigMap of a volume is missing",
    objects: ({ image }) => [
      deployment({
        image,
        pod: inPod("volumes: [{ name: v, configMap: { name: nope } }]"),
        container: inContainer("volumeMounts: [{ name: v, mountPath: /v }]"),
      }),
    ],
    isFinal: warns("FailedMount"),
  },
  {
    name: "claim is missing",
    objects: ({ image }) => [
      deployment({ image, pod: inPod("volumes: [{ name: v, persistentVolumeClaim: { claimName: nope } }]") }),
    ],
    // A scheduler sees it first; the sandbox leaves it to the node.
    isFinal: (seen) => holds("PodScheduled", "False")(seen) || warns("FailedMount")(seen),
  },
  {
    name: "quota is used up",
    objects: ({ image }) => [quota, deployment({ image, replicas: 2 })],
    isFinal: holds("ReplicaFailure", "True"),
  },
  {
    name: "quota is used up, StatefulSet",
    objects: ({ image }) => [quota, statefulSet({ image, replicas: 2 })],
    isFinal: warns("FailedCreate"),
  },
  {
    name: "ServiceAccount is missing",
    objects: ({ image }) => [deployment({ image, pod: inPod("serviceAccountName: nope") })],
    isFinal: holds("ReplicaFailure", "True"),
  },
  {
    name: "no progress in time",
    objects: ({ image }) => [
      deployment({
        image,
        spec: "  progressDeadlineSeconds: 3\n",
        container: inContainer("readinessProbe: { tcpSocket: { port: 99 }, periodSeconds: 1 }"),
      }),
    ],
    isFinal: holds("Progressing", "False", "ProgressDeadlineExceeded"),
  },
  {
    name: "hook fails",
    objects: ({ image }) => [job(image)],
    isFinal: (seen) => holds("Failed", "True")(seen) || holds("FailureTarget", "True")(seen),
  },
];
