import type { MissingPermissions, Need } from "./permissions.ts";

const api = "rbac.authorization.k8s.io";

/** The roles and bindings that give a user what is missing, as YAML to apply: a Role for each namespace, a ClusterRole for the rest. */
export function roleManifest({ user, needs }: MissingPermissions, app: string): string {
  const byNamespace = Map.groupBy(needs, ({ namespace }) => namespace);
  const parts = [...byNamespace]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, own]) => {
      const kind = namespace === "" ? "ClusterRole" : "Role";
      const metadata = `metadata: { name: slipway-${app}${namespace === "" ? "" : `, namespace: ${namespace}`} }`;
      return [
        `apiVersion: ${api}/v1`,
        `kind: ${kind}`,
        metadata,
        "rules:",
        ...own.map(ruleOf),
        "---",
        `apiVersion: ${api}/v1`,
        `kind: ${kind}Binding`,
        metadata,
        `roleRef: { apiGroup: ${api}, kind: ${kind}, name: slipway-${app} }`,
        `subjects: [${subjectOf(user)}]`,
      ].join("\n");
    });
  return `${parts.join("\n---\n")}\n`;
}

function ruleOf({ group, resource, verbs }: Need): string {
  return `  - { apiGroups: [${JSON.stringify(group)}], resources: [${resource}], verbs: [${verbs.join(", ")}] }`;
}

function subjectOf(user: string): string {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  if (namespace === undefined || name === undefined)
    return `{ apiGroup: ${api}, kind: User, name: ${JSON.stringify(user)} }`;
  return `{ kind: ServiceAccount, name: ${name}, namespace: ${namespace} }`;
}
