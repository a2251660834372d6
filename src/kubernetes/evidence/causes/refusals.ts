import { specsOf } from "../facts.ts";
import type { Cause, Facts } from "../facts.ts";
import type { FieldHint } from "../field.ts";

/** Why the API server does not take the pods: a quota, a policy, a range, an account. */
export function podsRefused(facts: Facts): Cause | undefined {
  const { message } = facts.verdict;
  return quota(message, facts) ?? range(message) ?? security(message) ?? policy(message) ?? account(message);
}

/** "requests.cpu=1,pods=1" as a table. */
function amounts(text: string): Map<string, string> {
  return new Map(text.split(",").map((pair) => [pair.replace(/=.*$/, ""), pair.replace(/^[^=]*=/, "")] as const));
}

function quota(message: string, { pod }: Facts): Cause | undefined {
  const found = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/.exec(message);
  if (found === null) return undefined;
  const [, name = "", requested = "", used = "", limited = ""] = found;
  const [asked, inUse, hard] = [amounts(requested), amounts(used), amounts(limited)];
  const each = [...hard].map(
    ([resource, most]) =>
      `${resource}: ${inUse.get(resource) ?? "?"} of ${most} in use, and a pod asks for ${asked.get(resource) ?? "?"}`,
  );
  return {
    cause: `the quota ${name} is used up (${each.join("; ")})`,
    remedy: "Raise the ResourceQuota, ask for less, or run fewer replicas.",
    ...(hard.has("pods") ? {} : { field: fieldOf([...hard.keys()][0] ?? "", specsOf(pod)[0]?.name) }),
  };
}

/** `requests.cpu` and `limits.memory` stand in the container. Without a pod, any container will do. */
function fieldOf(resource: string, name: string | undefined): FieldHint {
  const [list = "requests", what = list] = resource.split(".");
  const bounds = resource.includes(".") ? list : "requests";
  return ["containers", name === undefined ? {} : { name }, "resources", bounds, what];
}

function range(message: string): Cause | undefined {
  const found =
    /(minimum|maximum) (\S+) usage per (Container|Pod) is ([^,\]]+?)(?:, but (request|limit) is ([^,\].]+)|\. {2}No (limit|request) is specified)/.exec(
      message,
    );
  if (found === null) return undefined;
  const [, bound = "", resource = "", holder = "", most = "", which = "limit", got, missing] = found;
  const rule = `a LimitRange wants ${bound === "minimum" ? "at least" : "at most"} ${most} ${resource} for each ${holder.toLowerCase()}`;
  const what = missing ?? which;
  return {
    cause: got === undefined ? `${rule}, and there is no ${what}` : `${rule}, and the ${what} is ${got}`,
    remedy: `Change resources.${what}s.${resource}, or the LimitRange of the namespace.`,
    field: ["containers", {}, "resources", `${what}s`, resource],
  };
}

function security(message: string): Cause | undefined {
  const found = /violates PodSecurity "([^"]*)": (.*)$/s.exec(message);
  if (found === null) return undefined;
  const [, level = "", what = ""] = found;
  return {
    cause: `the namespace takes only pods of the security level ${level}, and these are not: ${what}`,
    remedy: "Set what it names in securityContext, or another level on the namespace.",
    field: ["containers", {}, "securityContext"],
  };
}

function policy(message: string): Cause | undefined {
  const webhook = /admission webhook "([^"]*)" denied the request: ?(.*)$/s.exec(message);
  if (webhook !== null)
    return { cause: `the admission webhook ${webhook[1] ?? ""} refuses the pods: ${webhook[2] ?? ""}` };
  const admission = /ValidatingAdmissionPolicy '([^']*)' with binding '[^']*' denied request: (.*)$/s.exec(message);
  return admission === null
    ? undefined
    : { cause: `the policy ${admission[1] ?? ""} refuses the pods: ${admission[2] ?? ""}` };
}

function account(message: string): Cause | undefined {
  const name = /serviceaccount "([^"]*)" not found/.exec(message)?.[1];
  if (name === undefined) return undefined;
  return {
    cause: `the ServiceAccount ${name} does not exist`,
    remedy: "Add it to what is deployed, or mend serviceAccountName.",
    field: ["serviceAccountName"],
  };
}
