import type { V1ValidatingWebhook, V1ValidatingWebhookConfiguration } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Draft, Loose } from "../kinds/rules.ts";
import { internalError } from "../status.ts";
import { contextOf, holdAll } from "./expressions.ts";
import { isMatched } from "./request.ts";
import type { AdmissionRequest } from "./request.ts";

type Webhook = Loose<V1ValidatingWebhook>;

/**
 * Validating webhooks: none is asked, so each is taken for one where nobody listens. (Mutating ones are kept and not called.)
 * @throws Refusal of the first that wants to know of the write and must not be passed over.
 */
export function admitByWebhooks(request: AdmissionRequest): void {
  const storage = "admissionregistration.k8s.io/validatingwebhookconfigurations";
  const all = request.core.store.list(storage) as (Draft<V1ValidatingWebhookConfiguration> & KubernetesObject)[];
  for (const webhook of all.flatMap(({ webhooks = [] }) => webhooks)) {
    if (webhook.failurePolicy === "Ignore" || !isMatched(request, webhook.rules, webhook)) continue;
    if (!holdAll(webhook.matchConditions, () => contextOf(request))) continue;
    const called = `failed calling webhook ${JSON.stringify(webhook.name)}: failed to call webhook`;
    throw internalError(`${called}: Post "${urlOf(webhook)}": ${unreachable(request, webhook)}`);
  }
}

/** Where a webhook listens: a Service's name is good inside the cluster only. */
function urlOf({ clientConfig = {}, timeoutSeconds = 10 }: Webhook): string {
  const { service } = clientConfig;
  const inside = `https://${service?.name ?? ""}.${service?.namespace ?? ""}.svc:${service?.port ?? 443}${service?.path ?? "/"}`;
  const url = service === undefined ? (clientConfig.url ?? "") : inside;
  return `${url}${url.includes("?") ? "&" : "?"}timeout=${timeoutSeconds}s`;
}

function unreachable({ core }: AdmissionRequest, webhook: Webhook): string {
  const { service } = webhook.clientConfig ?? {};
  if (service !== undefined && core.store.get("/services", service.namespace ?? "", service.name ?? "") === undefined)
    return `service ${JSON.stringify(service.name)} not found`;
  const { hostname, port } = new URL(urlOf(webhook));
  return `dial tcp ${hostname}:${port || 443}: connect: connection refused`;
}
