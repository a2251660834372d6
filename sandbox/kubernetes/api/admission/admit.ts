import { admitByPolicies } from "./policies.ts";
import type { AdmissionRequest } from "./request.ts";
import { admitByWebhook, webhooksFor } from "./webhooks.ts";

/**
 * What a cluster's own policies and webhooks say to a write.
 * @returns Their warnings.
 * @throws Refusal of the first that objects.
 */
export async function admit(request: AdmissionRequest): Promise<readonly string[]> {
  const warnings = admitByPolicies(request);
  const asked = webhooksFor(request).map((webhook) => admitByWebhook(request, webhook));
  return [...warnings, ...(await Promise.all(asked)).flat()];
}
