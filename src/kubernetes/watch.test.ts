import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startTestServer } from "../../sandbox/kubernetes/api/testing/test-server.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import { ApiError } from "./api-error.ts";
import { connect } from "./client.ts";
import type { KubernetesObject } from "./object.ts";
import { startInformer } from "./watch.ts";
import type { InformerOptions } from "./watch.ts";
import { MalformedLineError } from "./watch-lines.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Item {
  metadata: { name: string; namespace: string; uid: string; resourceVersion: string };
  note?: string;
}
const item = (name: string, resourceVersion: number, o: { uid?: string; note?: string } = {}): Item => ({
  metadata: { name, namespace: "x", uid: o.uid ?? `uid-${name}`, resourceVersion: String(resourceVersion) },
  ...(o.note === undefined ? {} : { note: o.note }),
});
const list = (resourceVersion: number, ...items: Item[]): Behaviour => {
  return (_, response) =>
    answer(response, 200, {
      kind: "PodList",
      apiVersion: "v1",
      metadata: { resourceVersion: `${resourceVersion}` },
      items,
    });
};
const line = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const watch = (...lines: string[]): Behaviour => {
  return (_, response) => void begin(response, lines.join(""));
};
/** Sends what was asked for and leaves the watch open. */
function begin(response: ServerResponse, text: string | Uint8Array): ServerResponse {
  response.writeHead(200, { "content-type": "application/json" });
  response.flushHeaders();
  response.write(text);
  return response;
}
const ended = (...lines: string[]): Behaviour => {
  return (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end(lines.join(""));
};
const cut = (text: string): Behaviour => {
  return (_, response) =>
    void response.writeHead(200, { "content-type": "application/json" }).write(text, () => response.socket?.destroy());
};
const refused = (code: number, reason: string): Behaviour => {
  return (_, response) => answer(response, code, status(code, reason));
};
const status = (code: number, reason: string) => ({ kind: "Status", apiVersion: "v1", code, reason, message: reason });

/** An informer of a server that behaves as the script says, request by request, and then keeps an empty watch open. */
async function setUp(script: readonly Behaviour[], options: Partial<InformerOptions<KubernetesObject>> = {}) {
  const server = await hostileServer((request, response) => (script[request.index] ?? watch())(request, response));
  const clock = fastClock(200);
  const api = connect({ server: server.url }, { clock });
  const stop = new AbortController();
  cleanups.push(
    () => server.close(),
    () => api.close(),
    () => stop.abort(new Error("the test is over")),
  );
  const events: string[] = [];
  const interruptions: unknown[] = [];
  const informer = await startInformer({
    api,
    path: "/api/v1/pods",
    signal: stop.signal,
    clock,
    onEvent: ({ type, object }) =>
      events.push(`${type} ${object.metadata.name}@${object.metadata.resourceVersion ?? ""}`),
    onInterruption: (error) => interruptions.push(error),
    ...options,
  });
  const asked = () => server.requests.map(({ url }) => new URL(url, server.url).searchParams);
  return { server, informer, events, interruptions, asked, stop };
}

/** Waits for a condition, at most five seconds. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe("an informer of the sandbox", () => {
  it("keeps an exact copy, and tells exactly what changed, while the server forgets history and cuts connections", async () => {
    const test = await startTestServer();
    cleanups.push(() => test.server.close());
    const token = test.server.issueToken({ user: "watcher", groups: ["system:masters"] });
    const api = connect({ server: test.server.url, ca: test.server.caPem, token }, { clock: fastClock(200) });
    const stop = new AbortController();
    cleanups.push(
      () => api.close(),
      () => stop.abort(new Error("the test is over")),
    );
    const path = "/api/v1/namespaces/ns/configmaps";
    const told = new Map<string, string>();
    const versionOf = ({ metadata }: KubernetesObject) => `${metadata.uid ?? ""} ${metadata.resourceVersion ?? ""}`;
    const informer = await startInformer({
      api,
      path,
      signal: stop.signal,
      clock: fastClock(200),
      onEvent: ({ type, object }) => {
        const { name } = object.metadata;
        expect(told.has(name)).toBe(type !== "ADDED");
        if (type === "DELETED") told.delete(name);
        else told.set(name, versionOf(object));
      },
    });
    for (let step = 0; step < 300; step++) {
      const name = `c${step % 7}`;
      if (step % 5 === 4) await test.remove(`${path}/${name}`).catch(() => undefined);
      else await test.apply(`${path}/${name}`, { apiVersion: "v1", kind: "ConfigMap", data: { step: String(step) } });
      if (step % 11 === 10) test.server.compact();
      if (step % 13 === 12) test.server.disconnect();
      if (step % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const { items } = await test.get<{ items: KubernetesObject[] }>(path);
    const wanted = JSON.stringify(items.map(versionOf).sort());
    await until(() => JSON.stringify([...informer.objects.values()].map(versionOf).sort()) === wanted);
    expect(JSON.stringify([...told.values()].sort())).toBe(wanted);
    expect(informer.failed.aborted).toBe(false);
  });
});

describe("startInformer()", () => {
  it("resolves with the first list, whose items get the kind that only the list names", async () => {
    const { informer, events, asked } = await setUp([list(7, item("a", 5), item("b", 6))], {
      query: { labelSelector: "app=x" },
    });
    expect(events).toEqual(["ADDED a@5", "ADDED b@6"]);
    expect(informer.objects.get("x/a")).toMatchObject({ apiVersion: "v1", kind: "Pod", metadata: { name: "a" } });
    await until(() => asked().length === 2);
    expect(Object.fromEntries(asked()[1] ?? [])).toMatchObject({
      labelSelector: "app=x",
      watch: "true",
      allowWatchBookmarks: "true",
      resourceVersion: "7",
    });
  });

  it("reads a list page by page, and all at once where its pages expire", async () => {
    const page = (next: string | undefined, ...items: Item[]): Behaviour => {
      const metadata = { resourceVersion: "9", continue: next };
      return (_, response) => answer(response, 200, { kind: "PodList", apiVersion: "v1", metadata, items });
    };
    const { informer, asked } = await setUp([
      page("p2", item("a", 1)),
      page("p3", item("b", 2)),
      refused(410, "Expired"),
      list(10, item("c", 3)),
    ]);
    expect([...informer.objects.keys()]).toEqual(["x/c"]);
    expect(asked().map((query) => query.get("continue"))).toEqual([null, "p2", "p3", null]);
    expect(asked()[3]?.has("limit")).toBe(false);
  });

  it("throws what the first list throws", async () => {
    await expect(setUp([refused(403, "Forbidden")])).rejects.toMatchObject({ status: 403 });
  });
});

describe("an informer", () => {
  it("follows what is added, modified and deleted", async () => {
    const { informer, events } = await setUp([
      list(1, item("a", 1)),
      watch(line("ADDED", item("b", 2)), line("MODIFIED", item("a", 3)), line("DELETED", item("b", 4))),
    ]);
    await until(() => events.length === 4);
    expect(events.slice(1)).toEqual(["ADDED b@2", "MODIFIED a@3", "DELETED b@4"]);
    expect([...informer.objects.keys()]).toEqual(["x/a"]);
  });

  it("takes a watch up again where it ended, bookmarks included", async () => {
    const { asked } = await setUp([
      list(1),
      ended(line("ADDED", item("b", 2)), line("BOOKMARK", { metadata: { resourceVersion: "40" } })),
      cut(line("MODIFIED", item("b", 41))),
    ]);
    await until(() => asked().length === 4);
    expect(asked().map((query) => query.get("resourceVersion"))).toEqual([null, "1", "40", "41"]);
  });

  it("misses nothing and tells nothing twice when an event is cut in two", async () => {
    const event = line("ADDED", item("b", 2));
    const { events, asked } = await setUp([
      list(1),
      cut(event.slice(0, 30)),
      watch(event, line("MODIFIED", item("b", 2)), line("MODIFIED", item("b", 3))),
    ]);
    await until(() => events.length === 2);
    expect(events).toEqual(["ADDED b@2", "MODIFIED b@3"]);
    expect(asked()[2]?.get("resourceVersion")).toBe("1");
  });

  it("reads characters that the network cuts in two", async () => {
    const bytes = Buffer.from(line("ADDED", item("b", 2, { note: "héllo wörld ✓ 🚀" })));
    const { informer, events } = await setUp([
      list(1),
      async (_, response) => {
        begin(response, "");
        for (const byte of bytes) await new Promise((resolve) => response.write(Buffer.of(byte), resolve));
      },
    ]);
    await until(() => events.length === 1);
    expect(informer.objects.get("x/b")).toMatchObject({ note: "héllo wörld ✓ 🚀" });
  });

  const expired = [
    ["on connecting", refused(410, "Expired")],
    ["in the stream", watch(line("ERROR", status(410, "Expired")))],
  ] as const;
  it.each(expired)("lists again after 410 %s, and tells the difference only", async (_, gone) => {
    const first = [item("same", 1), item("changed", 2), item("deleted", 3), item("recreated", 4)];
    const second = [item("same", 1), item("changed", 20), item("new", 21), item("recreated", 22, { uid: "other" })];
    const { informer, events, interruptions } = await setUp([list(4, ...first), gone, list(22, ...second)]);
    await until(() => events.length === 9);
    expect(events.slice(4)).toEqual([
      "DELETED deleted@3",
      "MODIFIED changed@20",
      "ADDED new@21",
      "DELETED recreated@4",
      "ADDED recreated@22",
    ]);
    expect([...informer.objects.keys()].sort()).toEqual(["x/changed", "x/new", "x/recreated", "x/same"]);
    expect(interruptions).toMatchObject([{ status: 410 }]);
  });

  it("knows an object that was made anew from one that changed", async () => {
    const { events } = await setUp([list(1, item("a", 1)), watch(line("ADDED", item("a", 9, { uid: "other" })))]);
    await until(() => events.length === 3);
    expect(events).toEqual(["ADDED a@1", "DELETED a@1", "ADDED a@9"]);
  });

  it("survives 500, 429, 503 and resets while it connects", async () => {
    const { events, informer } = await setUp([
      list(1),
      refused(500, "x"),
      refused(429, "x"),
      refused(503, "x"),
      (_, response) => response.socket?.resetAndDestroy(),
      watch(line("ADDED", item("b", 2))),
    ]);
    await until(() => events.length === 1);
    expect(informer.failed.aborted).toBe(false);
  });

  it("survives an error of the server's in the stream", async () => {
    const { events } = await setUp([
      list(1),
      watch(line("ERROR", status(500, "etcd"))),
      watch(line("ADDED", item("b", 2))),
    ]);
    await until(() => events.length === 1);
  });

  it("leaves a connection that has gone silent", async () => {
    const { events, interruptions, asked } = await setUp([list(1), watch(), watch(line("ADDED", item("b", 2)))]);
    await until(() => events.length === 1);
    expect(asked()).toHaveLength(3);
    expect(String(interruptions[0])).toContain("went silent: got nothing for 75 s");
  });

  const nonsense = [
    ["is not JSON", '{"type":"ADDED","obj\n'],
    ["is no event", "{}\n"],
    ["has no metadata", line("ADDED", {})],
    ["is not UTF-8", Buffer.concat([Buffer.from('{"type":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}\n')])],
  ] as const;
  it.each(nonsense)("reports a line that %s, and lists again", async (_, text) => {
    const { events, interruptions } = await setUp([
      list(1),
      (_, response) => begin(response, text),
      list(5, item("b", 5)),
    ]);
    await until(() => events.length === 1);
    expect(interruptions[0]).toBeInstanceOf(MalformedLineError);
  });

  it("does not hammer a server that ends each watch at once", async () => {
    const { server } = await setUp([list(1), ...Array<Behaviour>(200).fill(ended())]);
    await new Promise((resolve) => setTimeout(resolve, 250)); // 50 s on the informer's clock
    expect(server.requests.length).toBeLessThan(20);
  });

  it("fails for good when it may not watch any more", async () => {
    const { informer, server } = await setUp([list(1), ended(line("ADDED", item("b", 2))), refused(403, "Forbidden")]);
    await until(() => informer.failed.aborted);
    expect(informer.failed.reason).toBeInstanceOf(ApiError);
    expect(informer.failed.reason).toMatchObject({ status: 403 });
    expect(server.requests).toHaveLength(3);
  });

  it("does not hide a bug of its listener", async () => {
    const onEvent = () => {
      throw new TypeError("bug");
    };
    const { informer } = await setUp([list(1), watch(line("ADDED", item("b", 2)))], { onEvent });
    await until(() => informer.failed.aborted);
    expect(informer.failed.reason).toBeInstanceOf(TypeError);
  });

  it.each(["stop()", "the signal"])("closes its connection on %s", async (how) => {
    const closed = Promise.withResolvers<undefined>();
    const { informer, stop, asked, interruptions } = await setUp([
      list(1),
      (_, response) => begin(response, "").on("close", () => closed.resolve(undefined)),
    ]);
    await until(() => asked().length === 2);
    if (how === "stop()") informer.stop();
    else stop.abort(new Error("over"));
    await closed.promise;
    expect(informer.failed.aborted).toBe(false);
    expect(interruptions).toEqual([]);
  });
});
