import { expect } from "@jest/globals";
import { digestOf } from "../names.ts";
import type { Registry } from "../server.ts";

/** Sends requests to a registry for the tests of this folder, all with the same headers. */
export function client(registry: Registry, headers: Record<string, string> = {}) {
  return (method: string, path: string, init: { body?: string | Buffer; headers?: Record<string, string> } = {}) =>
    fetch(`http://${registry.address}${path}`, {
      method,
      headers: { ...headers, ...init.headers },
      ...(init.body === undefined ? {} : { body: init.body }),
    });
}

export type Send = ReturnType<typeof client>;

export async function pushBlob(
  send: Send,
  name: string,
  content: string,
): Promise<{ digest: string; size: number; mediaType: string }> {
  const digest = digestOf(Buffer.from(content));
  const answer = await send("POST", `/v2/${name}/blobs/uploads/?digest=${digest}`, { body: content });
  expect(answer.status).toBe(201);
  return { digest, size: content.length, mediaType: "application/vnd.oci.image.layer.v1.tar" };
}

/** The code of the first error of an answer. */
export async function code(answer: Response): Promise<string | undefined> {
  const body = (await answer.json()) as { errors: { code: string }[] };
  return body.errors[0]?.code;
}

export function basic(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
