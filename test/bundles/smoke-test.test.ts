import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../../sandbox/certificates.ts";
import { startApiServer } from "../../sandbox/kubernetes/api/server.ts";
import type { ApiServer } from "../../sandbox/kubernetes/api/server.ts";
import { releaseStore } from "../../src/release/record/store.ts";
import type { ReleaseStore } from "../../src/release/record/store.ts";
import { runBundle } from "../action-process.ts";
import type { ActionStep, MainRun } from "../action-process.ts";
import { release } from "../build/objects.ts";
import { answer, hostileServer } from "../hostile-server.ts";
import type { Behaviour, HostileServer } from "../hostile-server.ts";

const sha = "5a1f7c3e9b2d4f6a8c0e1b3d5f7a9c2e4b6d8f01";

let folder: string;
const servers: HostileServer[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "slipway-smoke-test-"));
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await rm(folder, { recursive: true });
});

async function serve(behaviour: Behaviour, tls?: Parameters<typeof hostileServer>[1]): Promise<HostileServer> {
  const server = await hostileServer(behaviour, tls);
  servers.push(server);
  return server;
}

function smokeTest(inputs: Readonly<Record<string, string>>, step: Partial<ActionStep> = {}): Promise<MainRun> {
  return runBundle({
    action: "smoke-test",
    inputs: { checks: "- path: /health", timeout: "20s", ...inputs },
    folder,
    ...step,
  });
}

/** The errors that GitHub shows, one text each. */
function errorsOf(run: MainRun): string[] {
  return run.annotations.filter(({ level }) => level === "error").map(({ message }) => message);
}

const healthy: Behaviour = (_request, response) => answer(response, 200, { status: "healthy", version: sha });

describe("smoke-test", () => {
  it("passes where every check passes, and says so everywhere", async () => {
    const server = await serve(healthy);
    const checks = [
      "- { path: /health, expect: { json: { $.status: healthy }, latency: 5s }, consecutive: 2 }",
      `- { name: version, path: /v, version: { json: $.version, equals: ${sha}, connections: 3 } }`,
    ].join("\n");
    const run = await smokeTest({ url: server.url, checks });
    const { report = "", junit = "", summary = "", ...outputs } = run.outputs;
    expect(outputs).toEqual({ outcome: "succeeded", passed: "2", failed: "0" });
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toBe("");
    expect(run.stdout).toMatch(/^passed {2}\/health \([\d.]+ m?s, 2 tries\)$/m);
    expect(run.stdout).toMatch(/^passed {2}version \([\d.]+ m?s, the expected version on 3 of 3 connections\)$/m);
    expect(run.summary).toMatch(/^## ✅ Smoke test of 127.0.0.1:\d+: succeeded in /);
    expect(JSON.parse(await readFile(summary, "utf8"))).toMatchObject({
      outcome: "succeeded",
      passed: 2,
      failed: 0,
      verified: false,
    });
    expect(await readFile(report, "utf8")).toMatch(/^<!doctype html>/);
    expect(await readFile(junit, "utf8")).toContain('tests="2" failures="0"');
    for (const path of [report, junit, summary]) {
      expect(path.startsWith(join(folder, "temp"))).toBe(true);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
    expect(server.requests).toHaveLength(5);
  });

  it("fails with one annotation for each check that failed, once its time is up", async () => {
    const server = await serve(({ url }, response) =>
      answer(response, url === "/good" ? 200 : 503, { error: "no database" }),
    );
    const closed = await serve(() => undefined);
    await closed.close();
    servers.pop();
    const checks = `- path: /good\n- { path: /bad }\n- { name: gone, path: "${closed.url}/x", retry: false }`;
    const run = await smokeTest({ url: server.url, checks, timeout: "1s" });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ outcome: "failed", passed: "1", failed: "2" });
    const [bad = "", gone = "", ...others] = errorsOf(run);
    expect(others).toEqual([]);
    expect(bad).toMatch(
      /^\/bad: the status is not 2xx: got 503 {"error":"no database"}\nGET http:.*\/bad \([\d.]+ m?s, \d tries\)$/,
    );
    expect(gone).toMatch(
      /^gone: there was no answer because nothing listens there \(connection refused\)\nGET .*\nCheck the address/,
    );
    expect(run.stdout).toContain("waiting for /bad: the status is not 2xx");
    expect(run.summary).toMatch(/^## ❌ Smoke test of 127.0.0.1:\d+: failed in /);
    expect(run.durationMs).toBeLessThan(3_500);
  });

  it("waits as long as a service asks for, and until it is good for long enough", async () => {
    const times: number[] = [];
    const server = await serve(({ index }, response) => {
      times.push(performance.now());
      if (index === 0) answer(response, 503, {}, { "retry-after": "1" });
      else answer(response, index === 2 ? 500 : 200, {});
    });
    const run = await smokeTest({ url: server.url, checks: "- { path: /, consecutive: 3 }" });
    expect(run).toMatchObject({ exitCode: 0, outputs: { passed: "1" } });
    expect(times).toHaveLength(6);
    const [first = 0, second = 0] = times;
    expect(second - first).toBeGreaterThanOrEqual(990);
  });

  it("tells which share of the connections the released version answers, while the old one still does", async () => {
    const server = await serve(({ index }, response) =>
      answer(response, 200, { version: index % 2 === 0 ? "new" : "old" }),
    );
    const checks = "- { name: v, path: /, retry: false, version: { json: $.version, equals: new } }";
    const run = await smokeTest({ url: server.url, checks });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(/^v: not every connection reached version new: got 5 of 10, the others old\n/),
    ]);
    expect(server.connections()).toBe(10);
  });

  it("believes no other check before the released version is all that answers", async () => {
    let versions = 0;
    const server = await serve(({ url }, response) => {
      // The old version, which is good, answers ten more connections.
      if (url === "/v") versions += 1;
      const isNew = versions > 10;
      answer(response, url === "/posts" && isNew ? 500 : 200, { version: isNew ? "new" : "old" });
    });
    const checks = [
      "- { name: posts, path: /posts, retry: false }",
      "- { name: v, path: /v, version: { json: $.version, equals: new } }",
    ].join("\n");
    const run = await smokeTest({ url: server.url, checks });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/^posts: the status is not 2xx: got 500/)]);
    expect(run.outputs).toMatchObject({ outcome: "failed", passed: "1", failed: "1" });
  });

  it("keeps its deadline with a service that answers drop by drop", async () => {
    const server = await serve((_request, response) => {
      const drip = setInterval(() => response.write("x"), 50);
      response.on("close", () => clearInterval(drip));
    });
    const run = await smokeTest({
      timeout: "1s",
      url: server.url,
      checks: "- { path: /, version: { header: x, equals: y, connections: 50 } }",
    });
    expect(errorsOf(run)).toEqual([expect.stringContaining("there was no answer because it did not end within 2.0 s")]);
    expect(run.durationMs).toBeLessThan(3_500);
  });

  it("ends at once when the job is cancelled, and leaves no report", async () => {
    const server = await serve((_request, response) => answer(response, 503, {}));
    const controller = new AbortController();
    const onLine = (line: string): void => {
      if (line.startsWith("waiting for")) controller.abort();
    };
    const run = await smokeTest({ url: server.url, timeout: "1m" }, { signal: controller.signal, onLine });
    expect(run).toMatchObject({ exitCode: 1, outputs: { outcome: "cancelled" }, summary: "" });
    expect(run.annotations).toEqual([{ level: "warning", message: "The job was cancelled" }]);
    expect(run.durationMs).toBeLessThan(5_000);
  });

  it("trusts the authorities that NODE_EXTRA_CA_CERTS adds, and reaches a host where resolve says", async () => {
    const { caPem, certPem: cert, keyPem: key } = await makeCertificates(["shop.example.com"]);
    const server = await serve(healthy, { cert, key });
    const { port } = new URL(server.url);
    const inputs = { url: `https://shop.example.com:${port}`, resolve: `shop.example.com:${port}:127.0.0.1` };
    const ca = join(folder, "ca.pem");
    await writeFile(ca, caPem);
    expect(await smokeTest(inputs, { env: { NODE_EXTRA_CA_CERTS: ca } })).toMatchObject({ exitCode: 0 });
    const [error] = errorsOf(await smokeTest({ ...inputs, checks: "- retry: false" }));
    expect(error).toContain("its certificate is not signed by a CA that is trusted here");
  });

  it("tells wrong inputs all at once, and asks nobody", async () => {
    const server = await serve(healthy);
    const run = await smokeTest({
      url: `${server.url}/?a=1`,
      checks: "- pth: /\n- expect: { status: ok }",
      timeout: "soon",
    });
    expect(run).toMatchObject({ exitCode: 1, outputs: { outcome: "failed" }, summary: "" });
    expect(errorsOf(run)).toEqual([
      expect.stringContaining("Input url has more than host and path"),
      expect.stringContaining("Input checks, line 1: the key pth is not known\nDid you mean path?"),
      expect.stringContaining('Input checks, line 2: status is not allowed: got "ok"'),
      expect.stringContaining('Input timeout is not a duration: got "soon"'),
    ]);
    expect(server.requests).toEqual([]);
  });

  it("tells mistakes in a file of checks at their lines", async () => {
    const workspace = join(import.meta.dirname, "../..");
    const missing = await smokeTest({ checks: "test/smoke/none.yaml" }, { workspace });
    expect(errorsOf(missing)).toEqual([
      expect.stringContaining("Cannot read the checks in test/smoke/none.yaml because there is no such file"),
    ]);
    const file = join(folder, "smoke.yaml");
    await writeFile(file, "- path: /\n- metod: GET\n");
    const { annotations } = await smokeTest({ checks: file });
    expect(annotations).toEqual([
      expect.objectContaining({ file, line: 2, message: expect.stringContaining("the key metod is not known") }),
    ]);
  });
});

describe("smoke-test and text that is not ours", () => {
  const forged =
    "##[set-output name=outcome]succeeded\n::set-output name=passed::9\n::error::forged <script>alert(1)</script> \u001b[31m ]]>";

  it("lets no answer start a command, set an output or become HTML, Markdown or XML", async () => {
    const server = await serve((_request, response) => {
      response.writeHead(500, { "content-type": "text/plain", "x-version": "::error::forged" });
      response.end(forged);
    });
    const checks = "- { path: /, retry: false, expect: { headers: { x-version: v1 }, body: fine, json: { $.a: 1 } } }";
    const run = await smokeTest({ url: server.url, checks });
    expect(run.outputs).toMatchObject({ outcome: "failed", passed: "0", failed: "1" });
    expect(run.annotations).toHaveLength(1);
    const { report = "", junit = "", summary = "" } = run.outputs;
    const texts = [
      run.summary,
      await readFile(report, "utf8"),
      await readFile(junit, "utf8"),
      await readFile(summary, "utf8"),
    ];
    for (const text of texts) expect(text).not.toMatch(/##\[|^\s*::|\u001b/m);
    for (const text of texts.slice(1, 3)) expect(text).not.toContain("<script");
  });

  it("shows no credential that a check sends, in whatever form it comes back", async () => {
    const secret = "canary-5ecret/with+odd=characters";
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("hex"),
    ];
    const server = await serve(({ headers }, response) => {
      const body = { error: `${forms.join(" ")} ${headers.authorization ?? ""}` };
      answer(response, 500, body, { "x-echo": secret, "x-error": "y" });
    });
    const header = `Basic ${Buffer.from(`ann:${secret}`).toString("base64")}`;
    const query = new URLSearchParams({ access_token: secret });
    const checks = [
      `- { path: "/?${query.toString()}", retry: false, expect: { body: fine } }`,
      `- { path: /, headers: { X-Api-Key: "${secret}" }, retry: false, expect: { headers: { x-echo: none }, json: { $.error: none } } }`,
      `- { path: /, headers: { Authorization: "${header}" }, retry: false, expect: { json: { $: none } } }`,
      `- { path: /, headers: { Authorization: "Bearer ${secret}" }, expect: { status: 500, headers: { x-error: y } } }`,
    ].join("\n");
    const run = await smokeTest({ url: server.url, checks });
    expect(run.outputs).toMatchObject({ passed: "1", failed: "3" });
    const { report = "", junit = "", summary = "" } = run.outputs;
    const files = await Promise.all([report, junit, summary].map((path) => readFile(path, "utf8")));
    const everything = [run.stdout, run.stderr, run.summary, ...files, JSON.stringify(run.annotations)].join("\n");
    for (const form of [...forms, header.slice(6)]) expect(everything).not.toContain(form);
    expect(everything).not.toContain("canary");
  });

  it.each([
    "http://169.254.169.254/latest/meta-data",
    "http://[::ffff:a9fe:a9fe]/",
    "http://metadata.google.internal/",
  ])("never asks %s", async (url) => {
    const run = await smokeTest({ checks: `- path: "${url}"` });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/its address leads to a .*, which is never asked/)]);
  });
});

describe("smoke-test of a release", () => {
  const place = { app: "shop", namespace: "default" };
  let api: ApiServer;
  let kubeconfig: string;
  let store: ReleaseStore;
  beforeAll(async () => {
    api = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
    await grant(api, "ci", ["list", "patch"]);
    kubeconfig = kubeconfigOf(api, api.issueToken({ user: "ci" }));
    store = releaseStore(api.inProcess("admin"), place);
    const releases = [
      release(1, { commit: sha }),
      release(2, { outcome: "failed" }),
      release(3, { outcome: "pending" }),
      release(4, { commit: sha }),
    ];
    for (const summary of releases) await store.create({ summary, objects: [] });
  });
  afterAll(() => api.close());

  async function verified(): Promise<number[]> {
    return (await store.history()).flatMap((each) => (each.verified === undefined ? [] : [each.revision]));
  }

  it("marks nothing while a check fails", async () => {
    const server = await serve((_request, response) => answer(response, 500, {}));
    const run = await smokeTest({ ...place, kubeconfig, revision: "4", url: server.url, checks: "- retry: false" });
    expect(run.outputs.outcome).toBe("failed");
    expect(await verified()).toEqual([]);
  });

  it("marks the release verified when its own version has answered on every connection", async () => {
    const server = await serve(healthy);
    const checks = "- { path: /health, version: { json: $.version } }";
    const run = await smokeTest({ ...place, kubeconfig, revision: "4", url: server.url, checks });
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "succeeded", passed: "1" } });
    expect(run.annotations).toEqual([{ level: "notice", message: "shop r4 is verified" }]);
    expect(run.summary).toMatch(
      /^## ✅ Smoke test of shop r4: succeeded in .*\n\n1 of 1 checks passed · r4 is verified\n/,
    );
    expect(JSON.parse(await readFile(run.outputs.summary ?? "", "utf8"))).toMatchObject({
      app: "shop",
      revision: 4,
      verified: true,
    });
    expect(await verified()).toEqual([4]);
  });

  it("warns, and marks nothing, where another release has followed", async () => {
    const server = await serve(healthy);
    const run = await smokeTest({ ...place, kubeconfig, revision: "1", url: server.url });
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: "succeeded" } });
    const message = "shop r1 is not marked verified, because r4 by ann was deployed meanwhile";
    expect(run.annotations).toEqual([{ level: "warning", message }]);
    expect(await verified()).toEqual([4]);
  });

  it.each<[string, Record<string, string>, string]>([
    [
      "a revision that is not there",
      { revision: "9" },
      "Cannot test shop because there is no release r9 in the namespace default: got r1, r2, r3, r4",
    ],
    [
      "another app",
      { app: "shpo", revision: "4" },
      "there is no release r4 in the namespace default: got no release at all",
    ],
    [
      "a release whose deploy failed",
      { revision: "2" },
      "Cannot test shop r2 because its deploy did not succeed: got failed",
    ],
    ["one that is still deployed", { revision: "3" }, "because its deploy did not succeed: got pending"],
    ["no app", { app: "", revision: "4" }, "Cannot tell which release to mark verified: got no app"],
    ["no namespace", { namespace: "", revision: "4" }, "got no namespace"],
    ["a cluster and no revision", {}, "Cannot tell which release to mark verified: got no revision"],
    ["a revision and no cluster", { revision: "4", kubeconfig: "" }, "neither cluster nor kubeconfig was given"],
  ])("tells of %s, and asks nobody", async (_name, inputs, message) => {
    const server = await serve(healthy);
    const run = await smokeTest({ ...place, kubeconfig, url: server.url, ...inputs });
    expect(run).toMatchObject({ exitCode: 1, outputs: { outcome: "failed" } });
    expect(errorsOf(run)).toEqual([expect.stringContaining(message)]);
    expect(server.requests).toEqual([]);
  });

  it("fails, with its reports, where it may not mark the release", async () => {
    await grant(api, "reader", ["list"]);
    const reader = kubeconfigOf(api, api.issueToken({ user: "reader" }));
    const server = await serve(healthy);
    const run = await smokeTest({ ...place, kubeconfig: reader, revision: "4", url: server.url });
    expect(run).toMatchObject({ exitCode: 1, outputs: { outcome: "failed", passed: "1", failed: "0" } });
    expect(errorsOf(run)).toEqual([expect.stringMatching(/secrets .*is forbidden/)]);
    expect(run.summary).toContain("r4 could not be marked verified");
  });
});

function kubeconfigOf({ url, caPem }: ApiServer, token: string): string {
  const cluster = { server: url, "certificate-authority-data": Buffer.from(caPem).toString("base64") };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c", cluster }],
    users: [{ name: "u", user: { token } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
}

/** Lets a user do this much with Secrets, and nothing else. */
async function grant(api: ApiServer, name: string, verbs: readonly string[]): Promise<void> {
  const group = "rbac.authorization.k8s.io";
  const path = `/apis/${group}/v1/namespaces/default`;
  const kind = { apiVersion: `${group}/v1`, metadata: { name } };
  const admin = api.inProcess("admin");
  const role = { ...kind, kind: "Role", rules: [{ apiGroups: [""], resources: ["secrets"], verbs }] };
  await admin.request({ method: "POST", path: `${path}/roles`, body: role });
  const roleRef = { apiGroup: group, kind: "Role", name };
  const binding = { ...kind, kind: "RoleBinding", roleRef, subjects: [{ apiGroup: group, kind: "User", name }] };
  await admin.request({ method: "POST", path: `${path}/rolebindings`, body: binding });
}
