import { randomUUID } from "node:crypto";
import { request as httpsRequest } from "node:https";
import type { V1ValidatingWebhook, V1ValidatingWebhookConfiguration } from "@kubernetes/client-node";
import type { Status } from "../../../../src/kubernetes/api-error.ts";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Draft, Loose } from "../kinds/rules.ts";
import { systemErrorCode } from "../../system-error.ts";
import { badRequest, internalError, Refusal } from "../status.ts";
import { contextOf, holdAll } from "./expressions.ts";
import { isMatched } from "./request.ts";
import type { AdmissionRequest } from "./request.ts";

type Webhook = Loose<V1ValidatingWebhook>;

/** What a webhook answers in an AdmissionReview. */
interface Verdict {
  readonly allowed?: boolean;
  readonly status?: Status;
  readonly warnings?: readonly string[];
}

/** The validating webhooks that want to know of a write. (Mutating ones are kept and not called.) */
export function webhooksFor(request: AdmissionRequest): Webhook[] {
  const storage = "admissionregistration.k8s.io/validatingwebhookconfigurations";
  const all = request.core.store.list(storage) as (Draft<V1ValidatingWebhookConfiguration> & KubernetesObject)[];
  return all.flatMap(({ webhooks = [] }) => webhooks).filter((webhook) => isMatched(request, webhook.rules, webhook));
}

/**
 * Asks one webhook.
 * @returns Its warnings.
 * @throws Refusal when it denies, or cannot be asked and must not be passed over.
 */
export async function admitByWebhook(request: AdmissionRequest, webhook: Webhook): Promise<readonly string[]> {
  const { name = "", sideEffects = "", failurePolicy } = webhook;
  if (request.dryRun && !["None", "NoneOnDryRun"].includes(sideEffects))
    throw badRequest(`admission webhook ${JSON.stringify(name)} does not support dry run`);
  let verdict: Verdict;
  try {
    if (!holdAll(webhook.matchConditions, () => contextOf(request))) return [];
    verdict = await ask(request, webhook);
  } catch (error) {
    if (failurePolicy === "Ignore") return [];
    const why = error instanceof Error ? error.message : String(error);
    throw internalError(`failed calling webhook ${JSON.stringify(name)}: failed to call webhook: ${why}`);
  }
  if (verdict.allowed === true) return verdict.warnings ?? [];
  const { code = 400, message = "", reason = "" } = verdict.status ?? {};
  const denied = `admission webhook ${JSON.stringify(name)} denied the request`;
  const why = message || reason;
  throw new Refusal({
    code: Math.max(code, 400),
    message: why === "" ? `${denied} without explanation` : `${denied}: ${why}`,
    ...(reason === "" ? {} : { reason }),
  });
}

async function ask(request: AdmissionRequest, webhook: Webhook): Promise<Verdict> {
  const seconds = webhook.timeoutSeconds ?? 10;
  const base = urlOf(webhook);
  const url = `${base}${base.includes("?") ? "&" : "?"}timeout=${seconds}s`;
  try {
    const address = addressOf(request, webhook);
    const ca = webhook.clientConfig?.caBundle;
    const review = await post({ url: new URL(url), address, review: reviewOf(request), seconds, ca });
    return (JSON.parse(review) as { response?: Verdict }).response ?? {};
  } catch (error) {
    throw new Error(`Post "${url}": ${problem(error, new URL(url))}`, { cause: error });
  }
}

/** Where a webhook listens: a Service's name is good inside the cluster only. */
function urlOf({ clientConfig = {} }: Webhook): string {
  const { service, url = "" } = clientConfig;
  if (service === undefined) return url;
  return `https://${service.name ?? ""}.${service.namespace ?? ""}.svc:${service.port ?? 443}${service.path ?? "/"}`;
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** The address in the URL: only this machine is asked, and nothing behind a Service. */
function addressOf({ core }: AdmissionRequest, webhook: Webhook): Address {
  const { service } = webhook.clientConfig ?? {};
  if (service !== undefined && core.store.get("/services", service.namespace ?? "", service.name ?? "") === undefined)
    throw new Error(`service ${JSON.stringify(service.name)} not found`);
  const { hostname, port } = new URL(urlOf(webhook));
  if (service !== undefined || !/^127\.|^\[::1\]$|^localhost$/.test(hostname))
    throw new Error("the sandbox asks only loopback addresses");
  return { host: hostname, port: Number(port || 443) };
}

interface Post {
  readonly url: URL;
  readonly address: Address;
  readonly review: object;
  readonly seconds: number;
  /** Base64 of PEM. */
  readonly ca: string | undefined;
}

async function post({ url, address, review, seconds, ca }: Post): Promise<string> {
  return await new Promise((resolve, reject) => {
    const sent = httpsRequest(
      {
        ...address,
        path: `${url.pathname}${url.search}`,
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        servername: /^[\d.]+$/.test(url.hostname) ? "" : url.hostname,
        signal: AbortSignal.timeout(seconds * 1000),
        agent: false,
        ...(ca === undefined ? {} : { ca: Buffer.from(ca, "base64") }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString("utf8"));
          else reject(new Error(`the server answered ${response.statusCode ?? 0}`));
        });
      },
    );
    sent.on("error", reject);
    sent.end(JSON.stringify(review));
  });
}

/** What is wrong; what is usual, in the words of Go's HTTP client. */
function problem(error: unknown, { hostname, port }: URL): string {
  switch (systemErrorCode(error)) {
    case "ECONNREFUSED":
      return `dial tcp ${hostname}:${port || 443}: connect: connection refused`;
    case "ABORT_ERR":
      return "context deadline exceeded";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

function reviewOf({ user, target, operation, object, old, dryRun }: AdmissionRequest): object {
  const { group, version, kind, plural } = target.resource;
  return {
    apiVersion: "admission.k8s.io/v1",
    kind: "AdmissionReview",
    request: {
      uid: randomUUID(),
      kind: { group, version, kind },
      resource: { group, version, resource: plural },
      ...(target.subresource === "" ? {} : { subResource: target.subresource }),
      name: (object ?? old)?.metadata.name ?? target.name,
      ...(target.namespace === "" ? {} : { namespace: target.namespace }),
      operation,
      userInfo: { username: user.name, groups: user.groups },
      object: object ?? null,
      oldObject: old ?? null,
      dryRun,
      options: null,
    },
  };
}
