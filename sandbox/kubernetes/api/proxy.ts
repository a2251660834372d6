import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import type { V1EndpointSlice, V1Node, V1Pod, V1Service } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import type { Core } from "./core.ts";
import type { Draft } from "./kinds/rules.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { badRequest, Refusal } from "./status.ts";

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
  const response = await send({ host, port, path, call: { ...call, method: "GET", body: "" } });
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

/** A failure of something that this server asks on behalf of a client. */
export function internalError(why: string): Refusal {
  const message = `Internal error occurred: ${why}`;
  return new Refusal({ code: 500, reason: "InternalError", message, details: { causes: [{ message: why }] } });
}

/** `pods/NAME[:PORT]/proxy/…` and `services/[http:]NAME[:PORT]/proxy/…`: the request goes to the pod itself. */
export async function proxy(core: Core, call: Call, target: Target): Promise<Answer> {
  const parts = target.name.split(":");
  const [name = "", port = ""] = parts.length === 3 ? parts.slice(1) : parts;
  const found = { ...target, name };
  const backend = target.resource.plural === "pods" ? podBackend(core, found, port) : serviceBackend(core, found, port);
  const search = call.query.toString();
  const path = `/${target.rest}${search === "" ? "" : `?${search}`}`;
  const response = await send({ ...backend, path, call });
  const headers = Object.fromEntries(
    Object.entries(response.headers).flatMap(([key, value]) =>
      typeof value === "string" && !hopByHop.has(key) ? [[key, value]] : [],
    ),
  );
  return { code: response.statusCode ?? 502, chunks: response, headers };
}

const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "content-length"]);

interface Backend {
  readonly host: string;
  readonly port: number;
}

function podBackend(core: Core, target: Target, port: string): Backend {
  const pod = existing(core, target) as Object<V1Pod>;
  const ports = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  const host = pod.status?.podIP;
  if (host === undefined) throw badRequest(`address not allowed`);
  return {
    host,
    port: Number(port) || (ports.find((known) => known.name === port)?.containerPort ?? ports[0]?.containerPort ?? 80),
  };
}

/** A ready endpoint behind a port of a Service. Throws 503 when there is none. */
export function serviceBackend(
  core: Core,
  target: Pick<Target, "resource" | "namespace" | "name">,
  port: string,
): Backend {
  const service = existing(core, target) as Object<V1Service>;
  const ports = service.spec?.ports ?? [];
  const wanted = port === "" ? ports[0] : ports.find((known) => known.name === port || String(known.port) === port);
  if (wanted === undefined) throw unavailable(`no service port "${port}" found for service "${target.name}"`);
  for (const slice of core.store.list(
    "discovery.k8s.io/endpointslices",
    target.namespace,
  ) as Object<V1EndpointSlice>[]) {
    if (slice.metadata.labels?.["kubernetes.io/service-name"] !== target.name) continue;
    const found = slice.ports?.find((known) => (known.name ?? "") === (wanted.name ?? ""));
    const ready = (slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready !== false);
    const host = ready[Math.floor(Math.random() * ready.length)]?.addresses?.[0];
    if (host !== undefined && found?.port !== undefined) return { host, port: found.port };
  }
  throw unavailable(`no endpoints available for service "${target.name}"`);
}

function unavailable(message: string): Refusal {
  return new Refusal({ code: 503, reason: "ServiceUnavailable", message });
}

interface Forward extends Backend {
  readonly path: string;
  readonly call: Call;
}

async function send(o: Forward): Promise<IncomingMessage> {
  const { host, port, path, call } = o;
  const headers = {
    accept: call.accept || "*/*",
    ...(call.contentType === "" ? {} : { "content-type": call.contentType }),
  };
  return await new Promise((resolve, reject) => {
    const sent = request(
      { host, port, path, method: call.method, headers, signal: call.signal, agent: false },
      resolve,
    );
    sent.on("error", (error) => {
      reject(unavailable(`error trying to reach service: dial tcp ${host}:${port}: ${error.message}`));
    });
    sent.end(call.body);
  });
}
