import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { testApiServer } from "../../test/api-server.ts";
import type { TestApiServer } from "../../test/api-server.ts";
import { release } from "../../test/build/objects.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { RunContext } from "../runner/runner.ts";
import type { ReleaseSummary } from "./record/record.ts";
import { refuseToOvertake, withRelease } from "./session.ts";
import { releaseStore } from "./record/store.ts";

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
    const options = { app: "shop", namespace: "default", context: context(), budget: { ms: 0, untilMs: 0 } };
    const { history, remarks } = await withRelease(ports, options, (session) => Promise.resolve(session));
    expect(remarks).toEqual([
      expect.stringMatching(/^r2 was never finished: its run of ann \(.*runs\/102\) was killed/),
    ]);
    expect(told).toEqual(remarks);
    expect(history.map(({ outcome }) => outcome)).toEqual(["succeeded", "unknown"]);
    expect(await store.history()).toEqual(history);
  });

  it("goes on where what a killed run has left of a record cannot be removed", async () => {
    const name = "slipway.shop.r1.0123456789abcdef.1";
    const body = { metadata: { name, labels: { "slipway.dev/record": "shop" } } };
    await server.other.request({ method: "POST", path: "/api/v1/namespaces/default/secrets", body });
    const { api } = server.ports;
    const refusing: KubernetesApi = {
      ...api,
      request: (request) =>
        request.method === "DELETE"
          ? Promise.reject(new ApiError(403, undefined, { text: "no" }))
          : api.request(request),
    };
    const told: string[] = [];
    const log = { ...server.ports.log, warning: (text: string) => void told.push(text) };
    const options = { app: "shop", namespace: "default", context: context(), budget: { ms: 0, untilMs: 0 } };
    const work = withRelease({ ...server.ports, log, api: refusing }, options, ({ history }) =>
      Promise.resolve(history),
    );
    expect(await work).toEqual([]);
    expect(told).toEqual([`${name} could not be removed: the server answered 403: no`]);
  });

  it("names damaged records, leaves them as they are, and goes on", async () => {
    const store = releaseStore(server.ports.api, { app: "shop", namespace: "default" });
    for (const revision of [1, 2]) await store.create({ summary: release(revision), objects: [] });
    const path = "/api/v1/namespaces/default/secrets/slipway.shop.r2";
    const contentType = "application/merge-patch+json";
    const body = { metadata: { annotations: { "slipway.dev/release": "{" } } };
    await server.other.request({ method: "PATCH", path, contentType, body });
    const options = { app: "shop", namespace: "default", context: context(), budget: { ms: 0, untilMs: 0 } };
    const { history, remarks } = await withRelease(server.ports, options, (session) => Promise.resolve(session));
    expect(remarks).toEqual([
      expect.stringMatching(
        /^The release record slipway\.shop\.r2 is damaged, because its summary is no JSON object: got \{\. .*"kubectl delete secret slipway\.shop\.r2 -n default" ends this warning\.$/,
      ),
    ]);
    expect(history.map(({ revision, outcome }) => [revision, outcome])).toEqual([
      [1, "succeeded"],
      [2, "unknown"],
    ]);
    expect((await server.other.request<KubernetesObject>({ method: "GET", path })).metadata.annotations).toEqual({
      "slipway.dev/release": "{",
    });
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
    const options = { app: "shop", namespace: "default", context: context(), budget: { ms: 0, untilMs: 0 } };
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
  const newest = release(4, { runId: "104", runAttempt: 2 });
  const check = (history: ReleaseSummary[], rest: Partial<RunContext>, revisionAtStart = 4) => {
    return () => refuseToOvertake({ history, revisionAtStart }, context(rest));
  };

  it.each<[string, Partial<RunContext>]>([
    ["a newer run", { runId: "105" }],
    ["the same run, in a later job", { runId: "104", runAttempt: "2" }],
    ["an older run that is run again", { runId: "103", runAttempt: "2" }],
    ["a run of another repository, whose numbers mean nothing here", { runId: "103", repository: "acme/other" }],
    ["a person at a terminal", { runId: "", runAttempt: "" }],
  ])("lets %s deploy", (_who, rest) => {
    expect(check([release(1), newest], rest)).not.toThrow();
  });

  it("refuses an older run, and says how to insist", () => {
    expect(check([release(1), newest], { runId: "103" })).toThrow(
      "Cannot deploy shop because a newer workflow run has deployed r4 since: got run 103, and that was 104, attempt 2",
    );
  });

  it("refuses a run that is older than one which found the release in place", () => {
    const confirmed = release(4, { runId: "104", confirmedBy: "106" });
    expect(check([confirmed], { runId: "105" })).toThrow("got run 105, and that was 106");
  });

  it("refuses an older run also where an older one still was run again, which was the last to deploy", () => {
    const again = release(5, { runId: "102", runAttempt: 2 });
    expect(check([newest, again], { runId: "103" })).toThrow("deployed r4 since: got run 103");
    expect(check([newest, again], { runId: "105" })).not.toThrow();
  });

  it("refuses the attempt of a run that was started again and has deployed since: its runner was lost, not dead", () => {
    expect(check([newest], { runId: "104", runAttempt: "1" })).toThrow("got run 104, and that was 104, attempt 2");
  });

  it("refuses an older run that was run again before the newer one deployed: that is not what was decided on", () => {
    expect(check([release(3), newest], { runId: "103", runAttempt: "2" }, 3)).toThrow(
      "has deployed r4 since: got run 103, attempt 2, and that was 104, attempt 2",
    );
  });
});
