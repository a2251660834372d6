import { afterEach, describe, expect, it } from "@jest/globals";
import type { Pod } from "../kinds.ts";
import type { Fate } from "../testing/fake-node.ts";
import { at } from "../testing/manifests.ts";
import { startTestCluster } from "../testing/test-cluster.ts";
import type { TestCluster } from "../testing/test-cluster.ts";
import type { Job } from "./kind.ts";

const path = `${at.jobs}/job`;
let cluster: TestCluster;
afterEach(() => cluster.stop());

async function run(spec: Partial<Job["spec"]>, fate: (pod: Pod) => Fate = () => "succeeded"): Promise<void> {
  cluster = await startTestCluster({ fate });
  const template = { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "web:1" }] } };
  await cluster.create(at.jobs, { metadata: { name: "job" }, spec: { template, ...spec } });
}

async function ended(): Promise<string | undefined> {
  const job = await cluster.until<Job>(path, (found) => isOver(found));
  const [last] = job?.status?.conditions?.slice(-1) ?? [];
  return `${last?.type ?? ""} ${last?.reason ?? ""}`;
}

function isOver(job: Job | undefined): boolean {
  return (job?.status?.conditions ?? []).some(({ type }) => type === "Complete" || type === "Failed");
}

describe("the Job controller", () => {
  it("runs as many pods at once as it may, until as many as wanted have succeeded", async () => {
    await run({ completions: 5, parallelism: 2 });
    expect(await ended()).toBe("Complete CompletionsReached");
    const job = await cluster.get<Job>(path);
    expect(job.status).toMatchObject({ succeeded: 5, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    const pods = await cluster.list<Pod>(at.pods);
    expect(pods).toHaveLength(5);
    expect(pods.flatMap(({ metadata }) => metadata.finalizers ?? [])).toEqual([]);
  });

  it("fails at once where no failure is allowed, and ends the pods that still run", async () => {
    let bad: string | undefined;
    const fate = ({ metadata: { name } }: Pod): Fate => ((bad ??= name) === name ? "failed" : "ready");
    await run({ completions: 3, parallelism: 3, backoffLimit: 0 }, fate);
    expect(await ended()).toBe("Failed BackoffLimitExceeded");
    const job = await cluster.get<Job>(path);
    expect(job.status?.active).toBeUndefined();
  });

  it("fails when it takes too long", async () => {
    await run({ activeDeadlineSeconds: 1 }, () => "ready");
    expect(await ended()).toBe("Failed DeadlineExceeded");
  });

  it("does not run while it is suspended", async () => {
    await run({ suspend: true });
    const job = await cluster.until<Job>(path, (found) => found?.status?.conditions !== undefined);
    expect(job?.status?.conditions?.[0]).toMatchObject({ type: "Suspended", status: "True", reason: "JobSuspended" });
    expect(await cluster.list(at.pods)).toEqual([]);
    await cluster.patch(path, { spec: { suspend: false } });
    expect(await ended()).toBe("Complete CompletionsReached");
  });

  it("goes with its pods, though they were not counted", async () => {
    await run({}, () => "ready");
    await cluster.until<Job>(path, (found) => found?.status?.ready === 1);
    await cluster.delete(path, { propagationPolicy: "Foreground" });
    await cluster.until(path, (found) => found === undefined);
    expect(await cluster.list(at.pods)).toEqual([]);
  });

  it("goes by itself where it may stay no longer", async () => {
    await run({ ttlSecondsAfterFinished: 0 });
    await cluster.until(path, (found) => found === undefined);
  });
});
