import type { V1DeleteOptions, V1Pod } from "@kubernetes/client-node";
import type { KubernetesObject, ObjectMeta } from "../../../src/kubernetes/object.ts";
import { timestamp } from "../timestamp.ts";
import { admit } from "./admission/admit.ts";
import { removeObject } from "./commit.ts";
import { served } from "./convert.ts";
import type { Core } from "./core.ts";
import { goSyntaxError } from "./decode.ts";
import { cleanupFinalizer, definitionsStorage } from "./definitions.ts";
import { fieldReaders } from "./field-selectors.ts";
import { sameJson } from "../json.ts";
import { rulesOf } from "./kinds/index.ts";
import type { Draft, Loose } from "./kinds/rules.ts";
import { existing, listItem, scopeOf, subject } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { apiVersionOf } from "./resources.ts";
import { matcher } from "./selectors.ts";
import { badRequest, conflict, forbidden, invalid, success, unsupported } from "./status.ts";
import type { Stored } from "./store.ts";

interface Deletion {
  readonly call: Call;
  readonly target: Target;
  readonly old: Stored;
  readonly options: Loose<V1DeleteOptions>;
}

/** Kinds that answer a deletion with the object instead of a Status. */
const returnsObject = new Set([
  "/persistentvolumeclaims",
  "/persistentvolumes",
  "/pods",
  "/podtemplates",
  "/resourcequotas",
  "/serviceaccounts",
  "/services",
]);
/** Kinds that leave their pods behind unless told otherwise, as they did before there was garbage collection. */
const orphansByDefault = new Set(["/replicationcontrollers", "batch/jobs"]);
const orphanWarning =
  "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning";

export function deleteObject(core: Core, call: Call, target: Target): Answer {
  return deleteOne(core, { call, target, old: existing(core, target), options: deleteOptions(call) });
}

export function deleteCollection(core: Core, call: Call, target: Target): Answer {
  const { resource } = target;
  const options = deleteOptions(call);
  const items = core.store.list(resource.storage, scopeOf(target)).filter(matcher(call.query, fieldReaders(resource)));
  for (const old of items) {
    const { name, namespace = "" } = old.metadata;
    deleteOne(core, { call, target: { ...target, name, namespace }, old, options });
  }
  const metadata = { resourceVersion: String(core.store.version) };
  const left = items.map((item) => listItem(resource, item));
  return {
    code: 200,
    json: { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: left },
  };
}

/** From the body, and from the query where the body has none. */
function deleteOptions(call: Call): Loose<V1DeleteOptions> {
  const { query, body } = call;
  const grace = query.get("gracePeriodSeconds");
  const policy = query.get("propagationPolicy");
  const options: Loose<V1DeleteOptions> = {
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(query.get("dryRun") === "All" ? { dryRun: ["All"] } : {}),
    ...(body === "" ? {} : readOptions(body)),
  };
  const { propagationPolicy = "Background" } = options;
  if (policies.includes(propagationPolicy)) return options;
  const cause = unsupported("propagationPolicy", propagationPolicy, [...policies, "nil"]);
  throw invalid({ group: "meta.k8s.io", name: "DeleteOptions" }, "", [cause]);
}

const policies = ["Foreground", "Background", "Orphan"];

function readOptions(body: string): Loose<V1DeleteOptions> {
  try {
    return JSON.parse(body) as Loose<V1DeleteOptions>;
  } catch {
    throw badRequest(`couldn't get version/kind; json parse error: ${goSyntaxError(body)}`);
  }
}

/** Removes an object at once, or marks it for deletion when something holds it: a finalizer, a pod's grace, a namespace's content. */
function deleteOne(core: Core, deletion: Deletion): Answer {
  const { call, target, old, options } = deletion;
  const { resource } = target;
  checkPreconditions(deletion);
  const isDryRun = options.dryRun?.includes("All") ?? false;
  const before = served(resource, old);
  const request = {
    core,
    user: call.user,
    operation: "DELETE",
    object: undefined,
    old: before,
    dryRun: isDryRun,
  } as const;
  const said = admit({ ...request, target });
  const marked = markedObject(core, deletion);
  if (marked !== undefined) {
    const isNew = !isDryRun && !sameJson(marked, old);
    return {
      code: 200,
      json: served(resource, isNew ? core.store.put(resource.storage, marked) : marked),
      warnings: [...said, ...warnings(deletion)],
    };
  }
  if (!isDryRun) removeObject(core, resource, old);
  if (returnsObject.has(resource.storage)) return { code: 200, json: served(resource, old) };
  const { group, name: kind } = subject(resource);
  const { uid } = old.metadata;
  const details = {
    name: target.name,
    ...(group === "" ? {} : { group }),
    kind,
    ...(uid === undefined ? {} : { uid }),
  };
  return { code: 200, json: success(details), warnings: [...said, ...warnings(deletion)] };
}

function warnings({ target, options }: Deletion): string[] {
  return target.resource.storage === "batch/jobs" && options.propagationPolicy === undefined ? [orphanWarning] : [];
}

function checkPreconditions({ target, old, options }: Deletion): void {
  const { uid, resourceVersion } = options.preconditions ?? {};
  const about = subject(target.resource);
  const kind = { group: target.resource.group, name: target.resource.kind };
  const found = old.metadata;
  const mismatch = (what: string, asked: string, is = ""): string =>
    `the ${what} in the precondition (${asked}) does not match the ${what} in record (${is}).`;
  if (uid !== undefined && uid !== found.uid) {
    const why = `${mismatch("UID", uid, found.uid)} The object might have been deleted and then recreated`;
    throw conflict(kind, target.name, why);
  }
  if (resourceVersion !== undefined && resourceVersion !== found.resourceVersion) {
    const why = `${mismatch("ResourceVersion", resourceVersion, found.resourceVersion)} The object might have been modified`;
    throw conflict(kind, target.name, why);
  }
  const isPermanent =
    target.resource.storage === "/namespaces" && ["default", "kube-system", "kube-public"].includes(target.name);
  if (isPermanent) throw forbidden(about, target.name, "this namespace may not be deleted");
}

/** The object as it stays for now, or undefined when nothing holds it. */
function markedObject(core: Core, deletion: Deletion): KubernetesObject | undefined {
  const { target, old } = deletion;
  const { storage } = target.resource;
  const finalizers = finalizersOf(deletion);
  const grace = storage === "/pods" ? podGrace(old, deletion.options) : 0;
  const isNamespace = storage === "/namespaces";
  if (finalizers.length === 0 && grace === 0 && !isNamespace) return undefined;
  const { metadata } = old;
  const isMarked = metadata.deletionTimestamp !== undefined;
  const next: ObjectMeta = { ...metadata, ...(finalizers.length === 0 ? {} : { finalizers }) };
  // A second deletion may only shorten the grace that the first one gave.
  if (isMarked && grace >= (metadata.deletionGracePeriodSeconds ?? 0)) return { ...old, metadata: next };
  next.deletionTimestamp = timestamp(Date.parse(core.now()) + grace * 1000);
  if (storage === definitionsStorage) return terminatingDefinition(core, old, next);
  if (isNamespace)
    return { ...old, metadata: next, status: { ...(old.status as object | undefined), phase: "Terminating" } };
  next.deletionGracePeriodSeconds = grace;
  if (rulesOf(target.resource).generation === true) next.generation = (metadata.generation ?? 0) + 1;
  return { ...old, metadata: next };
}

function finalizersOf({ target, old, options }: Deletion): string[] {
  const { storage } = target.resource;
  const policy = options.propagationPolicy ?? (orphansByDefault.has(storage) ? "Orphan" : "");
  const present = (old.metadata.finalizers ?? []).filter(
    (name) => policy === "" || !["orphan", "foregroundDeletion"].includes(name),
  );
  const added = policy === "Foreground" ? ["foregroundDeletion"] : policy === "Orphan" ? ["orphan"] : [];
  const cleanup = storage === definitionsStorage ? [cleanupFinalizer] : [];
  return [...new Set([...present, ...added, ...cleanup])];
}

/** Seconds. A pod that no kubelet has, or whose containers have ended, needs none. */
function podGrace(pod: Stored & Draft<V1Pod>, options: Loose<V1DeleteOptions>): number {
  const isOver = pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
  if (!pod.spec?.nodeName || isOver) return 0;
  return options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
}

function terminatingDefinition(core: Core, old: Stored, metadata: ObjectMeta): KubernetesObject {
  const status = old.status as { conditions?: readonly object[] } | undefined;
  const condition = {
    type: "Terminating",
    status: "True",
    lastTransitionTime: core.now(),
    reason: "InstanceDeletionPending",
    message: "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
  };
  return { ...old, metadata, status: { ...status, conditions: [...(status?.conditions ?? []), condition] } };
}
