import { request } from "node:https";
import type { ApiServer } from "../server.ts";
import { Comparer } from "./compare.ts";
import { controllers } from "./controllers.ts";
import type { Exchange } from "./recording.ts";

/** What stands in the recording for a body too large to keep. */
const bigBody = "<a ConfigMap with one value of 1048577 bytes>";

/**
 * Sends the recorded requests to the server in order, lets the controllers of the recording do between them what they did then, and
 * returns for every exchange how the answer differs from the recorded one.
 */
export async function replay(server: ApiServer, exchanges: readonly Exchange[]): Promise<Map<string, string[]>> {
  const tokens = {
    admin: server.issueToken({ user: "admin", groups: ["system:masters"] }),
    limited: server.issueToken({ user: "limited" }),
  };
  const comparer = new Comparer();
  const saved = new Map<string, string>();
  const results = new Map<string, string[]>();
  for (const exchange of exchanges) {
    await controllers[exchange.name]?.(server.inProcess, exchanges);
    const { as } = exchange.request;
    const answer = await send(server, { exchange, token: as === "none" ? undefined : tokens[as ?? "admin"], saved });
    save(saved, exchange.request.save, answer.body);
    results.set(exchange.name, comparer.differences(exchange.response, answer));
  }
  return results;
}

interface SendOptions {
  readonly exchange: Exchange;
  readonly token: string | undefined;
  readonly saved: ReadonlyMap<string, string>;
}

async function send(server: ApiServer, o: SendOptions): Promise<Exchange["response"]> {
  const { method, path, accept, contentType, body } = o.exchange.request;
  const fill = (text: string): string => text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => o.saved.get(name) ?? "");
  const headers = {
    accept: accept ?? "application/json",
    ...(contentType === undefined ? {} : { "content-type": contentType }),
    ...(o.token === undefined ? {} : { authorization: `Bearer ${o.token}` }),
  };
  return await new Promise((resolve, reject) => {
    const sent = request(
      `${server.url}${fill(path)}`,
      { method, headers, ca: server.caPem, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const { "content-type": type, warning } = response.headers as Record<string, string | undefined>;
          resolve({
            status: response.statusCode ?? 0,
            ...(type === undefined ? {} : { contentType: type }),
            ...(warning === undefined ? {} : { warning }),
            body: parse(Buffer.concat(chunks).toString("utf8")),
          });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : fill(payload(body)));
  });
}

function payload(body: unknown): string {
  if (body === bigBody) {
    return JSON.stringify({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "big" },
      data: { k: "x".repeat(1_048_577) },
    });
  }
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** As the recording holds bodies: JSON as a value, a watch of several events as a list of them, anything else as text. */
function parse(text: string): unknown {
  try {
    const values = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
    return values.length === 1 ? values[0] : values;
  } catch {
    return text;
  }
}

function save(saved: Map<string, string>, name: string | undefined, body: unknown): void {
  if (name === undefined) return;
  const { metadata } = body as { metadata: { resourceVersion?: string; uid?: string; continue?: string } };
  saved.set(name, metadata.resourceVersion ?? "");
  saved.set(`${name}uid`, metadata.uid ?? "");
  saved.set(`${name}cont`, metadata.continue ?? "");
}
