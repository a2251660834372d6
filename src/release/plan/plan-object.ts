import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { StatusCause } from "../../kubernetes/api-error.ts";
import type { KubernetesApi } from "../../kubernetes/api.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { applyObject, checkElsewhere, replicasManager } from "../rollout/apply-object.ts";
import { diffManifest, diffObjects } from "./diff.ts";
import type { FieldChange } from "./diff.ts";
import { canonical, ownedHash, ownEntry } from "../fields/owned-fields.ts";
import { foreignOwner } from "./ownership.ts";
import type { Owner } from "./ownership.ts";
import type { ReleasePorts } from "../ports.ts";
import type { RecordedObject } from "../record/record.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placed } from "../server-problems.ts";
import { checkBrought, comesLater } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";
import { coversConflicts, dryRunTaken, takeoverOf } from "../fields/take-over.ts";
import type { Takeover } from "../fields/take-over.ts";

/** What a deploy would do to one object of the release. */
export interface PlannedObject {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject | undefined;
  readonly action: "create" | "update" | "unchanged";
  readonly fields: readonly FieldChange[];
  /** Fields that are taken from other managers, by `force` or because an autoscaler went, worded for a person. */
  readonly taken: readonly string[];
  /** What changes hands before, so that fields which the manifest does not have any more really go. */
  readonly takeover?: Takeover;
  /** Whom it belongs to until then: `the app "other"`. */
  readonly adoptedFrom?: string;
  /** Whom an earlier release took it over from. */
  readonly onceOf?: string;
  /** What the server warns of, such as an API that is going away. */
  readonly warnings: readonly string[];
  /** What could not be checked before the deploy, and why. */
  readonly unchecked?: string;
}

export interface ObjectContext {
  readonly released: ReleaseObject;
  readonly live: KubernetesObject | undefined;
  readonly recorded: RecordedObject | undefined;
  readonly surroundings: Surroundings;
}

export interface ObjectRequest {
  readonly app: string;
  readonly force: boolean;
  /** Whether objects that belong to somebody else are taken over. */
  readonly adopt?: boolean;
}

/**
 * Plans one object. Where nobody has touched it since an earlier release applied the same, nothing is asked; else the server's dry run
 * says what an apply would make of it.
 * @throws ApiError for what the server has against it; SlipwayError `configuration` for what is wrong without asking.
 */
export async function planObject(
  ports: ReleasePorts,
  request: ObjectRequest,
  context: ObjectContext,
): Promise<PlannedObject> {
  const { released, live } = context;
  const owner = live === undefined ? undefined : foreignOwner(request.app, live);
  if (owner !== undefined && request.adopt !== true) throw belongsTo(released, owner);
  const onceOf = context.recorded?.adoptedFrom;
  const known = onceOf === undefined ? {} : { onceOf };
  if (isUntouched(context))
    return { released, live, action: "unchanged", fields: [], taken: [], warnings: [], ...known };
  const warnings = new Set<string>();
  const listening = { ...ports, api: withWarnings(ports.api, (text) => void warnings.add(text)) };
  const force = request.force || owner !== undefined;
  const planned = await askServer(listening, { ...request, force }, context);
  return { ...planned, ...known, warnings: [...warnings], ...(owner === undefined ? {} : { adoptedFrom: owner.name }) };
}

/** The same server, where somebody is told of its warnings. */
export function withWarnings(api: KubernetesApi, onWarning: (text: string) => void): KubernetesApi {
  return {
    request: (request) => api.request({ ...request, onWarning }),
    stream: (request) => api.stream({ ...request, onWarning }),
  };
}

function belongsTo(released: ReleaseObject, { name, hint }: Owner): SlipwayError {
  const text = `it belongs to ${name}, and an object belongs to one only`;
  return new SlipwayError(text, { code: "configuration", problems: placed(released, [{ text, hint }]) });
}

type Asked = Omit<PlannedObject, "warnings">;

async function askServer(ports: ReleasePorts, request: ObjectRequest, context: ObjectContext): Promise<Asked> {
  const { released, surroundings } = context;
  const { apiVersion, kind, metadata } = released.object;
  const namespace = metadata.namespace ?? "";
  const presence = surroundings.namespaces.get(namespace);
  if (presence === "absent") throw namespaceNotFound(released, namespace);
  // A kind that this very deploy brings is known to the server only once its CustomResourceDefinition is applied.
  if (ports.discovery.find(apiVersion, kind) === undefined)
    return unasked(context, checkBrought(released, surroundings));
  try {
    if (presence === "brought") return unasked(context, await checkOutside(ports, released));
    return await compare(ports, request, { ...context, takeover: takeoverFor(context) });
  } catch (error) {
    const reason = error instanceof ApiError ? comesLater(error, released, surroundings) : undefined;
    if (reason === undefined) throw error;
    return unasked(context, reason);
  }
}

/** Checks an object whose namespace comes with the deploy, as far as that can be. Gives what is left unchecked. */
export async function checkOutside(ports: ReleasePorts, released: ReleaseObject): Promise<string> {
  const isChecked = await checkElsewhere(ports, released);
  const what = isChecked ? "the quotas, policies and permissions of" : "all that a server could say before there is";
  return `${what} the namespace ${released.object.metadata.namespace ?? ""}, which comes with this deploy`;
}

function takeoverFor({ released, live, recorded }: ObjectContext): Takeover | undefined {
  return live && takeoverOf({ released, live, previous: recorded?.object });
}

/** Planned without the server's word, by comparing the manifest with what is there. */
function unasked({ released, live }: ObjectContext, unchecked: string): Asked {
  const fields = live === undefined ? [] : diffManifest(live, released.object);
  return { released, live, action: live === undefined ? "create" : "update", fields, taken: [], unchecked };
}

type ComparedContext = ObjectContext & { readonly takeover: Takeover | undefined };

async function compare(ports: ReleasePorts, request: ObjectRequest, context: ComparedContext): Promise<Asked> {
  const { released, live, takeover } = context;
  const { result, taken } = await dryRun(ports, request, context);
  if (live === undefined) return { released, live, action: "create", fields: [], taken };
  const fields = diffObjects(live, result);
  const same = fields.length === 0 && canonical(ownEntry(live)?.fieldsV1) === canonical(ownEntry(result)?.fieldsV1);
  return { released, live, action: same ? "unchanged" : "update", fields, taken, ...(takeover && { takeover }) };
}

/** Applied by an earlier release exactly like this, and our fields still hold what the server made of it then. */
function isUntouched({ released, live, recorded }: ObjectContext): boolean {
  if (live === undefined || recorded?.applied === undefined || live.metadata.deletionTimestamp !== undefined)
    return false;
  if (canonical(released.object) !== canonical(recorded.object)) return false;
  if (released.autoscaledBy !== recorded.autoscaledBy) return false;
  return ownedHash(live, { withoutReplicas: released.autoscaledBy !== undefined }) === recorded.applied;
}

async function dryRun(
  ports: ReleasePorts,
  request: ObjectRequest,
  context: ComparedContext,
): Promise<{ result: KubernetesObject; taken: string[] }> {
  const { released, live, takeover } = context;
  const apply = async (force: boolean): Promise<KubernetesObject> => {
    const applied = await applyObject(ports, released, { live, dryRun: true, signal: ports.signal, force });
    return live && takeover ? dryRunTaken(ports, { released, live, takeover }, applied) : applied;
  };
  try {
    return { result: await apply(false), taken: [] };
  } catch (error) {
    const conflicts = error instanceof ApiError && error.status === 409 ? (error.body?.details?.causes ?? []) : [];
    if (conflicts.length > 0 && coversConflicts(takeover, conflicts)) return { result: await apply(true), taken: [] };
    if (conflicts.length === 0 || !(request.force || areHandedBack(context, conflicts))) throw error;
    const taken = conflicts.map(({ field = "", message = "" }) => `${field.replace(/^\./, "")} (${message})`);
    return { result: await apply(true), taken };
  }
}

/** Whether the conflicts are about nothing but replicas that an autoscaler had: without it they are the manifest's again. */
function areHandedBack({ released, recorded }: ObjectContext, conflicts: readonly StatusCause[]): boolean {
  if (released.autoscaledBy !== undefined) return false;
  return conflicts.every(
    ({ field, message = "" }) =>
      field === ".spec.replicas" && (recorded?.autoscaledBy !== undefined || message.includes(`"${replicasManager}"`)),
  );
}

/** What is wrong with an object whose namespace there is not. */
export function namespaceNotFound(released: ReleaseObject, name: string): SlipwayError {
  const text = `its namespace "${name}" does not exist`;
  const hint = `Add a manifest for it, or create it with "kubectl create namespace ${name}".`;
  return new SlipwayError(text, {
    code: "configuration",
    problems: placed(released, [{ text, hint, field: "metadata.namespace" }]),
  });
}
