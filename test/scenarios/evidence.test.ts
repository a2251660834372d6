import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { worldName } from "../outside.ts";
import { deployment, statefulSet } from "./manifest-text.ts";
import type { DeploymentText } from "./manifest-text.ts";
import { errorsOf, openWorld } from "./world.ts";
import type { World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const web = (text: Partial<DeploymentText> = {}): string => deployment({ image: world.image, ...text });
const inContainer = (text: string): string => `          ${text}\n`;
const inPod = (text: string): string => `      ${text}\n`;
const quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: few }\nspec: { hard: { pods: 1 } }\n";

interface Case {
  readonly objects: () => readonly string[];
  /** The annotation: the very field, the cause, and what to change. */
  readonly error: RegExp;
  /** What the log shows of the proof. */
  readonly proof: RegExp;
}

describe("deploy-doks names the cause of a failure within seconds, and shows the proof", () => {
  it.concurrent.each<[string, Case]>([
    [
      "a program that takes more memory than it may",
      {
        objects: () => [
          web({
            script: "const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))",
            container: inContainer("resources: { limits: { memory: 96Mi } }"),
          }),
        ],
        error: /^k8s\/app.yaml:23 Deployment\/web: container app ran out of memory \(its limit is 96Mi\)\nRaise/,
        proof: /exit code 137 \(out of memory\)/,
      },
    ],
    [
      "a command that is not in the image",
      {
        objects: () => [web({ container: inContainer("command: [/no/such/file]") })],
        error:
          /^k8s\/app.yaml:23 .*container app cannot start: its command \/no\/such\/file is not in the image\nCheck/,
        proof: /\/no\/such\/file: no such file or directory/,
      },
    ],
    [
      "an init container that fails",
      {
        objects: () => [
          web({
            pod: inPod(`initContainers: [{ name: first, image: ${world.image}, args: [node, -e, process.exit(3)] }]`),
          }),
        ],
        error: /^k8s\/app.yaml:16 .*container first ends with exit code 3, 2 times so far/,
        proof: /container first .*ended with exit code 3/,
      },
    ],
    [
      "a volume whose ConfigMap does not exist",
      {
        objects: () => [
          web({
            pod: inPod("volumes: [{ name: v, configMap: { name: nope } }]"),
            container: inContainer("volumeMounts: [{ name: v, mountPath: /v }]"),
          }),
        ],
        error: /^k8s\/app.yaml:16 .*the ConfigMap nope does not exist, and the volume v needs it\nAdd it/,
        proof: /! Pod\/web-\S+ FailedMount/,
      },
    ],
    [
      "a claim that does not exist",
      {
        objects: () => [web({ pod: inPod("volumes: [{ name: v, persistentVolumeClaim: { claimName: nope } }]") })],
        error: /^k8s\/app.yaml:16 .*the PersistentVolumeClaim nope does not exist/,
        proof: /persistentvolumeclaim "nope" not found/,
      },
    ],
    [
      "a ServiceAccount that does not exist",
      {
        objects: () => [web({ pod: inPod("serviceAccountName: nope") })],
        error: /^k8s\/app.yaml:16 .*the ServiceAccount nope does not exist\nAdd it/,
        proof: /! ReplicaSet\/web-\S+ FailedCreate/,
      },
    ],
    [
      "a quota that is used up, of a kind that says so in events only",
      {
        objects: () => [quota, statefulSet({ image: world.image, replicas: 2 })],
        error: /StatefulSet\/web: the quota few is used up \(pods: 1 of 1 in use, and a pod asks for 1\)\nRaise/,
        proof: /! StatefulSet\/web FailedCreate/,
      },
    ],
    [
      "a liveness probe that kills what runs",
      {
        objects: () => [
          web({
            container:
              inContainer("readinessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 30 }") +
              inContainer("livenessProbe: { tcpSocket: { port: 99 }, periodSeconds: 1, failureThreshold: 1 }"),
          }),
        ],
        error: /^k8s\/app.yaml:24 .*its liveness probe fails: .*connection refused\nCheck path and port/,
        proof: /Unhealthy.*: Liveness probe failed/,
      },
    ],
  ])("%s", async (name, { objects, error, proof }) => {
    const app = world.app(
      name
        .replaceAll(/[^a-z]+/gi, "-")
        .toLowerCase()
        .slice(0, 40),
    );
    const run = await app.deploy(objects(), { "on-failure": "leave", timeout: "2m" });
    expect(run.outputs).toMatchObject({ outcome: "failed" });
    expect(errorsOf(run)).toEqual([expect.stringMatching(error)]);
    expect(run.stdout).toMatch(proof);
    expect(run.durationMs).toBeLessThan(45_000);
  });
});

describe("deploy-doks shows what a program wrote", () => {
  it.concurrent(
    "in this run and the one before, at most a screen of it in the log and all of it in the report",
    async () => {
      const app = world.app("wordy");
      const script =
        'console.log("run of " + Date.now()); for (let n = 1; n <= 30; n++) console.log("line " + n); process.exit(7)';
      const run = await app.deploy([web({ script })], { "on-failure": "leave" });
      const log = run.stdout.slice(run.stdout.indexOf("::error"));
      expect(log.split("\n").length).toBeLessThan(40);
      expect(log).toContain("Last lines of web-");
      expect(log).toContain("line 30");
      expect(log).not.toContain("line 3\n");
      const path = /All of the proof is in the report: (.*)$/m.exec(run.stdout)?.[1] ?? "";
      expect(path).toBe(run.outputs.report);
      const report = await readFile(path, "utf8");
      // A real node keeps only the last run of a container that is in back-off.
      expect(report.match(/run of \d+/g)).toHaveLength(worldName === "node" ? 1 : 2);
      expect(run.summary).toContain("line 3\n");
    },
  );

  it.concurrent("without the values of the release's Secrets, and without anything that a runner obeys", async () => {
    const app = world.app("sly");
    const secret =
      "apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\nstringData: { password: hunter2-hunter2 }\n";
    const lines = [
      '"connecting with " + process.env.password',
      '"::set-output name=outcome::succeeded"',
      '"##[error]forged"',
      '"\\u001b[31mred"',
    ];
    const script = `${lines.map((line) => `console.error(${line});`).join(" ")} process.exit(1)`;
    const container = inContainer("envFrom: [{ secretRef: { name: keys } }]");
    const run = await app.deploy([secret, web({ script, container })], { "on-failure": "leave" });
    expect(run.outputs).toMatchObject({ outcome: "failed" });
    expect(run.stdout).toContain("connecting with ***");
    expect(run.stdout + run.summary).not.toContain("hunter2");
    expect(run.stdout).not.toMatch(/^::set-output|##\[error\]forged|\u001b/m);
  });
});
