import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { defines, schemaMistakes } from "./custom-schema.ts";
import { diffManifest } from "./diff.ts";
import { readLiveObjects } from "./live-objects.ts";
import type { ReleasePorts } from "../ports.ts";
import { keyOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { placed } from "../server-problems.ts";

/** What a release brings that the server does not have yet. */
export interface Surroundings {
  /** Namespaces that are not in the cluster: `brought` by a manifest of the release, or `absent`. */
  readonly namespaces: ReadonlyMap<string, "brought" | "absent">;
  /** The CustomResourceDefinitions that the release brings or changes. */
  readonly definitions: readonly KubernetesObject[];
  /** The release's objects that are not in the cluster. */
  readonly brought: readonly KubernetesObject[];
}

/** What of a release counts here. */
interface Standing {
  readonly objects: readonly ReleaseObject[];
  /** Of the app, and whether that is known to be there. */
  readonly namespace?: string;
  readonly namespaceIsThere?: true;
}

/** Looks around for what the objects of a release stand on. `live` has those that are in the cluster, by `keyOf`. */
export async function surroundingsOf(
  ports: ReleasePorts,
  release: Standing,
  live: ReadonlyMap<string, KubernetesObject>,
): Promise<Surroundings> {
  const objects = release.objects.map(({ object }) => object);
  const known = release.namespaceIsThere === true ? release.namespace : undefined;
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []).filter((name) => name !== known));
  const isChanged = (object: KubernetesObject): boolean => {
    const there = live.get(keyOf(object));
    return there === undefined || diffManifest(there, object).length > 0;
  };
  return {
    namespaces: await missingNamespaces(ports, { names, objects }, live),
    definitions: objects.filter((object) => object.kind === "CustomResourceDefinition" && isChanged(object)),
    brought: objects.filter((object) => !live.has(keyOf(object))),
  };
}

async function missingNamespaces(
  ports: ReleasePorts,
  { names, objects }: { readonly names: ReadonlySet<string>; readonly objects: readonly KubernetesObject[] },
  live: ReadonlyMap<string, KubernetesObject>,
): Promise<Map<string, "brought" | "absent">> {
  const kind = ports.discovery.find("v1", "Namespace");
  const manifests = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  const brought = new Set(objects.map(keyOf));
  const unknown =
    kind === undefined ? [] : manifests.filter((each) => !brought.has(keyOf(each))).map((object) => ({ object, kind }));
  const existing = await readUnlessForbidden(ports, unknown);
  return new Map(
    manifests.flatMap((each) => {
      if (live.has(keyOf(each)) || existing === "forbidden" || existing.has(keyOf(each))) return [];
      return [[each.metadata.name, brought.has(keyOf(each)) ? "brought" : "absent"] as const];
    }),
  );
}

/** Who may deploy into a namespace need not be one who may look at it: it is there, or the dry run says that it is not. */
async function readUnlessForbidden(
  ports: ReleasePorts,
  wanted: Parameters<typeof readLiveObjects>[1],
): Promise<Map<string, KubernetesObject> | "forbidden"> {
  try {
    return await readLiveObjects(ports, wanted);
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return "forbidden";
    throw error;
  }
}

/**
 * Checks an object whose kind comes with the same deploy by the schema that its definition has. Gives what is left unchecked.
 * @throws SlipwayError `configuration` with what is wrong, at the lines of the fields.
 */
export function checkBrought(released: ReleaseObject, { definitions }: Surroundings): string {
  const { object } = released;
  const definition = definitions.find((each) => defines(each, object));
  const mistakes = definition === undefined ? undefined : schemaMistakes(definition, object);
  const what = `the kind ${object.kind}, which comes with this deploy`;
  if (mistakes === undefined) return `all that a server could say of ${what}`;
  if (mistakes.length === 0) return `what goes beyond the schema of ${what}`;
  const found = mistakes.map(({ field, text }) => ({ field, text: `${field} ${text}` }));
  throw new SlipwayError("the definition of its kind has another schema", {
    code: "configuration",
    problems: placed(released, found),
  });
}

/**
 * Why the server's refusal of an object says nothing about the deploy, undefined where it does: the server misses what comes with the
 * same deploy and is applied before, or a webhook takes no part in dry runs.
 */
export function comesLater(error: ApiError, { object }: ReleaseObject, around: Surroundings): string | undefined {
  const { message, status } = error;
  const webhook = /admission webhook "([^"]+)" does not support dry run/.exec(message)?.[1];
  if (webhook !== undefined) return `what the admission webhook ${webhook} says, which takes no part in dry runs`;
  const needed = neededFirst(object, message, status);
  if (
    needed !== undefined &&
    around.brought.some(({ kind, metadata }) => kind === needed.kind && metadata.name === needed.name)
  )
    return `all that a server could say before there is ${needed.kind}/${needed.name}, which comes with this deploy`;
  const definition = around.definitions.find((each) => defines(each, object));
  if (definition === undefined || !isAboutSchema(error)) return undefined;
  const isGood = schemaMistakes(definition, object)?.length === 0;
  return isGood
    ? `what goes beyond the new schema of the kind ${object.kind}, which comes with this deploy`
    : undefined;
}

/** What the server looks for when it is asked about an object. RBAC does so for those who may not grant everything. */
function neededFirst(
  { kind, roleRef }: KubernetesObject,
  message: string,
  status: number,
): { readonly kind: string; readonly name: string } | undefined {
  if (status === 404 && (kind === "RoleBinding" || kind === "ClusterRoleBinding")) {
    const { kind: role = "", name = "" } = (roleRef ?? {}) as { kind?: string; name?: string };
    return { kind: role, name };
  }
  const account = /serviceaccount "([^"]+)" not found/.exec(message)?.[1];
  if (account !== undefined) return { kind: "ServiceAccount", name: account };
  const priority = /no PriorityClass with name (\S+) was found/.exec(message)?.[1];
  return priority === undefined ? undefined : { kind: "PriorityClass", name: priority };
}

/** Server-side apply answers 500 for a field that it does not know. */
function isAboutSchema({ status, message }: ApiError): boolean {
  return status === 400 || status === 422 || message.includes("failed to create typed patch object");
}
