import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { runHandler } from "./handler.ts";
import type { HandlerTarget } from "./handler.ts";
import type { Handler } from "./pod.ts";
import { ProbeVerdict } from "./probes.ts";

describe("ProbeVerdict", () => {
  it.each([
    ["one success is enough by default", {}, "+", [true]],
    [
      "three failures in a row are needed by default",
      {},
      "--+--+---",
      [undefined, undefined, true, true, true, true, true, true, false],
    ],
    [
      "the thresholds can be set",
      { successThreshold: 2, failureThreshold: 1 },
      "+-++",
      [undefined, false, false, true],
    ],
  ])("%s", (_name, probe, results, expected) => {
    const verdict = new ProbeVerdict(probe);
    const seen = results.split("").map((result) => {
      verdict.observe(result === "+");
      return verdict.current;
    });
    expect(seen).toEqual(expected);
  });

  it("says when it has changed, and only then", () => {
    const verdict = new ProbeVerdict({ failureThreshold: 2 });
    expect([true, true, false, false, false].map((ok) => verdict.observe(ok))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});

describe("runHandler()", () => {
  const target: HandlerTarget = {
    address: "127.0.0.1",
    container: { name: "app", image: "app", ports: [{ name: "web", containerPort: 1 }] },
    exec: (command) => Promise.resolve({ exitCode: command[0] === "true" ? 0 : 7, output: command[1] ?? "" }),
  };
  const run = (handler: Handler, timeoutMs = 1_000) => runHandler({ handler, target, timeoutMs });

  it("asks by HTTP, and takes 2xx and 3xx for good", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.url ?? ""} ${request.headers["user-agent"] ?? ""} ${String(request.headers["x-a"])}`);
      if (request.url === "/hang") return;
      response.statusCode = Number(request.url?.slice(1));
      response.end("x".repeat(100_000));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const get = (path: string) => run({ httpGet: { path, port, httpHeaders: [{ name: "X-A", value: "1" }] } }, 300);
    expect(await Promise.all(["/200", "/302", "404", "/500", "/hang"].map(get))).toEqual([
      { ok: true },
      { ok: true },
      { ok: false, output: "HTTP probe failed with statuscode: 404" },
      { ok: false, output: "HTTP probe failed with statuscode: 500" },
      {
        ok: false,
        output: `Get "http://127.0.0.1:${port}/hang": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
      },
    ]);
    expect(seen).toContain("/200 kube-probe/1.34 1");
    expect(await run({ tcpSocket: { port } })).toEqual({ ok: true });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("says of a closed port what Go says, by number or by name", async () => {
    const output = 'Get "http://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused';
    expect(await run({ httpGet: { port: "web" } })).toEqual({ ok: false, output });
    expect(await run({ tcpSocket: { port: 1 } })).toEqual({
      ok: false,
      output: "dial tcp 127.0.0.1:1: connect: connection refused",
    });
  });

  it("takes a command's exit code, and its output for a reason", async () => {
    expect(await run({ exec: { command: ["true"] } })).toEqual({ ok: true });
    expect(await run({ exec: { command: ["false", "not yet"] } })).toEqual({ ok: false, output: "not yet" });
  });
});
