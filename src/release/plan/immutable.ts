import type { StatusCause } from "../../kubernetes/api-error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { diffManifest } from "./diff.ts";
import type { FieldChange } from "./diff.ts";
import { describeValue } from "../../report/release-lines.ts";

/** One field that cannot become what the manifest says. */
export interface FixedField {
  readonly field: string;
  readonly text: string;
  readonly hint: string;
}

/** How Kubernetes words it, kind by kind (the validation of each API group, as 1.34 answers). */
const words =
  /field is immutable|may not change once set|immutable after creation|cannot change roleRef|updates to .+ (?:is|are) forbidden|may not change fields other than/;

/**
 * The fields that a manifest wants changed and Kubernetes never changes, with what they are and what they should be. The server names
 * a whole `spec` for some kinds, and shows the new value alone; so the live object and the manifest are compared. Nothing for any other
 * cause.
 */
export function fixedFields(
  { message = "", field = "" }: StatusCause,
  manifest: KubernetesObject,
  live: KubernetesObject | undefined,
): FixedField[] {
  if (!words.test(message) || live === undefined) return [];
  const hint = remedyFor(manifest);
  // `spec.clusterIPs[0]` is what became of `spec.clusterIP`.
  const parent = field.replace(/s?\[\d+\]$/, "");
  const changes = diffManifest(live, manifest).filter(
    ({ path }) => isBelow(path, parent) && !changeable(message, parent).some((each) => isBelow(path, each)),
  );
  if (changes.length === 0) return [{ field, text: `${field} cannot change any more`, hint }];
  return changes.map((change) => ({ field: change.path, text: describe(change), hint }));
}

function isBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}

/** Of a spec that is fixed as a whole, what may change all the same: the server says so. */
function changeable(message: string, parent: string): string[] {
  const named = [...message.matchAll(/'(\w+)'/g)].map(([, name = ""]) => `${parent}.${name}`);
  return message.includes("resources.requests") ? [...named, `${parent}.resources.requests`] : named;
}

function describe({ path, before, after, hidden }: FieldChange): string {
  if (hidden !== undefined) return `${path} cannot change any more, and the manifest has another value`;
  return `${path} cannot change any more: it is ${describeValue(before)}, and the manifest says ${describeValue(after)}`;
}

function remedyFor({ kind, metadata: { name, namespace } }: KubernetesObject): string {
  const object = `${kind.toLowerCase()} ${name}${namespace === undefined ? "" : ` -n ${namespace}`}`;
  const remove = `"kubectl delete ${object}"`;
  switch (kind) {
    case "StatefulSet":
      return `${remove.slice(0, -1)} --cascade=orphan" keeps its pods and volumes; deploy again after it. Volumes that are there stay as they are.`;
    case "Job":
      return `A Job runs once. Give it a new name, or make it a hook ("slipway.dev/hook"), which gets one with each release; or delete it first: ${remove}.`;
    case "Service":
      return `Take the field out of the manifest, or delete the Service first, which gives its address up: ${remove}.`;
    case "PersistentVolumeClaim":
      return "Of a claim, only spec.resources.requests may grow. Make one of another name, and move the data.";
    case "ConfigMap":
    case "Secret":
      return `Give it a new name that the pods then read, or delete it first: ${remove}.`;
    case "Pod":
      return `Let a Deployment run it, or delete it first: ${remove}.`;
    case "RoleBinding":
    case "ClusterRoleBinding":
      return `Delete it first, the deploy makes it anew: ${remove}.`;
    default:
      return `Give it a new name, or delete it first: ${remove}. What it runs ends with it, and the deploy starts it anew.`;
  }
}
