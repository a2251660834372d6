import type { V1PolicyRule, V1RoleRef } from "@kubernetes/client-node";
import type { Core } from "./core.ts";
import type { User } from "./request.ts";
import { forbidden, Refusal } from "./status.ts";
import type { Stored } from "./store.ts";

/** What somebody wants to do. `resource` includes the subresource: "deployments/scale". */
export interface ResourceAttributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
}

type Rule = { readonly [Field in keyof V1PolicyRule]?: V1PolicyRule[Field] };

interface Bound {
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
  readonly roleRef?: V1RoleRef;
}

const group = "rbac.authorization.k8s.io";
/** What every cluster lets everybody who has shown who he is ask: who am I, and what may I do? */
const selfReviews: readonly Rule[] = [
  {
    verbs: ["create"],
    apiGroups: ["authorization.k8s.io", "authentication.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"],
  },
];

const everything: Rule = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };

/** RBAC, from the roles and bindings that are in the store. */
export function mayDo(core: Core, user: User, wanted: ResourceAttributes): boolean {
  return rulesFor(core, user, wanted.namespace).some((rule) => allows(rule, wanted));
}

/** The rules that hold for somebody in a namespace; "" for the cluster as a whole. */
export function rulesFor(core: Core, user: User, namespace: string): Rule[] {
  if (user.groups.includes("system:masters")) return [everything];
  const bindings = [
    ...core.store.list(`${group}/clusterrolebindings`),
    ...(namespace === "" ? [] : core.store.list(`${group}/rolebindings`, namespace)),
  ];
  const bound = bindings.filter((binding) => binds(binding, user)).flatMap((binding) => rulesOfRole(core, binding));
  return user.groups.includes("system:authenticated") ? [...selfReviews, ...bound] : bound;
}

function binds(binding: Stored & Bound, user: User): boolean {
  return (binding.subjects ?? []).some((subject) => {
    switch (subject.kind) {
      case "User":
        return subject.name === user.name;
      case "Group":
        return user.groups.includes(subject.name);
      default:
        return user.name === `system:serviceaccount:${subject.namespace ?? ""}:${subject.name}`;
    }
  });
}

function rulesOfRole(core: Core, binding: Stored & Bound): readonly Rule[] {
  const { kind, name } = binding.roleRef ?? {};
  const namespace = binding.metadata.namespace ?? "";
  const role =
    kind === "ClusterRole"
      ? core.store.get(`${group}/clusterroles`, "", name ?? "")
      : core.store.get(`${group}/roles`, namespace, name ?? "");
  return (role as { rules?: readonly Rule[] } | undefined)?.rules ?? [];
}

function allows(rule: Rule, wanted: ResourceAttributes): boolean {
  const subresource = wanted.resource.split("/")[1];
  const holds = (list: readonly string[] | undefined, word: string): boolean =>
    list?.some((entry) => entry === "*" || entry === word) ?? false;
  const anySubresource = subresource !== undefined && (rule.resources ?? []).includes(`*/${subresource}`);
  const names = rule.resourceNames ?? [];
  return (
    holds(rule.verbs, wanted.verb) &&
    holds(rule.apiGroups, wanted.group) &&
    (anySubresource || holds(rule.resources, wanted.resource)) &&
    (names.length === 0 || names.includes(wanted.name))
  );
}

/** @throws Refusal 403, worded as Kubernetes' authorisation does. */
export function authorise(core: Core, user: User, wanted: ResourceAttributes): void {
  if (mayDo(core, user, wanted)) return;
  const { verb, resource, name, namespace } = wanted;
  const where = namespace === "" ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const why = `User "${user.name}" cannot ${verb} resource "${resource}" in API group "${wanted.group}" ${where}`;
  throw forbidden({ group: wanted.group, name: resource.split("/")[0] ?? "" }, name, why);
}

const forEverybody = /^\/(healthz|livez|readyz|version)\/?$/;
const forUsers = /^\/(api|apis|openapi)(\/|$)/;

/** Paths that are not of resources: health for everybody, discovery for everybody who has shown who he is. */
export function authorisePath(user: User, method: string, path: string): void {
  if (user.groups.includes("system:masters") || forEverybody.test(path)) return;
  if (user.groups.includes("system:authenticated") && forUsers.test(path)) return;
  const message = `forbidden: User "${user.name}" cannot ${method.toLowerCase()} path "${path}"`;
  throw new Refusal({ code: 403, reason: "Forbidden", message, details: {} });
}
