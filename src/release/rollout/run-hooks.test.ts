import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { losingAnswers, testApiServer } from "../../../test/api-server.ts";
import type { TestApiServer } from "../../../test/api-server.ts";
import { object } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { jobOfHook, stemOf } from "./hooks.ts";
import type { PlannedHook } from "../plan/plan-hooks.ts";
import { holdBack, removeOldJobs, startHooks } from "./run-hooks.ts";
import type { HookRelease } from "./run-hooks.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
  await server.other.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "shop" } } });
});
afterEach(() => server.close());

const jobs = "/apis/batch/v1/namespaces/shop/jobs";
const template = { spec: { restartPolicy: "Never", containers: [{ name: "app", image: "shop/app:v1" }] } };

function hook(name = "migrate", annotations: Record<string, string> = {}): KubernetesObject {
  const it = { ...object("Job", name, { spec: { template } }), apiVersion: "batch/v1" };
  it.metadata.annotations = { "slipway.dev/hook": "pre-deploy", ...annotations };
  return it;
}

function kindOfJob(): PlannedHook["released"]["kind"] {
  const kind = server.ports.discovery.find("batch/v1", "Job");
  if (kind === undefined) throw new Error("no Jobs");
  return kind;
}

function planned(it = hook()): PlannedHook {
  return { released: { object: it, kind: kindOfJob() }, moment: "pre", isNew: true, job: "", warnings: [] };
}

const releaseOf = (revision: number): HookRelease => {
  return { app: "shop", revision, startedMs: 0, deadlineMs: performance.now() + 60_000 };
};

async function names(): Promise<string[]> {
  const { items } = await server.other.request<{ items: KubernetesObject[] }>({ method: "GET", path: jobs });
  return items.map(({ metadata }) => metadata.name).sort();
}

/** As the controller does when a Job has ended. */
async function end(name: string, type: "Complete" | "Failed"): Promise<void> {
  const time = "2026-01-02T03:04:05Z";
  const before = type === "Complete" ? "SuccessCriteriaMet" : "FailureTarget";
  const conditions = [before, type].map((each) => ({
    type: each,
    status: "True",
    lastTransitionTime: time,
    reason: "Test",
  }));
  const done = type === "Complete" ? { completionTime: time, succeeded: 1 } : { failed: 1 };
  await server.other.request({
    method: "PATCH",
    path: `${jobs}/${name}/status`,
    contentType: "application/merge-patch+json",
    body: { status: { startTime: time, conditions, ...done } },
  });
}

describe("startHooks()", () => {
  it("makes one Job, also where the answer to its creation is lost", async () => {
    const ports = { ...server.ports, api: losingAnswers(server.ports.api) };
    const [target] = await startHooks(ports, [planned()], releaseOf(7));
    expect(target?.object.metadata.name).toBe("migrate-r7");
    expect(await names()).toEqual(["migrate-r7"]);
  });

  it("takes no Job for its own that an app of a lost history has left", async () => {
    await startHooks(server.ports, [planned()], releaseOf(1));
    await end("migrate-r1", "Complete");
    const [target] = await startHooks(server.ports, [planned()], releaseOf(1));
    expect(target?.object.metadata.name).toMatch(/^migrate-r1-[0-9a-f]{4}$/);
    expect(await names()).toHaveLength(2);
  });
});

describe("removeOldJobs()", () => {
  it("keeps of each hook the newest Job, the newest that failed, and what still runs", async () => {
    for (const revision of [1, 2, 3, 4, 5]) await startFinished(revision);
    await server.other.request({
      method: "POST",
      path: jobs,
      body: { ...hook("by-hand"), metadata: { name: "by-hand" } },
    });
    await removeOldJobs(server.ports, { app: "shop", kind: kindOfJob(), namespaces: ["shop"] });
    expect(await names()).toEqual(["by-hand", "migrate-r3", "migrate-r5"]);
    await removeOldJobs(server.ports, { app: "other", kind: kindOfJob(), namespaces: ["shop"] });
    expect(await names()).toHaveLength(3);
  });

  async function startFinished(revision: number): Promise<void> {
    await startHooks(server.ports, [planned()], releaseOf(revision));
    await end(`migrate-r${revision}`, revision === 2 || revision === 3 ? "Failed" : "Complete");
  }
});

describe("holdBack()", () => {
  it("suspends a Job that has not begun, and leaves one that runs", async () => {
    for (const revision of [1, 2]) {
      const [target] = await startHooks(server.ports, [planned(hook(`job-${revision}`))], releaseOf(revision));
      if (target === undefined) throw new Error("no Job");
      const status = { active: 1, ready: revision - 1 };
      await holdBack(server.ports, { ...target, object: { ...target.object, status } });
      const live = await server.other.request<KubernetesObject>({
        method: "GET",
        path: `${jobs}/job-${revision}-r${revision}`,
      });
      expect(live.spec).toMatchObject({ suspend: revision === 1 });
    }
  });
});

describe("jobOfHook()", () => {
  const made = (it: KubernetesObject): KubernetesObject =>
    jobOfHook(it, { app: "shop", revision: 123_456_789, run: "x" });

  it("gives names that Jobs may have, and different ones for different hooks", () => {
    const long = "m".repeat(60);
    for (const name of ["a", "m".repeat(52), long, `${"m".repeat(42)}.-${"x".repeat(20)}`]) {
      expect(made(hook(name)).metadata.name).toMatch(/^(?=.{1,63}$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?-r123456789$/);
    }
    expect(stemOf(hook(`${long}a`))).not.toBe(stemOf(hook(`${long}b`)));
  });

  it("lets Kubernetes end what has a timeout of its own, unless the manifest says when", () => {
    expect(made(hook("a", { "slipway.dev/timeout": "90s" })).spec).toMatchObject({ activeDeadlineSeconds: 90 });
    const own = hook("a", { "slipway.dev/timeout": "90s" });
    own.spec = { template, activeDeadlineSeconds: 5 };
    expect(made(own).spec).toMatchObject({ activeDeadlineSeconds: 5 });
    expect(made(hook()).spec).not.toHaveProperty("activeDeadlineSeconds");
  });
});
