import type {
  V1MatchResources,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
  V1Validation,
} from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import type { Draft, Loose } from "../kinds/rules.ts";
import { subject } from "../read.ts";
import { Refusal, forbidden } from "../status.ts";
import { contextOf, evaluate, holdAll } from "./expressions.ts";
import type { Context } from "./expressions.ts";
import { hasRule, isMatched } from "./request.ts";
import type { AdmissionRequest } from "./request.ts";

type Policy = Draft<V1ValidatingAdmissionPolicy> & KubernetesObject;
type Binding = Draft<V1ValidatingAdmissionPolicyBinding> & KubernetesObject;

interface Objection {
  readonly message: string;
  readonly reason: string;
}

/** The codes of the reasons that a validation may give. */
const codes: Readonly<Record<string, number>> = {
  Unauthorized: 401,
  Forbidden: 403,
  RequestEntityTooLarge: 413,
  Invalid: 422,
};

/**
 * The ValidatingAdmissionPolicy plugin; policies with parameters find none.
 * @returns Warnings of bindings that do not deny.
 * @throws Refusal with the first objection of a binding that denies.
 */
export function admitByPolicies(request: AdmissionRequest): string[] {
  const group = "admissionregistration.k8s.io/validatingadmissionpolicy";
  const { store } = request.core;
  const bindings = store.list(`${group}bindings`) as Binding[];
  const warnings: string[] = [];
  for (const policy of store.list(`${group.slice(0, -1)}ies`) as Policy[]) {
    const own = bindings.filter(({ spec }) => spec?.policyName === policy.metadata.name);
    const bound = own.filter(({ spec }) => isWithin(request, spec?.matchResources));
    if (bound.length === 0 || !isWithin(request, policy.spec?.matchConstraints ?? {}, true)) continue;
    const [objection] = objections(policy, request);
    if (objection === undefined) continue;
    for (const { metadata, spec } of bound) {
      const by = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${metadata.name}'`;
      if (spec?.validationActions?.includes("Deny") === true) throw denied(request, by, objection);
      if (spec?.validationActions?.includes("Warn") === true)
        warnings.push(`Validation failed for ${by}: ${objection.message}`);
    }
  }
  return warnings;
}

/** A binding may say nothing of what it is for; a policy has to name it. */
function isWithin(request: AdmissionRequest, match: Loose<V1MatchResources> | undefined, mustName = false): boolean {
  if (match === undefined) return true;
  const all = [{ operations: ["*"], apiGroups: ["*"], apiVersions: ["*"], resources: ["*/*"] }];
  const rules = match.resourceRules ?? (mustName ? [] : all);
  return isMatched(request, rules, match) && !hasRule(request, match.excludeResourceRules);
}

/** What the policy has against the write. That something of it cannot be evaluated is an objection too, unless it is to be ignored. */
function objections({ spec = {} }: Policy, request: AdmissionRequest): Objection[] {
  const mayFail = spec.failurePolicy === "Ignore";
  const context = contextOf(request, spec.variables);
  const attempt = (work: () => Objection[]): Objection[] => {
    try {
      return work();
    } catch (error) {
      return mayFail ? [] : [{ message: error instanceof Error ? error.message : String(error), reason: "Invalid" }];
    }
  };
  return attempt(() =>
    holdAll(spec.matchConditions, () => context)
      ? (spec.validations ?? []).flatMap((validation) => attempt(() => objection(validation, context)))
      : [],
  );
}

function objection(validation: Loose<V1Validation>, context: Context): Objection[] {
  const { expression = "", message = "", messageExpression = "", reason = "Invalid" } = validation;
  if (evaluate(expression, context) === true) return [];
  const written = messageExpression === "" ? "" : evaluate(messageExpression, context);
  const text = typeof written === "string" && written.trim() !== "" ? written : message;
  return [{ message: text.trim() || `failed expression: ${expression.trim()}`, reason }];
}

function denied({ target, object, old }: AdmissionRequest, by: string, { message, reason }: Objection): Refusal {
  const why = `${by} denied request: ${message}`;
  const name = (object ?? old)?.metadata.name ?? target.name;
  const { status } = forbidden(subject(target.resource), name, why, [{ message: why }]);
  return new Refusal({
    code: codes[reason] ?? 422,
    reason,
    message: status.message ?? why,
    ...(status.details === undefined ? {} : { details: status.details }),
  });
}
