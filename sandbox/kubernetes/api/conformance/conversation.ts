import { request } from "node:https";
import type { Asker, RecordedRequest, RecordedResponse } from "./recording.ts";

/** A server, and how those who ask it show who they are. */
export interface Peer {
  readonly url: string;
  readonly ca: string | undefined;
  readonly identities: Readonly<Record<Asker | "admin", Identity>>;
}

export interface Identity {
  readonly headers?: Readonly<Record<string, string>>;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** What stands in the recording for a body too large to keep. */
const bigBody = "<a ConfigMap with one value of 1048577 bytes>";

/** Requests in order, each of which may use what earlier answers held. */
export class Conversation {
  readonly #peer: Peer;
  readonly #saved = new Map<string, string>();

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  async ask(asked: RecordedRequest): Promise<RecordedResponse> {
    const answer = await this.#send(asked);
    if (asked.save !== undefined) this.#save(asked.save, answer.body);
    return answer;
  }

  #fill(text: string): string {
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => this.#saved.get(name) ?? "");
  }

  #save(name: string, body: unknown): void {
    const { metadata } = body as { metadata: { resourceVersion?: string; uid?: string; continue?: string } };
    this.#saved.set(name, metadata.resourceVersion ?? "");
    this.#saved.set(`${name}uid`, metadata.uid ?? "");
    this.#saved.set(`${name}cont`, metadata.continue ?? "");
  }

  async #send({ method, path, accept, contentType, body, as }: RecordedRequest): Promise<RecordedResponse> {
    const { url, ca, identities } = this.#peer;
    const { headers: own, cert, key } = identities[as ?? "admin"];
    const payload = body === undefined ? undefined : this.#fill(payloadOf(body));
    const headers = {
      accept: accept ?? "application/json",
      ...(contentType === undefined ? {} : { "content-type": contentType }),
      // Node sends none of itself with a DELETE.
      ...(payload === undefined ? {} : { "content-length": String(Buffer.byteLength(payload)) }),
      ...own,
    };
    return await new Promise((resolve, reject) => {
      const options = { method, headers, ca, cert, key, agent: false };
      const sent = request(`${url}${this.#fill(path)}`, options, (response) => {
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
      });
      sent.on("error", reject);
      sent.end(payload);
    });
  }
}

function payloadOf(body: unknown): string {
  if (body === bigBody) {
    return payloadOf({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "big" },
      data: { k: "<1048577 bytes>" },
    });
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return text.replace(/<(\d+) bytes>/g, (_, bytes) => "x".repeat(Number(bytes)));
}

/** A watch answers with a value on each line. */
function parse(text: string): unknown {
  const whole = parseJson(text);
  if (whole !== undefined) return whole;
  const values = text.trim().split("\n").map(parseJson);
  return values.includes(undefined) ? text : values;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
