import { describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../../certificates.ts";
import { startApiServer } from "../api/server.ts";
import { EventRecorder } from "./events.ts";
import { pod } from "./testing/builders.ts";

interface List {
  items: { message: string; count: number }[];
}

async function recorded(work: (record: (message: string) => void) => void): Promise<Record<string, number>> {
  const server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]) });
  try {
    const api = server.inProcess("admin", ["system:masters"]);
    await api.request({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: "ns" } } });
    const dropped: unknown[] = [];
    const recorder = new EventRecorder({
      api,
      component: "test",
      signal: new AbortController().signal,
      onDropped: (error) => dropped.push(error),
    });
    work((message) => recorder.record(pod({}), { type: "Warning", reason: "Failed", message }));
    await recorder.flush();
    expect(dropped).toEqual([]);
    const { items } = await api.request<List>({ method: "GET", path: "/api/v1/namespaces/ns/events" });
    return Object.fromEntries(items.map(({ message, count }) => [message, count]));
  } finally {
    await server.close();
  }
}

describe("EventRecorder", () => {
  it("counts what happens again", async () => {
    expect(await recorded((record) => ["a", "b", "a", "a"].forEach(record))).toEqual({ a: 3, b: 1 });
  });

  it("tells many different messages of one kind as one event", async () => {
    const messages = Array.from({ length: 12 }, (_, index) => `pod ${index + 1}`);
    const events = await recorded((record) => messages.forEach(record));
    expect(Object.keys(events)).toHaveLength(10);
    expect(events["(combined from similar events): pod 12"]).toBe(3);
  });
});
