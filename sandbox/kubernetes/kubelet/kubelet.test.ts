import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startRegistry } from "../../registry/server.ts";
import { systemErrorCode } from "../system-error.ts";
import type { Container, Pod, PodSpec } from "./pod.ts";
import { eventually } from "./testing/eventually.ts";
import { putImage } from "./testing/test-image.ts";
import { hostVariable, isReady, startTestNode } from "./testing/test-node.ts";
import type { TestNode } from "./testing/test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await startTestNode({ backOffMs: 600 });
});

afterAll(async () => {
  await node.stop();
  expect(existsSync(node.rootDir)).toBe(false);
});

/** A pod of one container that runs a script; nothing restarts it. */
function script(source: string, container: Partial<Container> = {}, spec: Partial<PodSpec> = {}): PodSpec {
  const main = { name: "main", image: node.image, command: ["node", "-e", source], ...container };
  return { restartPolicy: "Never", terminationGracePeriodSeconds: 2, containers: [main], ...spec };
}

const isOver = (pod: Pod): boolean => pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
const terminated = (pod: Pod) => pod.status?.containerStatuses?.[0]?.state.terminated;

async function run(name: string, spec: PodSpec): Promise<{ pod: Pod; log: string }> {
  await node.createPod(name, spec);
  const pod = await node.until(name, isOver);
  return { pod, log: await node.log(name) };
}

const create = (path: string, body: object) =>
  node.api.request({ method: "POST", path: `/api/v1/namespaces/ns/${path}`, body });

describe("a pod", () => {
  it.concurrent(
    "gives its process a clean environment, its place in the image, and an address of its own",
    async () => {
      const show = "console.log(JSON.stringify({ env: process.env, cwd: process.cwd(), argv: process.argv.slice(1) }))";
      const container = {
        env: [hostVariable, { name: "FILE", value: "/app/web.js" }],
        args: ["--", "$(HOST)", "/app/web.js"],
      };
      const { pod, log } = await run("clean", script(show, container, { enableServiceLinks: false }));
      const seen = JSON.parse(log) as { env: Record<string, string>; cwd: string; argv: string[] };
      const root = seen.cwd.replace(/\/app$/, "");
      expect(seen.env).toEqual({
        HOME: root,
        TMPDIR: `${root}/tmp`,
        PATH: `${root}/usr/local/bin:${root}/bin`,
        HOSTNAME: "clean",
        HOST: pod.status?.podIP,
        FILE: `${root}/app/web.js`,
        SLIPWAY_CONTAINER: expect.any(String),
      });
      expect(seen.argv).toEqual([pod.status?.podIP, `${root}/app/web.js`]);
      expect(pod.status?.podIP).toMatch(/^127\.\d+\.\d+\.\d+$/);
    },
  );

  it.concurrent("listens on the same port as its neighbour, each at its own address", async () => {
    const container = {
      name: "main",
      image: node.image,
      env: [hostVariable],
      readinessProbe: { httpGet: { port: 8080, path: "/app/web.js" } },
    };
    const names = ["twin-1", "twin-2"];
    await Promise.all(
      names.map((name) => node.createPod(name, { terminationGracePeriodSeconds: 1, containers: [container] })),
    );
    const pods = await Promise.all(names.map((name) => node.until(name, isReady)));
    const answers = await Promise.all(
      pods.map(async ({ status }) => (await fetch(`http://${status?.podIP ?? ""}:8080/`)).text()),
    );
    expect(answers).toEqual(pods.map(({ status }) => `${status?.podIP ?? ""} /`));
    await Promise.all(names.map((name) => node.deletePod(name)));
    await Promise.all(
      names.map((name) => eventually(`the end of ${name}`, async () => ((await node.pod(name)) ? undefined : true))),
    );
  });

  it.concurrent("sees ConfigMaps as files", async () => {
    await create("configmaps", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings" },
      data: { level: "1" },
    });
    const read = `console.log(require("node:fs").readFileSync(process.argv[1], "utf8"))`;
    await node.createPod(
      "settings",
      script(
        read,
        { args: ["/config/level"], volumeMounts: [{ name: "v", mountPath: "/config" }] },
        {
          volumes: [{ name: "v", configMap: { name: "settings" } }],
        },
      ),
    );
    expect((await node.until("settings", isOver)).status?.phase).toBe("Succeeded");
    expect(await node.log("settings")).toBe("1\n");
  });

  it.concurrent("runs its init containers first, one after the other, with the volumes they share", async () => {
    const append = (text: string): string[] => [
      "node",
      "-e",
      `require("fs").appendFileSync(process.argv[1], "${text} ")`,
      "/data/f",
    ];
    const volumeMounts = [{ name: "v", mountPath: "/data" }];
    const init = (name: string): Container => ({ name, image: node.image, command: append(name), volumeMounts });
    const { log } = await run(
      "ordered",
      script(
        'console.log(require("fs").readFileSync("/data/f".replace("/data", process.argv[1]), "utf8"))',
        { args: ["/data"], volumeMounts },
        {
          initContainers: [init("first"), init("second")],
          volumes: [{ name: "v", emptyDir: {} }],
        },
      ),
    );
    expect(log).toBe("first second \n");
  });

  it.concurrent("is asked to end by its preStop hook, then SIGTERM, then not asked any more", async () => {
    const container = {
      name: "main",
      image: node.image,
      env: [hostVariable],
      lifecycle: { preStop: { exec: { command: ["node", "-e", "setTimeout(() => {}, 1000)"] } } },
      readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
    };
    await node.createPod("stubborn", { terminationGracePeriodSeconds: 3, containers: [container] });
    await node.until("stubborn", isReady);
    const began = Date.now();
    await node.deletePod("stubborn");
    await eventually("SIGTERM", async () => ((await node.log("stubborn")).includes("SIGTERM") ? true : undefined));
    expect(Date.now() - began).toBeGreaterThan(900);
    await eventually("the end", async () => ((await node.pod("stubborn")) ? undefined : true));
    expect(Date.now() - began).toBeGreaterThan(2_900);
  });

  it.concurrent("goes at once when it is told to, even from a long pull of breath", async () => {
    await node.createPod(
      "patient",
      script("process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6)", {}, { terminationGracePeriodSeconds: 600 }),
    );
    await node.until("patient", (pod) => pod.status?.phase === "Running");
    await node.deletePod("patient");
    const body = { kind: "DeleteOptions", apiVersion: "v1", gracePeriodSeconds: 0 };
    await node.api.request({ method: "DELETE", path: "/api/v1/namespaces/ns/pods/patient", body });
    await eventually("the end", async () => ((await node.pod("patient")) ? undefined : true));
  });

  it.concurrent("is killed when it takes more memory than its limit", async () => {
    const grow = "const all = []; setInterval(() => all.push(Buffer.alloc(4e6, 1)), 20)";
    const { pod } = await run("greedy", script(grow, { resources: { limits: { memory: "160Mi" } } }));
    expect(terminated(pod)).toMatchObject({ exitCode: 137, reason: "OOMKilled" });
  });

  it.concurrent.each([
    ["exits", "process.exit(3)", 3],
    ["is killed by a signal", "process.kill(process.pid, 'SIGABRT')", 134],
  ])(
    "keeps the exit code of a process that %s, and its last words where it wants them kept",
    async (_name, end, exitCode) => {
      const container = { terminationMessagePolicy: "FallbackToLogsOnError" as const };
      const { pod } = await run(`code-${exitCode}`, script(`console.log("last words"); ${end}`, container));
      expect(terminated(pod)).toMatchObject({
        exitCode,
        reason: "Error",
        message: expect.stringContaining("last words"),
      });
    },
  );

  it.concurrent("leaves nothing running, not even what went into the background", async () => {
    const daemon = `
      const child = require("node:child_process").spawn("sleep", ["60"], { detached: true, stdio: "ignore", env: process.env });
      child.unref(); console.log(child.pid)`;
    const { log } = await run("daemon", script(daemon.replace('"sleep"', JSON.stringify("/bin/sleep"))));
    await eventually("the end of the daemon", () => (existsSync(`/proc/${log.trim()}/exe`) ? undefined : true));
  });

  it.concurrent("pulls from a closed registry with the pull secret, token by token", async () => {
    const credentials = [{ username: "robot", password: "secret", readWrite: false }];
    const registry = await startRegistry({ credentials });
    const config = { Cmd: ["node", "-p", "'in'"] };
    await putImage(registry, { repository: "app", tag: "1", files: { "usr/local/bin/node": "" }, config });
    const auths = { [registry.address]: { auth: Buffer.from("robot:secret").toString("base64") } };
    const data = { ".dockerconfigjson": Buffer.from(JSON.stringify({ auths })).toString("base64") };
    await create("secrets", {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "pull" },
      type: "kubernetes.io/dockerconfigjson",
      data,
    });
    const main = { name: "main", image: `${registry.address}/app:1` };
    const { log } = await run("closed", {
      restartPolicy: "Never",
      imagePullSecrets: [{ name: "pull" }],
      containers: [main],
    });
    await registry.close();
    expect(log).toBe("in\n");
  });
});

describe("the log of a container", () => {
  it.concurrent("can be followed, cut, and asked for the attempt before", async () => {
    const end = "() => console.log('three') ?? process.exit(1)";
    const source = `console.log("one\\ntwo"); require("node:http").createServer(${end}).listen(8080, process.env.HOST)`;
    const { status } = await node
      .createPod("talker", script(source, { env: [hostVariable] }, { restartPolicy: "OnFailure" }))
      .then(() => node.until("talker", (pod) => pod.status?.podIP !== undefined));
    await eventually("a first line", async () => ((await node.log("talker")).includes("two") ? true : undefined));
    expect(await node.log("talker", "?tailLines=1")).toBe("two\n");
    expect(await node.log("talker", "?limitBytes=5")).toBe("one\nt");
    expect(await node.log("talker", "?timestamps=true&tailLines=1")).toMatch(/^\d{4}-.*Z two\n$/);
    expect(await node.log("talker", "?previous=true")).toBe(
      'previous terminated container "main" in pod "talker" not found',
    );
    const followed = node.log("talker", "?follow=true");
    await eventually("its end", () =>
      fetch(`http://${status?.podIP ?? ""}:8080/`).then(
        () => undefined,
        (error: unknown) => {
          return systemErrorCode((error as Error).cause) === "ECONNREFUSED" ? undefined : true;
        },
      ),
    );
    expect(await followed).toBe("one\ntwo\nthree\n");
    await eventually("a second attempt", async () => {
      return (await node.log("talker", "?previous=true")) === "one\ntwo\nthree\n" ? true : undefined;
    });
  });

  it.concurrent("says why there is none", async () => {
    await node.createPod("absent", {
      containers: [{ name: "main", image: "docker.io/library/none:1", imagePullPolicy: "Never" }],
    });
    await node.until(
      "absent",
      ({ status }) => status?.containerStatuses?.[0]?.state.waiting?.reason === "ErrImageNeverPull",
    );
    expect(await node.log("absent")).toBe('container "main" in pod "absent" is waiting to start: ErrImageNeverPull');
    expect(await node.log("nobody")).toBe("pod does not exist");
  });
});

it("the node says that it is there and ready, and goes on saying so", async () => {
  const found = await node.api.request<Pod>({ method: "GET", path: "/api/v1/nodes/node1" });
  expect(found.status).toMatchObject({
    capacity: { cpu: "4", memory: "8Gi", pods: "110" },
    conditions: expect.arrayContaining([
      expect.objectContaining({ type: "Ready", status: "True", reason: "KubeletReady" }),
    ]),
  });
  const lease = await node.api.request({
    method: "GET",
    path: "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node1",
  });
  expect(lease).toMatchObject({ spec: { holderIdentity: "node1", leaseDurationSeconds: 40 } });
});
