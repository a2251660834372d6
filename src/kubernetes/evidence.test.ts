import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { observedWorkloads } from "../../test/observed.ts";
import { systemClock } from "../runner/clock.ts";
import { readKubeconfig } from "./access.ts";
import { connect } from "./client.ts";
import type { KubernetesClient } from "./client.ts";
import { discover } from "./discovery.ts";
import type { Discovery } from "./discovery.ts";
import { collectEvidence, describeEvidence, lastWords } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import { probableCause } from "./evidence/cause.ts";
import { newestEvents } from "./evidence/events.ts";
import type { KubernetesObject } from "./object.ts";
import { readiness } from "./readiness.ts";
import type { Event } from "./readiness.ts";
import { watchRollout } from "./rollout.ts";

describe("the probable cause of what was watched on a real node", () => {
  const causes: Readonly<Record<string, string>> = {
    "image is not in the registry": "the image 127.0.0.1:5001/none/none:1 is not in its registry",
    "image needs credentials":
      "127.0.0.1:5002 refuses to give out the image 127.0.0.1:5002/private/app:1: pulling from host 127.0.0.1:5002 failed with status code [manifests 1]: 401 Unauthorized",
    "image name is invalid": '"UPPER/case::1" is not the name of an image',
    "image is never pulled and absent":
      "the image docker.io/library/absent:1 is not on the node, and its pull policy is Never",
    "crash on start, exit 1": "container main ends with exit code 1, 2 times so far",
    "command does not exist": "container main cannot start: its command /no/such/file is not in the image",
    "out of memory": "container main ran out of memory (its limit is 24Mi)",
    "readiness never passes":
      "no progress within 12 s: container main runs, but its readiness probe does not pass: HTTP probe failed with statuscode: 404",
    "readiness port is closed":
      'no progress within 12 s: container main runs, but its readiness probe does not pass: Get "http://<pod-ip>:9999/": dial tcp <pod-ip>:9999: connect: connection refused',
    "liveness fails and restarts":
      "container main is stopped again and again because its liveness probe fails: HTTP probe failed with statuscode: 404",
    "config map key is missing": "the ConfigMap c has no key b",
    "secret is missing": "the Secret none does not exist",
    "volume config map is missing": "the ConfigMap none does not exist, and the volume v needs it",
    "no node has the cpu":
      "no node has enough cpu free for pod app-rs1-p1 (it asks for cpu: 64): 0/1 nodes are available: 1 Insufficient cpu",
    "node selector matches nothing":
      "no node takes pod app-rs1-p1: 0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector",
    "quota is exceeded": "the quota q is used up: it allows pods=1, pods=1 is in use, and a pod asks for pods=1",
    "service account is missing": "the ServiceAccount none does not exist",
    "init container fails": "container migrate ends with exit code 3, 2 times so far",
    "deadline exceeded on a bad update": "the image 127.0.0.1:5001/none/none:2 is not in its registry",
    "fix arrives while the bad pod still fails": "container main ends with exit code 1, 2 times so far",
    "job fails": "container main ends with exit code 2: job has reached the specified backoff limit",
    "stateful set is stuck after a bad update, also once it is fixed":
      "the image 127.0.0.1:5001/none/none:2 is not in its registry",
  };

  it("is told in one sentence as soon as it is known", async () => {
    const found: Record<string, string> = {};
    for (const { scenario, workload, moments } of await observedWorkloads()) {
      const judged = moments.flatMap((moment) => {
        const object = moment.given.get(workload);
        return object === undefined ? [] : [{ moment, verdict: readiness(object, { ...moment, now: new Date() }) }];
      });
      const last = judged.find(({ verdict }) => verdict.status === "failed") ?? judged.at(-1);
      if (last === undefined || last.verdict.status === "current") continue;
      const { pods, events } = last.moment;
      const newest = pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined).toReversed();
      found[scenario] = probableCause({ verdict: last.verdict, pods: newest, events }).cause;
    }
    expect(found).toEqual(causes);
  });
});

describe("newestEvents()", () => {
  const event = (name: string, message: string, o: Partial<Event> = {}): Event => ({
    apiVersion: "v1",
    kind: "Event",
    metadata: { name },
    type: "Warning",
    reason: "R",
    message,
    involvedObject: { kind: "Pod", name },
    ...o,
  });

  it("tells once what several pods say, with its count", () => {
    const told = newestEvents([
      event("a-1", "Back-off restarting failed container main in pod a-1_ns(0f-1)", { count: 3 }),
      event("a-2", "Back-off restarting failed container main in pod a-2_ns(0f-2)", { series: { count: 2 } }),
    ]);
    expect(told).toEqual([
      {
        object: "Pod/a-2",
        type: "Warning",
        reason: "R",
        message: "Back-off restarting failed container main",
        count: 5,
      },
    ]);
  });

  it("keeps the newest warnings, and other events only where nothing was warned of", () => {
    const warnings = Array.from({ length: 12 }, (_, index) => event("a", `w${index}`));
    const normal = event("a", "n", { type: "Normal" });
    expect(newestEvents([normal, ...warnings]).map(({ message }) => message)).toEqual([
      "w4",
      "w5",
      "w6",
      "w7",
      "w8",
      "w9",
      "w10",
      "w11",
    ]);
    expect(newestEvents([normal]).map(({ message }) => message)).toEqual(["n"]);
  });
});

describe("collectEvidence() on the sandbox", () => {
  let sandbox: Sandbox;
  let api: KubernetesClient;
  let discovery: Discovery;
  beforeAll(async () => {
    sandbox = await startSandbox();
    api = connect(readKubeconfig(await readFile(sandbox.kubeconfig, "utf8")));
    discovery = await discover(api);
  });
  afterAll(async () => {
    api.close();
    await sandbox.stop();
  });

  /** Deploys one container, waits for the verdict, and collects the proof. */
  async function failWith(name: string, container: object): Promise<Evidence> {
    const labels = { app: name };
    const spec = {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: "main", image: sandbox.baseImage, ...container }],
    };
    const object = await api.request<KubernetesObject>({
      method: "POST",
      path: "/apis/apps/v1/namespaces/default/deployments",
      body: {
        metadata: { name },
        spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
      },
    });
    const { signal } = new AbortController();
    const deadlineMs = systemClock.now() + 20_000;
    const rollout = { api, discovery, clock: systemClock, signal, targets: [{ object }], deadlineMs };
    const [result] = await watchRollout(rollout);
    if (result?.verdict.status !== "failed") throw new Error(`${name}: ${result?.verdict.message ?? "no verdict"}`);
    return collectEvidence({ api, object: result.object, verdict: result.verdict });
  }

  it("shows how a container ended and what it said last", async () => {
    // All on one stream: between two, nobody keeps the order.
    const script =
      "console.error('starting'); console.error('Error: no database'); console.error('bye'); process.exit(3)";
    const evidence = await failWith("crash", { command: ["node", "-e", script] });
    expect(evidence.cause).toBe("container main ends with exit code 3, 2 times so far");
    expect(evidence.containers).toMatchObject([{ container: "main", exitCode: 3, restarts: 1, reason: "Error" }]);
    expect(evidence.logs).toMatchObject([{ container: "main", lines: ["starting", "Error: no database", "bye"] }]);
    expect(lastWords(evidence)).toBe("Error: no database");
    const pod = evidence.containers[0]?.pod ?? "";
    expect(describeEvidence(evidence)).toEqual([
      `${pod}, container main (${sandbox.baseImage}): ended with exit code 3, before that ended with exit code 3, 1 restart`,
      "Events:",
      expect.stringMatching(/^ {2}! Pod\/crash-\S+ BackOff.*: Back-off restarting failed container main$/),
      `Last lines of ${pod}, container main:`,
      "  starting",
      "  Error: no database",
      "  bye",
    ]);
  });

  it("says which image is not there, and what to check", async () => {
    const image = `${sandbox.registry}/library/none:1`;
    const evidence = await failWith("image", { image });
    expect(evidence).toMatchObject({
      cause: `the image ${image} is not in its registry`,
      remedy: expect.stringContaining(`pushed to ${sandbox.registry}`),
      logs: [],
    });
    expect(describeEvidence(evidence).join("\n")).toContain(`Failed to pull image "${image}": not found`);
  });
});
