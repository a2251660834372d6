import type { V1LabelSelector, V1MatchResources, V1RuleWithOperations } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { selects } from "../../label-selector.ts";
import type { Core } from "../core.ts";
import type { Loose } from "../kinds/rules.ts";
import type { Target, User } from "../request.ts";
import type { Resource } from "../resources.ts";

/** One write as policies and webhooks see it: completed and valid, and not yet stored. */
export interface AdmissionRequest {
  readonly core: Core;
  readonly user: User;
  readonly target: Pick<Target, "resource" | "namespace" | "name" | "subresource">;
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** Undefined when it is deleted. */
  readonly object: KubernetesObject | undefined;
  /** Undefined when it is created. */
  readonly old: KubernetesObject | undefined;
  readonly dryRun: boolean;
}

type Match = Loose<Pick<V1MatchResources, "namespaceSelector" | "objectSelector">>;
type Rules = readonly Loose<V1RuleWithOperations>[] | undefined;

/** Whether a policy or a webhook with these rules and selectors wants to know of the write. */
export function isMatched(request: AdmissionRequest, rules: Rules, match: Match): boolean {
  return (
    // Nobody can lock himself out: what governs admission is not governed by it.
    request.target.resource.group !== "admissionregistration.k8s.io" &&
    hasRule(request, rules) &&
    selectsNamespace(request, match.namespaceSelector) &&
    [request.object, request.old].some((object) => object !== undefined && picks(match.objectSelector, object))
  );
}

/** Whether one of the rules names the operation and the resource. */
export function hasRule({ target, operation }: AdmissionRequest, rules: Rules): boolean {
  const { resource, subresource } = target;
  return (rules ?? []).some(
    (rule) =>
      has(rule.operations, operation) &&
      has(rule.apiGroups, resource.group) &&
      has(rule.apiVersions, resource.version) &&
      (rule.scope ?? "*") !== (resource.namespaced ? "Cluster" : "Namespaced") &&
      (rule.resources ?? []).some((name) => names(name, resource, subresource)),
  );
}

function has(list: readonly string[] | undefined, word: string): boolean {
  return list?.some((item) => item === "*" || item === word) ?? false;
}

/** `pods`, `pods/status`, `pods/*`, `*` for all but subresources, and `*` + `/*` for everything. */
function names(pattern: string, { plural }: Resource, subresource: string): boolean {
  const [name, part = ""] = pattern.split("/");
  return (name === "*" || name === plural) && (part === subresource || part === "*");
}

function selectsNamespace(
  { core, target, object, old }: AdmissionRequest,
  selector: Match["namespaceSelector"],
): boolean {
  const isNamespace = target.resource.storage === "/namespaces";
  if (!isNamespace && target.namespace === "") return true;
  const namespace = isNamespace ? (object ?? old) : core.store.get("/namespaces", "", target.namespace);
  return namespace === undefined || picks(selector, namespace);
}

function picks(selector: Loose<V1LabelSelector> | undefined, object: KubernetesObject): boolean {
  return selects(selector ?? {}, object.metadata.labels);
}
