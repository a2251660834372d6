import type { Problem } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import { inParallel } from "../../parallel.ts";
import { parallelRequests } from "../ports.ts";
import type { ReleasePorts } from "../ports.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { roleManifest } from "./role-manifest.ts";
import { place } from "../server-problems.ts";

/** Something that a deploy does to objects of one kind in one namespace; "" for kinds without. */
export interface Need {
  readonly group: string;
  /** Plural, with the subresource where it is about one: `pods/log`. */
  readonly resource: string;
  readonly namespace: string;
  readonly verbs: readonly string[];
  /** An object of the release that it is for; Slipway's own needs have none. */
  readonly released?: ReleaseObject;
}

export interface MissingPermissions {
  /** The user as the server calls it. */
  readonly user: string;
  readonly needs: readonly Need[];
}

export interface PermissionRequest {
  readonly objects: readonly ReleaseObject[];
  readonly prune: boolean;
  /** Of the app's record and lock, where they are needed. */
  readonly namespace?: string;
}

/** Whether an answer of the API server is that of RBAC, which names user, verb and resource. */
export function isForbidden(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 403 && error.code === "denied";
}

/** All that a deploy of these objects does. What it can do without, such as a look at events, is not part of it. */
export function neededPermissions({ objects, prune, namespace }: PermissionRequest): Need[] {
  const groups = Map.groupBy(objects, ({ kind, object }) =>
    [kind.group, kind.plural, kind.namespaced ? (object.metadata.namespace ?? "") : ""].join("/"),
  );
  const own = [...groups.values()].flatMap(([released]): Need[] => {
    if (released === undefined) return [];
    const { group, plural: resource, namespaced } = released.kind;
    const verbs = ["get", "list", "watch", "create", "patch", ...(prune ? ["delete"] : [])];
    return [
      { group, resource, namespace: namespaced ? (released.object.metadata.namespace ?? "") : "", verbs, released },
    ];
  });
  if (namespace === undefined) return own;
  const records = recordNeeds(namespace).map((need) => {
    const same = own.find((each) => isSame(each, need));
    return same === undefined ? need : { ...same, verbs: [...new Set([...same.verbs, ...need.verbs])] };
  });
  return [...own.filter((need) => !records.some((each) => isSame(each, need))), ...records];
}

/** The releases' records and the lock of an app. */
function recordNeeds(namespace: string): Need[] {
  return [
    { group: "", resource: "secrets", namespace, verbs: ["get", "list", "create", "patch", "delete"] },
    { group: "coordination.k8s.io", resource: "leases", namespace, verbs: ["get", "create", "update"] },
  ];
}

/**
 * Which of the needs are not met, asked once something was forbidden: one request for each namespace, and one for each verb of
 * cluster-scoped kinds. What was forbidden is among them in any case. Where the server does not tell, that is all there is.
 */
export async function missingPermissions(
  ports: Pick<ReleasePorts, "api" | "signal">,
  needs: readonly Need[],
  forbidden: readonly ApiError[],
): Promise<MissingPermissions> {
  const refused = forbidden.flatMap((error) => parseForbidden(error.message));
  const rules = new Map<string, readonly Rule[] | undefined>();
  const namespaces = [...new Set(needs.flatMap(({ namespace }) => namespace || []))];
  await inParallel(namespaces, parallelRequests, async (name) => void rules.set(name, await rulesIn(ports, name)));
  const asked = await inParallel(needs, parallelRequests, async (need) => {
    const known = need.namespace === "" ? undefined : rules.get(need.namespace);
    const lacking = await inParallel(need.verbs, parallelRequests, async (verb) => {
      if (refused.some((each) => isSame(each, need) && each.verbs.includes(verb))) return true;
      if (known !== undefined) return !known.some((rule) => allows(rule, need, verb));
      return need.namespace === "" && !(await mayDo(ports, need, verb));
    });
    return { ...need, verbs: need.verbs.filter((_verb, index) => lacking[index]) };
  });
  const missing = asked.filter(({ verbs }) => verbs.length > 0);
  const others = refused.filter((each) => !missing.some((need) => isSame(each, need)));
  return { user: refused[0]?.user ?? "this user", needs: [...missing, ...others] };
}

/** An annotation for each kind that may not be touched, at an object of it, and the rules to add. */
export function permissionProblems(
  { user, needs }: MissingPermissions,
  app: string,
): { problems: Problem[]; manifest: string } {
  const problems = needs.map(({ group, resource, namespace, verbs, released }): Problem => {
    const what = group === "" ? resource : `${resource}.${group}`;
    const where = namespace === "" ? "in the cluster" : `in the namespace ${namespace}`;
    const subject = released === undefined ? "" : `${nameOf(released.object)}: `;
    const rule = `{ apiGroups: ["${group}"], resources: ["${resource}"], verbs: [${verbs.map((verb) => `"${verb}"`).join(", ")}] }`;
    return {
      message: `${subject}${user} may not ${verbs.join(", ")} ${what} ${where}`,
      hint: `Add this rule to a ${namespace === "" ? "ClusterRole" : `Role in ${namespace}`} of that user: ${rule}`,
      ...(released === undefined ? {} : place(released)),
    };
  });
  return { problems, manifest: roleManifest({ user, needs }, app) };
}

function isSame(a: Need, b: Need): boolean {
  return a.group === b.group && a.resource === b.resource && a.namespace === b.namespace;
}

/** What the server has refused, from its words (k8s.io/apiserver, endpoints/handlers/responsewriters/errors.go). */
function parseForbidden(message: string): (Need & { readonly user: string })[] {
  const pattern =
    /User "([^"]*)" cannot (\S+) resource "([^"]+)" in API group "([^"]*)" (?:in the namespace "([^"]*)"|at the cluster scope)/;
  const [, user = "", verb = "", resource = "", group = "", namespace = ""] = pattern.exec(message) ?? [];
  if (verb === "") return [];
  // A namespace is an object inside of itself to the server, and yet only a ClusterRole can give it.
  return [{ user, group, resource, namespace: resource === "namespaces" ? "" : namespace, verbs: [verb] }];
}

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What the user may do in a namespace; undefined where the server cannot tell, or not all of it. */
async function rulesIn(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  namespace: string,
): Promise<readonly Rule[] | undefined> {
  const review = await ask<{ incomplete?: boolean; resourceRules?: readonly Rule[] }>(
    { api, signal },
    "selfsubjectrulesreviews",
    { namespace },
  );
  return review === undefined || review.incomplete === true ? undefined : review.resourceRules;
}

async function mayDo(
  ports: Pick<ReleasePorts, "api" | "signal">,
  { group, resource, namespace }: Need,
  verb: string,
): Promise<boolean> {
  const resourceAttributes = { group, resource, namespace, verb };
  const review = await ask<{ allowed?: boolean }>(ports, "selfsubjectaccessreviews", { resourceAttributes });
  return review?.allowed !== false;
}

/** The status of a review, undefined where it is not answered: then nothing is claimed. */
async function ask<Status>(
  { api, signal }: Pick<ReleasePorts, "api" | "signal">,
  plural: "selfsubjectrulesreviews" | "selfsubjectaccessreviews",
  spec: object,
): Promise<Status | undefined> {
  const kind = plural === "selfsubjectrulesreviews" ? "SelfSubjectRulesReview" : "SelfSubjectAccessReview";
  const path = `/apis/authorization.k8s.io/v1/${plural}`;
  const body = { apiVersion: "authorization.k8s.io/v1", kind, spec };
  try {
    const review = await api.request<{ status?: Status }>({ method: "POST", path, body, repeatable: true, signal });
    return review.status;
  } catch (error) {
    if (error instanceof ApiError && error.code !== "unreachable") return undefined;
    throw error;
  }
}

function allows(rule: Rule, { group, resource }: Need, verb: string): boolean {
  const holds = (list: readonly string[] = [], word: string): boolean => list.includes("*") || list.includes(word);
  // Rules for some names only do not meet a need for any.
  const isForAll = (rule.resourceNames ?? []).length === 0;
  return isForAll && holds(rule.verbs, verb) && holds(rule.apiGroups, group) && holds(rule.resources, resource);
}
