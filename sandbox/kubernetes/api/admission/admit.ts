import { admitByPolicies } from "./policies.ts";
import type { AdmissionRequest } from "./request.ts";
import { admitByWebhooks } from "./webhooks.ts";

/**
 * What a cluster's own policies and webhooks say to a write.
 * @returns Their warnings.
 * @throws Refusal of the first that objects.
 */
export function admit(request: AdmissionRequest): readonly string[] {
  const warnings = admitByPolicies(request);
  admitByWebhooks(request);
  return warnings;
}
