import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { release } from "../../test/build/objects.ts";
import { fastClock } from "../../test/fast-clock.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { RunContext } from "../runner/runner.ts";
import { refuseToOvertake, withRelease } from "./session.ts";
import { releaseStore } from "./store.ts";

let server: TestApiServer;
beforeEach(async () => {
  server = await testApiServer();
});
afterEach(() => server.close());

function context(rest: Partial<RunContext> = {}): RunContext {
  const empty = { sha: "", ref: "", refName: "", refType: "", baseRef: "", eventName: "", workflow: "", serverUrl: "" };
  return { ...empty, actor: "ann", repository: "acme/shop", runId: "105", runAttempt: "1", payload: {}, ...rest };
}

describe("withRelease()", () => {
  it("says which release a killed run left behind, and that nobody knows what became of it", async () => {
    const store = releaseStore(server.ports.api, { app: "shop", namespace: "default" });
    const run = "https://github.com/acme/shop/actions/runs/102";
    for (const each of [release(1), release(2, { outcome: "pending", run })])
      await store.create({ summary: each, objects: [] });
    const told: string[] = [];
    const ports = { ...server.ports, log: { ...server.ports.log, notice: (text: string) => void told.push(text) } };
    const options = { app: "shop", namespace: "default", context: context(), timeoutMs: 0 };
    const seen = await withRelease(ports, options, ({ history }) => Promise.resolve(history));
    expect(told).toEqual([expect.stringMatching(/^r2 was never finished: its run .*runs\/102\) was killed/)]);
    expect(seen.map(({ outcome }) => outcome)).toEqual(["succeeded", "unknown"]);
    expect(await store.history()).toEqual(seen);
  });
});

describe("withRelease() without its lock any more", () => {
  it("ends the writes that are still under way: another run may be writing by now", async () => {
    const { api } = server.ports;
    const stuck: KubernetesApi = {
      ...api,
      request: (request) =>
        request.method === "PATCH"
          ? new Promise((_, reject) => request.signal?.addEventListener("abort", () => reject(new Error("ended"))))
          : api.request(request),
    };
    const options = { app: "shop", namespace: "default", context: context(), timeoutMs: 0 };
    const lease = "/apis/coordination.k8s.io/v1/namespaces/default/leases/slipway.shop";
    const work = withRelease({ ...server.ports, api: stuck, clock: fastClock(200) }, options, async ({ ports }) => {
      const body = { spec: { holderIdentity: "somebody else" } };
      const contentType = "application/merge-patch+json";
      await server.other.request({ method: "PATCH", path: lease, contentType, body });
      await ports.api.request({ method: "PATCH", path: "/api/v1/namespaces/default/configmaps/a", body: {} });
    });
    await expect(work).rejects.toThrow("ended");
  });
});

describe("refuseToOvertake()", () => {
  const newest = release(4, { runId: "104" });

  it.each<[string, Partial<RunContext>]>([
    ["a newer run", { runId: "105" }],
    ["the same run, in a later job", { runId: "104" }],
    ["an older run that is run again", { runId: "103", runAttempt: "2" }],
    ["a run of another repository, whose numbers mean nothing here", { runId: "103", repository: "acme/other" }],
    ["a person at a terminal", { runId: "", runAttempt: "" }],
  ])("lets %s deploy", (_who, rest) => {
    expect(() => refuseToOvertake([release(1), newest], context(rest))).not.toThrow();
  });

  it("refuses a run that is older than one which found the release in place", () => {
    const confirmed = release(4, { runId: "104", confirmedBy: "106" });
    expect(() => refuseToOvertake([confirmed], context({ runId: "105" }))).toThrow("got run 105, and that was 106");
  });

  it("refuses an older run, and says how to insist", () => {
    expect(() => refuseToOvertake([release(1), newest], context({ runId: "103" }))).toThrow(
      "Cannot deploy shop because a newer workflow run has deployed r4 since: got run 103, and that was 104",
    );
  });
});
