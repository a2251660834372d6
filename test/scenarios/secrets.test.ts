import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ActionStep, MainRun } from "../action-process.ts";
import { testGitHub } from "../github.ts";
import { answering, configMap, deployment, job } from "./manifest-text.ts";
import { openWorld } from "./world.ts";
import type { App, World } from "./world.ts";

let world: World;
let folder: string;
beforeAll(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), "slipway-secrets-"));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** Characters that mean something in JSON, URLs, XML, Markdown, shells and patterns. */
const special = "_*`$&<|>/+\\\"'{}";
const newSecret = (name: string): string => `${name}-${randomBytes(9).toString("hex")}${special}`;

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** What a program may make of a secret. */
const encodings: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (s) => s,
  "in a sentence": (s) => "Error: no access with " + s + ", sorry",
  base64,
  "base64 after one byte": (s) => base64("u" + s),
  "base64 after two bytes": (s) => base64("us" + s),
  base64url: (s) => Buffer.from(s).toString("base64url"),
  "basic authentication": (s) => "Basic " + base64("user:" + s),
  hexadecimal: (s) => Buffer.from(s).toString("hex"),
  "upper-case hexadecimal": (s) => Buffer.from(s).toString("hex").toUpperCase(),
  "percent-encoded": (s) => encodeURIComponent(s),
  JSON: (s) => JSON.stringify({ s }),
  "base64 of JSON": (s) => base64(JSON.stringify({ s })),
};

/** The same as a program of a pod, which prints them on one line: the proof of a failure has the last lines only. */
const printEncodings = `const base64 = ${String(base64)}; const encodings = [${Object.values(encodings).map(String).join(", ")}];
for (const secret of [process.env.TOKEN, process.env.PASSWORD]) console.log(encodings.map((encode) => encode(secret)).join(" and "));`;

/** The longest piece of each encoding that tells the secret, whatever stands around it. */
function tracesOf(secret: string): string[] {
  const random = /-([0-9a-f]{18})/.exec(secret)?.[1] ?? secret.slice(-24);
  const inside = ["", "x", "xx"].map((before) => {
    const text = Buffer.from(before + random).toString("base64");
    return text.slice(before === "" ? 0 : 4, -4);
  });
  const bytes = Buffer.from(random).toString("hex");
  return [
    random,
    ...inside,
    ...inside.map((each) => each.replaceAll("+", "-").replaceAll("/", "_")),
    bytes,
    bytes.toUpperCase(),
  ];
}

/** Secrets by what they are called in a test. */
type Secrets = Readonly<Record<string, string>>;

function leaksIn(text: string, secrets: Secrets): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) =>
    tracesOf(secret).some((trace) => text.includes(trace)) ? [name] : [],
  );
}

/** Texts below a folder, by path. */
async function filesBelow(path: string): Promise<Map<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [file, await readFile(file, "utf8").catch(() => "")] as const);
  return new Map(await Promise.all(texts));
}

/** The arguments of all processes of this machine. */
async function commandLines(): Promise<string> {
  const processes = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const texts = processes.map((process) => readFile(`/proc/${process}/cmdline`, "utf8").catch(() => ""));
  return (await Promise.all(texts)).join("\n");
}

interface Watched {
  readonly run: MainRun;
  /** Where a secret was seen: in what the run left behind, or meanwhile in a file or an argument. */
  readonly leaks: readonly string[];
}

/** Runs an action and looks everywhere for secrets, while it runs and afterwards. */
async function watched(
  secrets: () => Promise<Secrets>,
  act: (step: Partial<ActionStep>) => Promise<MainRun>,
): Promise<Watched> {
  const job = await mkdtemp(join(folder, "job-"));
  const seen = new Map<string, string>();
  const ended = new AbortController();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      for (const [file, text] of await filesBelow(job))
        if (!file.endsWith("summary.md")) seen.set(`${file} ${text.length}`, text);
      seen.set("arguments", `${seen.get("arguments") ?? ""}\n${await commandLines()}`);
      await sleep(200);
    }
  })();
  const run = await act({ folder: job }).finally(() => ended.abort());
  await looking;
  const { stdout, stderr, outputs, state, summary, annotations } = run;
  const left = {
    stdout,
    stderr,
    summary,
    outputs: JSON.stringify([outputs, state]),
    annotations: JSON.stringify(annotations),
  };
  // With what the run was given for a while: credentials of the cluster that were minted for it alone.
  const minted = run.hidden
    .filter((each) => each.length >= 20)
    .map((each, index) => [`hidden ${index}`, each] as const);
  const known = { ...(await secrets()), ...Object.fromEntries(minted) };
  const places = [...seen, ...Object.entries(left), ...(await filesBelow(join(job, "temp")))];
  return { run, leaks: places.flatMap(([place, text]) => leaksIn(text, known).map((name) => `${name} in ${place}`)) };
}

/** The password that was minted for the cluster to pull with. */
async function pullSecretOf(app: App): Promise<string> {
  const secret = await app.get("api/v1", "secrets", "pull");
  const { [".dockerconfigjson"]: config = "" } = secret?.data as Record<string, string>;
  const { auths } = JSON.parse(Buffer.from(config, "base64").toString()) as {
    auths: Record<string, { password: string }>;
  };
  const [minted] = Object.values(auths);
  if (minted === undefined) throw new Error("nothing was minted");
  return minted.password;
}

/** Everything of an app but its Secrets. */
async function objectsOf(app: App): Promise<string> {
  const core = ["configmaps", "events", "pods", "services"].map((plural) => app.list("api/v1", plural));
  const rest = ["deployments", "replicasets"].map((plural) => app.list("apis/apps/v1", plural));
  return JSON.stringify(await Promise.all([...core, ...rest]));
}

const hostile = [
  "x ##[set-output name=image]evil",
  "::set-output name=revision::evil",
  "::error file=k8s/app.yaml,line=1::forged",
  "<script>alert(1)</script> <img src=x onerror=alert(1)>",
  "``` | a | b |\n## Forged heading\n@octocat",
];

describe("secrets", () => {
  it.each(Object.entries(encodings))("are found here when they are shown, %s", (_name, encode) => {
    const secret = newSecret("token");
    expect(leaksIn(`so ${encode(secret)} it is`, { secret })).toEqual(["secret"]);
    expect(leaksIn(`so ${encode(newSecret("other"))} it is`, { secret })).toEqual([]);
  });

  it("stay out of everything that a deploy prints and leaves behind, through success, failure and rollback", async () => {
    const app = world.app("sealed");
    const inputs = { token: newSecret("token"), password: newSecret("password") };
    const digitaloceanToken = world.outside.digitaloceanToken;
    const known = async (): Promise<Secrets> => ({ ...inputs, digitaloceanToken, pull: await pullSecretOf(app) });
    const deploy =
      (script: string, token = inputs.token) =>
      async (step: Partial<ActionStep>): Promise<MainRun> => {
        const web = deployment({
          image: world.image,
          script,
          container: "          envFrom: [{ secretRef: { name: made } }, { secretRef: { name: env } }]\n",
          pod: "      imagePullSecrets: [{ name: pull }]\n",
        });
        const secrets = [
          { name: "made", data: { TOKEN: token } },
          { name: "env", "from-env-file": `PASSWORD=${inputs.password}\n` },
          { name: "pull", registry: "docr" },
        ];
        const doks = { kubeconfig: "", cluster: "sandbox", "digitalocean-token": digitaloceanToken };
        return app.deploy([configMap("a", "k: v"), web], { ...doks, secrets: JSON.stringify(secrets) }, step);
      };
    const serve = `require("http").createServer((q, s) => s.end()).listen(8080, process.env.HOST)`;
    const good = await watched(known, deploy(serve));
    expect(good.run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(good.leaks).toEqual([]);

    const crash = `${printEncodings} throw new Error(process.env.TOKEN)`;
    inputs.token = newSecret("token");
    const bad = await watched(known, deploy(crash, inputs.token));
    expect(bad.run.outputs).toMatchObject({ outcome: "failed", revision: "2" });
    expect(bad.run.stdout).toMatch(/Secret\/made[^\n]*\n +data.TOKEN: changed \(values of Secrets are not shown\)/);
    expect(bad.run.summary).toMatch(/(\*\*\*.*){12}/);
    expect(bad.leaks).toEqual([]);

    const back = await watched(known, (step) => app.act("rollback", { to: "1" }, step));
    expect(back.run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(back.leaks).toEqual([]);
    expect(leaksIn(await objectsOf(app), await known())).toEqual([]);
  });

  it("of a release that is brought back stay out, though no input and no manifest has them any more", async () => {
    const app = world.app("unsealed");
    const old = { token: newSecret("token"), password: newSecret("password") };
    const known = (): Promise<Secrets> => Promise.resolve(old);
    const data = JSON.stringify({ TOKEN: old.token, PASSWORD: old.password });
    const sealed = `apiVersion: v1\nkind: Secret\nmetadata: { name: made }\nstringData: ${data}\n`;
    const readsSecret = "          envFrom: [{ secretRef: { name: made } }]\n";
    const later = "{ name: LATER, valueFrom: { configMapKeyRef: { name: later, key: broken, optional: true } } }";
    const web = (script: string, container = ""): string =>
      deployment({ image: world.image, script, container, spec: "  strategy: { type: Recreate }\n" }).replace(
        "env:\n",
        `env:\n            - ${later}\n`,
      );
    const serve = answering('"ok"');
    const leaky = `if (process.env.LATER) { ${printEncodings} throw new Error(process.env.TOKEN) } ${serve}`;
    const annotations = { "slipway.dev/hook": "pre-rollback" };
    const undo = job({ name: "undo", image: world.image, script: printEncodings, container: readsSecret, annotations });
    const first = await watched(known, (step) => app.deploy([sealed, web(leaky, readsSecret), undo], {}, step));
    expect(first.run.outputs).toMatchObject({ outcome: "succeeded", revision: "1" });
    expect(first.leaks).toEqual([]);
    const outside = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "later" }, data: { broken: "yes" } };
    await world.api.request({ method: "POST", path: "/api/v1/namespaces/unsealed/configmaps", body: outside });

    const kill = new AbortController();
    const onLine = (line: string): void => {
      if (/Deployment\/web: \d of 1/.test(line)) kill.abort();
    };
    const crash = `console.log("no secret here"); throw new Error("crash")`;
    const killed = await app.deploy([web("setTimeout(() => {}, 60000)")], {}, { kill: kill.signal, onLine });
    expect(killed.exitCode).toBe(137);
    const lease = { group: "apis/coordination.k8s.io/v1", plural: "leases", name: "slipway.unsealed" };
    await app.edit(lease, { spec: { holderIdentity: "" } });

    const undone = await watched(known, (step) => app.deploy([web(crash)], {}, step));
    expect(undone.run.outputs).toMatchObject({ outcome: "failed", revision: "3" });
    expect(undone.run.stdout).toMatch(/Job\/undo-r4[^]*(\*\*\*.*){12}[^]*r4 ended as failed[^]*It said: Error: \*\*\*/);
    expect(undone.leaks).toEqual([]);

    const back = await watched(known, (step) => app.act("rollback", { to: "1", timeout: "30s" }, step));
    expect(back.run.outputs).toMatchObject({ outcome: "failed" });
    expect(back.run.summary).toMatch(/(\*\*\*.*){12}/);
    expect(back.run.hidden).toEqual(expect.arrayContaining(Object.values(old)));
    expect(back.leaks).toEqual([]);
  });

  it("of a kubeconfig stay out, whether the cluster takes them or not", async () => {
    const app = world.app("configured");
    const token = /token: "?([^"\s]+)/.exec(world.kubeconfig)?.[1] ?? "";
    const good = await watched(
      () => Promise.resolve({ token }),
      (step) => app.deploy([configMap("a", "k: v")], {}, step),
    );
    expect(good.run.outputs).toMatchObject({ outcome: "succeeded" });
    expect(good.leaks).toEqual([]);

    const wrong = newSecret("wrong").replace(special, "");
    const kubeconfig = world.kubeconfig.replaceAll(token, wrong);
    const bad = await watched(
      () => Promise.resolve({ wrong }),
      (step) => app.deploy([configMap("a", "k: w")], { kubeconfig }, step),
    );
    expect(bad.run.outputs).toMatchObject({ outcome: "failed" });
    expect(bad.leaks).toEqual([]);
  });

  it("of the job's GitHub token stay out, also of what GitHub is told and of what it says", async () => {
    const app = world.app("told");
    const github = await testGitHub();
    try {
      const { token } = github;
      const plan = (step: Partial<ActionStep>): Promise<MainRun> =>
        app.deploy(
          [configMap("a", "k: v")],
          { "github-token": token, environment: "staging" },
          {
            ...step,
            env: { ...step.env, ...github.env, GITHUB_EVENT_NAME: "pull_request" },
            event: { pull_request: { number: 7 } },
          },
        );
      const good = await watched(() => Promise.resolve({ token }), plan);
      expect(good.run.outputs).toMatchObject({ outcome: "succeeded" });
      expect(good.leaks).toEqual([]);
      const comments = await github.comments();
      expect(comments).toHaveLength(1);
      expect(leaksIn(JSON.stringify([comments, await github.deployments()]), { token })).toEqual([]);

      github.fail({ times: Infinity, fault: { status: 403, body: `You are ${token}` } });
      const bad = await watched(() => Promise.resolve({ token }), plan);
      expect(bad.run.annotations).toMatchObject([{ level: "warning" }]);
      expect(bad.leaks).toEqual([]);
    } finally {
      await github.close();
    }
  });
});

/** What a reader of Markdown does not take for code: neither fenced nor between backticks. */
function outsideOfCode(markdown: string): string {
  let fence = "";
  const lines = markdown.split("\n").filter((line) => {
    const mark = /^`{3,}/.exec(line)?.[0] ?? "";
    const inside = fence !== "";
    if (inside && mark.length >= fence.length && line === mark) fence = "";
    else if (!inside) fence = mark;
    return !inside && mark === "";
  });
  return lines.join("\n").replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
}

describe("what pods print", () => {
  it("is shown as text: it sets no output, forges no annotation and becomes no HTML", async () => {
    const app = world.app("hostile");
    const script = `${hostile.map((line) => `console.log(${JSON.stringify(line)});`).join(" ")} process.exit(1)`;
    const run = await app.deploy([deployment({ image: world.image, script })]);
    expect(run.outputs).toMatchObject({ outcome: "failed", revision: "1" });
    expect(Object.keys(run.outputs).sort()).toEqual([
      "app",
      "changed",
      "namespace",
      "outcome",
      "plan",
      "previous-revision",
      "report",
      "revision",
      "url",
    ]);
    expect(run.annotations.map(({ message }) => message).join()).not.toMatch(/forged$/m);
    expect(run.annotations.filter(({ level }) => level === "error")).toHaveLength(1);
    expect(run.summary).toContain("<script>alert(1)</script>");
    const shown = outsideOfCode(run.summary);
    for (const text of ["<script", "<img", "Forged heading", "@octocat"]) expect(shown).not.toContain(text);
  });
});
