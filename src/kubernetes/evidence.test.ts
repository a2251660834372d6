import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startSandbox } from "../../sandbox/sandbox.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import { systemClock } from "../runner/clock.ts";
import { readKubeconfig } from "./access.ts";
import { connect } from "./client.ts";
import type { KubernetesClient } from "./client.ts";
import { discover } from "./discovery.ts";
import type { Discovery } from "./discovery.ts";
import { collectEvidence, describeEvidence, lastWords } from "./evidence.ts";
import type { Evidence } from "./evidence.ts";
import type { KubernetesObject } from "./object.ts";
import { watchRollout } from "./rollout.ts";

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
