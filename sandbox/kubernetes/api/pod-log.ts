import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import type { Draft } from "./kinds/rules.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { badRequest, internalError, Refusal } from "./status.ts";

type Object<T> = Draft<T> & KubernetesObject;

const logOptions = ["follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines", "limitBytes"];

/** `pods/NAME/log`, from the kubelet of the pod's node, at the address that the Node tells. */
export async function podLog(core: Core, call: Call, target: Target): Promise<Answer> {
  const pod = existing(core, target) as Object<V1Pod>;
  const container = chosenContainer(pod, call.query.get("container") ?? "");
  const nodeName = pod.spec?.nodeName ?? "";
  // Not on a node yet: there is nothing to say, and it is no error.
  if (nodeName === "") return { code: 204, text: "" };
  const node = core.store.get("/nodes", "", nodeName) as Object<V1Node> | undefined;
  const host = node?.status?.addresses?.find((address) => address.type === "InternalIP")?.address;
  const port = node?.status?.daemonEndpoints?.kubeletEndpoint?.Port;
  if (host === undefined || port === undefined)
    throw internalError(`no preferred addresses found; known addresses: []`);
  const query = new URLSearchParams();
  for (const name of logOptions) if (call.query.has(name)) query.set(name, call.query.get(name) ?? "");
  const path = `/containerLogs/${target.namespace}/${target.name}/${container}?${query.toString()}`;
  const response = await read({ host, port, path, signal: call.signal });
  if ((response.statusCode ?? 500) < 300) return { code: 200, chunks: response, contentType: "text/plain" };
  throw await kubeletRefusal(response);
}

function chosenContainer(pod: Object<V1Pod>, given: string): string {
  const { name } = pod.metadata;
  const main = (pod.spec?.containers ?? []).map((container) => container.name ?? "");
  const all = [...main, ...(pod.spec?.initContainers ?? []).map((container) => container.name ?? "")];
  if (given !== "" && !all.includes(given)) throw badRequest(`container ${given} is not valid for pod ${name}`);
  if (given !== "") return given;
  if (main.length === 1) return main[0] ?? "";
  const init = all.slice(main.length);
  const choice =
    init.length === 0
      ? `[${main.join(" ")}]`
      : `[${main.join(" ")}] or one of the init containers: [${init.join(" ")}]`;
  throw badRequest(`a container name must be specified for pod ${name}, choose one of: ${choice}`);
}

/** What a kubelet refuses, as the API server passes it on. */
async function kubeletRefusal(response: IncomingMessage): Promise<Refusal> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8").trim();
  switch (response.statusCode) {
    case 400:
      return badRequest(text);
    case 404:
      return new Refusal({
        code: 404,
        reason: "NotFound",
        message: `the server could not find the requested resource (${text})`,
        details: {},
      });
    default:
      return internalError(text);
  }
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly signal: AbortSignal;
}

async function read({ host, port, path, signal }: Place): Promise<IncomingMessage> {
  return await new Promise((resolve, reject) => {
    const sent = request({ host, port, path, signal, agent: false }, resolve);
    sent.on("error", ({ message: why }) => {
      const message = `error trying to reach service: dial tcp ${host}:${port}: ${why}`;
      reject(new Refusal({ code: 503, reason: "ServiceUnavailable", message }));
    });
    sent.end();
  });
}
