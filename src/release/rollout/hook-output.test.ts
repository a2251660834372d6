import { describe, expect, it } from "@jest/globals";
import { silentLog } from "../../../test/silent-log.ts";
import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { ApiRequest, KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { Pod } from "../../kubernetes/readiness/objects.ts";
import type { Clock } from "../../runner/clock.ts";
import { HookOutput } from "./hook-output.ts";

const job: KubernetesObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: { name: "migrate-r1", namespace: "shop", uid: "j" },
  spec: { selector: { matchLabels: { "batch.kubernetes.io/controller-uid": "j" } } },
};

function pod(state: object, containers = ["app"]): Pod {
  const ownerReferences = [{ apiVersion: "batch/v1", kind: "Job", name: "migrate-r1", uid: "j" }];
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "migrate-r1-x", namespace: "shop", uid: "p", ownerReferences },
    spec: { containers: containers.map((name) => ({ name })) },
    status: { containerStatuses: containers.map((name) => ({ name, state })) },
  };
}

/** Answers each request for a log with the next of these texts: an error ends what was written before it. */
function apiOf(logs: readonly (readonly (string | Error)[])[], pods: readonly Pod[] = []) {
  const requests: ApiRequest[] = [];
  const left = [...logs];
  const api: KubernetesApi = {
    request: <T>(request: ApiRequest) => {
      requests.push(request);
      return Promise.resolve({ items: pods } as T);
    },
    async *stream(request) {
      requests.push(request);
      await Promise.resolve();
      for (const part of left.shift() ?? []) {
        if (part instanceof Error) throw part;
        yield Buffer.from(part);
      }
    },
  };
  return { api, requests };
}

async function shown(
  logs: readonly (readonly (string | Error)[])[],
  { seen = [pod({ running: {} })], listed = [] }: { readonly seen?: Pod[]; readonly listed?: Pod[] } = {},
): Promise<string[]> {
  const lines: string[] = [];
  const clock: Clock = { now: () => 0, sleep: (ms) => (ms < 5_000 ? Promise.resolve() : new Promise(() => undefined)) };
  const log = {
    ...silentLog,
    info: (text: string) => void lines.push(text),
    group: async <T>(title: string, work: () => T | Promise<T>) => {
      lines.push(`> ${title}`);
      return work();
    },
  };
  const output = new HookOutput({ api: apiOf(logs, listed).api, clock, log, signal: new AbortController().signal }, [
    job,
  ]);
  output.see(seen);
  output.see(seen);
  await output.end([job]);
  await output.stop();
  return lines;
}

const title = "> Output of Job/migrate-r1";
const refusal = (status: number, message: string): ApiError =>
  new ApiError(status, { kind: "Status", apiVersion: "v1", message });
const cut = new SlipwayError("the connection was reset", { code: "unreachable" });

describe("HookOutput", () => {
  it.each<{ name: string; logs: (string | Error)[][]; lines: string[] }>([
    { name: "lines as they come", logs: [["one\ntw", "o\nthree"]], lines: [title, "one", "two", "three"] },
    { name: "nothing of who wrote nothing", logs: [[]], lines: [] },
    {
      name: "each line once where the connection is cut",
      logs: [["one\ntwo\nthr", cut], ["one\ntwo\nthree\n"]],
      lines: [title, "one", "two", "three"],
    },
    { name: "nothing where the log is gone", logs: [[refusal(404, "gone")]], lines: [] },
    {
      name: "why it may not be read",
      logs: [[refusal(403, "no pods/log for you")]],
      lines: ["The output of hooks could not be read: no pods/log for you"],
    },
  ])("shows $name", async ({ logs, lines }) => {
    expect(await shown(logs)).toEqual(lines);
  });

  it("shows of a long story the beginning, and the end though it breaks off", async () => {
    const story = Array.from({ length: 300 }, (_, line) => `line ${line + 1}`);
    const lines = await shown([[`${story.join("\n")}\n`, refusal(403, "no more for you")]]);
    expect(lines.slice(0, 201)).toEqual([title, ...story.slice(0, 200)]);
    expect(lines.slice(201)).toEqual([
      "… 50 lines that are not shown: the cluster has them",
      story.slice(-50).join("\n"),
      "The output of hooks could not be read: no more for you",
    ]);
  });

  it("waits for containers to start, and finds those of a Job that was faster than its watch", async () => {
    const waiting = pod({ waiting: { reason: "ContainerCreating" } });
    const ended = pod({ terminated: { exitCode: 0 } });
    expect(await shown([["one\n"]], { seen: [waiting], listed: [ended] })).toEqual([title, "one"]);
  });

  it("tells several containers apart", async () => {
    const both = pod({ running: {} }, ["app", "proxy"]);
    const lines = await shown([["one\n"], ["two\n"]], { seen: [both] });
    expect(lines.sort()).toEqual([`${title}, container app`, `${title}, container proxy`, "app: one", "proxy: two"]);
  });
});
