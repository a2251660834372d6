import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "@jest/globals";
import { connect as connectTo } from "../src/kubernetes/client.ts";
import { readKubeconfig } from "../src/kubernetes/access.ts";
import { sandboxProcess } from "../test/sandbox-process.ts";
import type { SandboxProcess } from "../test/sandbox-process.ts";

const program = fileURLToPath(new URL("main.ts", import.meta.url));
const closers: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function sandbox(): Promise<SandboxProcess> {
  const started = await sandboxProcess();
  closers.push(() => started.stop());
  return started;
}

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ["--no-warnings", program, ...args]);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, "exit")) as [number];
  return { code, stdout: await stdout, stderr: await stderr };
}

async function clusterOf({ kubeconfig }: Pick<SandboxProcess, "kubeconfig">) {
  const api = connectTo(readKubeconfig(await readFile(kubeconfig, "utf8")), {});
  closers.push(() => api.close());
  return api;
}

/** A Deployment of one pod that answers with its own name, and a NodePort in front of it. */
async function deployEcho(started: SandboxProcess, nodePort: number): Promise<void> {
  const api = await clusterOf(started);
  const script =
    'require("node:http").createServer((_, answer) => answer.end(process.env.HOSTNAME)).listen(8080, process.env.HOST)';
  const container = {
    name: "echo",
    image: `${started.registry}/library/node:24-slim`,
    command: ["node", "-e", script],
    env: [{ name: "HOST", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
    ports: [{ containerPort: 8080 }],
    readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 },
  };
  const labels = { app: "echo" };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  const metadata = { name: "echo" };
  await api.request({
    method: "POST",
    path: "/apis/apps/v1/namespaces/default/deployments",
    body: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata,
      spec: { selector: { matchLabels: labels }, template },
    },
  });
  const ports = [{ port: 80, targetPort: 8080, nodePort }];
  await api.request({
    method: "POST",
    path: "/api/v1/namespaces/default/services",
    body: { apiVersion: "v1", kind: "Service", metadata, spec: { type: "NodePort", selector: labels, ports } },
  });
}

async function textFrom(url: string): Promise<string> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await fetch(url)
      .then((answer) => answer.text())
      .catch(() => undefined);
    if (found !== undefined || Date.now() > deadline) return found ?? "nothing";
    await sleep(50);
  }
}

/** Waits until nothing answers there any more, and says whether that came to be. */
async function isGone(url: string): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const answered = await fetch(url)
      .then(() => true)
      .catch(() => false);
    if (!answered) return true;
    await sleep(50);
  }
  return false;
}

describe("npm run sandbox", () => {
  it("runs what is deployed to it, side by side with another sandbox that has the same NodePort", async () => {
    const [first, second] = await Promise.all([sandbox(), sandbox()]);
    await Promise.all([deployEcho(first, 30_080), deployEcho(second, 30_080)]);
    const [one, other] = await Promise.all(
      [first, second].map((each) => textFrom(`http://${each.nodeAddress}:30080/`)),
    );
    expect([one, other]).toEqual([expect.stringMatching(/^echo-/), expect.stringMatching(/^echo-/)]);
    expect(one).not.toBe(other);
  });

  it("leaves no process and no file behind when it is asked to stop, and ends with 0", async () => {
    const started = await sandbox();
    expect(statSync(started.kubeconfig).mode & 0o777).toBe(0o600);
    await deployEcho(started, 30_081);
    const url = `http://${started.nodeAddress}:30081/`;
    expect(await textFrom(url)).toMatch(/^echo-/);
    const api = await clusterOf(started);
    const pods = await api.request<{ items: { status: { podIP: string } }[] }>({ method: "GET", path: "/api/v1/pods" });
    const pod = `http://${pods.items[0]?.status.podIP ?? ""}:8080/`;
    expect(await textFrom(pod)).toMatch(/^echo-/);
    await started.stop();
    expect([started.process.exitCode, started.process.signalCode]).toEqual([0, null]);
    expect(await isGone(pod)).toBe(true);
    expect(existsSync(dirname(started.kubeconfig))).toBe(false);
  });

  it("leaves no process and no file behind when it is killed", async () => {
    const started = await sandbox();
    await deployEcho(started, 30_082);
    expect(await textFrom(`http://${started.nodeAddress}:30082/`)).toMatch(/^echo-/);
    const api = await clusterOf(started);
    const pods = await api.request<{ items: { status: { podIP: string } }[] }>({ method: "GET", path: "/api/v1/pods" });
    started.process.kill("SIGKILL");
    expect(await isGone(`http://${pods.items[0]?.status.podIP ?? ""}:8080/`)).toBe(true);
    const deadline = Date.now() + 5000;
    while (existsSync(dirname(started.kubeconfig)) && Date.now() < deadline) await sleep(20);
    expect(existsSync(dirname(started.kubeconfig))).toBe(false);
  });

  it("stops when the process that started it ends, however that ends", async () => {
    const script = `
      const { sandboxProcess } = await import(${JSON.stringify(new URL("../test/sandbox-process.ts", import.meta.url).href)});
      const { digitaloceanApiUrl, kubeconfig } = await sandboxProcess();
      console.log(JSON.stringify({ digitaloceanApiUrl, kubeconfig }));`;
    const parent = spawn(process.execPath, ["--no-warnings", "--input-type=module", "--eval", script]);
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const { digitaloceanApiUrl, kubeconfig } = JSON.parse(line.toString()) as {
      digitaloceanApiUrl: string;
      kubeconfig: string;
    };
    expect((await fetch(digitaloceanApiUrl)).status).toBe(401);
    parent.kill("SIGKILL");
    expect(await isGone(digitaloceanApiUrl)).toBe(true);
    const deadline = Date.now() + 5000;
    while (existsSync(kubeconfig) && Date.now() < deadline) await sleep(20);
    expect(existsSync(kubeconfig)).toBe(false);
  });

  it("stops when npm is ended, which tells its shell alone", async () => {
    const command = `"${process.execPath}" --no-warnings "${program}" --node-address 127.9.9.8; true`;
    const shell = spawn("sh", ["-c", command], { env: { ...process.env, npm_lifecycle_event: "sandbox" } });
    const [lines] = (await once(shell.stdout, "data")) as [Buffer];
    const url = /^DIGITALOCEAN_API_URL=(.*)$/m.exec(lines.toString())?.[1] ?? "";
    expect((await fetch(url)).status).toBe(401);
    shell.kill("SIGTERM");
    expect(await isGone(url)).toBe(true);
  });

  it("is reached the way a user's cluster and registry are, with credentials of the DigitalOcean API", async () => {
    const started = await sandbox();
    const headers = { authorization: `Bearer ${started.digitaloceanToken}` };
    const get = async (path: string): Promise<unknown> =>
      await (await fetch(started.digitaloceanApiUrl + path, { headers })).json();
    const { kubernetes_clusters: clusters } = (await get("/v2/kubernetes/clusters")) as {
      kubernetes_clusters: { id: string; name: string }[];
    };
    expect(clusters).toMatchObject([{ name: "sandbox" }]);
    const credentials = (await get(
      `/v2/kubernetes/clusters/${clusters[0]?.id ?? ""}/credentials?expiry_seconds=60`,
    )) as Record<string, string>;
    const ca = Buffer.from(credentials.certificate_authority_data ?? "", "base64").toString();
    const api = connectTo({ server: credentials.server ?? "", ca, token: credentials.token ?? "" }, {});
    closers.push(() => api.close());
    expect(await api.request({ method: "GET", path: "/api/v1/nodes" })).toMatchObject({
      items: [{ metadata: { name: "sandbox" } }],
    });
    const login = (await get("/v2/registries/sandbox/docker-credentials?expiry_seconds=60")) as {
      auths: Record<string, { auth: string }>;
    };
    const answer = await fetch(`http://${started.registry}/v2/`, {
      headers: { authorization: `Basic ${login.auths[started.registry]?.auth ?? ""}` },
    });
    expect(answer.status).toBe(200);
  });

  it("fails as its parent tells it to", async () => {
    const started = await sandbox();
    const api = await clusterOf(started);
    await started.addFault({ service: "digitalocean", fault: { status: 503 } });
    await started.addFault({ service: "kubernetes", path: "/version", fault: { status: 418 } });
    expect((await fetch(started.digitaloceanApiUrl)).status).toBe(503);
    expect((await fetch(started.digitaloceanApiUrl)).status).toBe(401);
    await expect(api.request({ method: "GET", path: "/version" })).rejects.toMatchObject({ status: 418 });
    await started.addFault({ service: "registry", times: 9, fault: { reset: true } });
    await expect(fetch(`http://${started.registry}/v2/`)).rejects.toThrow("fetch failed");
    await started.clearFaults();
    expect((await fetch(`http://${started.registry}/v2/`)).status).toBe(401);
    expect(await started.registryCounts()).toEqual({ "GET version 401": 1 });
  });

  it("counts the requests of its clients, and none of its own", async () => {
    const started = await sandbox();
    const api = await clusterOf(started);
    await started.addFault({ service: "kubernetes", path: "/version", fault: { status: 418 } });
    await expect(api.request({ method: "GET", path: "/version" })).rejects.toMatchObject({ status: 418 });
    await api.request({ method: "GET", path: "/version" });
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: "counted" } };
    await api.request({ method: "POST", path: "/api/v1/namespaces", body });
    await fetch(`http://${started.registry}/v2/`);
    expect(await started.requestCounts()).toEqual({ "kubernetes GET": 2, "kubernetes POST": 1, "registry GET": 1 });
  });

  it("says on standard output only what a shell can eval, and everything else beside it", async () => {
    const child = spawn(process.execPath, ["--no-warnings", program, "--node-address", "127.9.9.9"]);
    closers.push(() => void child.kill("SIGKILL"));
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const deadline = Date.now() + 15_000;
    while (!err.includes("Ctrl-C") && Date.now() < deadline) await sleep(20);
    child.kill("SIGINT");
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(out.replace(/=.*/g, "=")).toBe(
      "KUBECONFIG=\nREGISTRY=\nDIGITALOCEAN_API_URL=\nDIGITALOCEAN_ACCESS_TOKEN=\nGITHUB_API_URL=\nGITHUB_TOKEN=\n",
    );
    expect(out).not.toMatch(/["'$`\\ ]/);
    expect(err).toContain("its NodePorts on 127.9.9.9");
  });

  it("says what it can do, and in one sentence what is wrong with an option", async () => {
    expect(await run("--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("--node-address ADDRESS") });
    for (const option of ["--address", "--node-address"]) {
      const refused = await run(option, "0.0.0.0");
      expect([refused.code, refused.stdout]).toEqual([1, ""]);
      expect(refused.stderr).toMatch(/^Cannot listen beyond loopback .*: got "0\.0\.0\.0"\n.*127\.0\.0\.1\.\n$/);
    }
    expect((await run("--verbose")).stderr).toMatch(/^Unknown option '--verbose'/);
  });
});
