import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import type { Json, KubernetesObject, ManagedFieldsEntry } from "../../../src/kubernetes/object.ts";
import * as fields from "./index.ts";
import { Rejection, type Type } from "./index.ts";

/**
 * Requests to a real API server with its answers, in order. Each answer is folded into the state that the next request
 * meets, so that every case stands on what the real server had, not on what we made of it.
 */
interface Recorded {
  readonly name: string;
  readonly request: { method: string; path: string; contentType?: string; body?: Json };
  readonly response: { status: number; body: Answer };
}

interface Answer extends KubernetesObject {
  readonly message?: string;
  readonly details?: { causes?: Json };
}

const now = "2026-01-01T00:00:00Z";
const recording = gunzipSync(readFileSync(new URL("../data/wire-1.34.jsonl.gz", import.meta.url)))
  .toString()
  .replaceAll("<time>", now)
  .replaceAll("<microtime>", "2026-01-01T00:00:00.000000Z")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

/** What stands in an answer that was not there yet when the server noted who owns what. */
const addedLater: Readonly<Record<string, readonly string[]>> = {
  "create namespace": ["spec.finalizers"],
  "service defaults": ["spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy"],
  "nodeport service": ["spec.clusterIP", "spec.clusterIPs", "spec.ipFamilies", "spec.ipFamilyPolicy"],
  "job defaults": ["metadata.labels", "spec.selector", "spec.template.metadata"],
  "pvc defaults": ["metadata.finalizers"],
  "pod defaults": [
    ...["volumes", "containers.0.volumeMounts", "serviceAccountName", "serviceAccount", "tolerations", "priority"],
    "preemptionPolicy",
  ].map((field) => `spec.${field}`),
};

/** Requests whose answer is decided before or after field management: options, names, validation, admission. */
const decidedElsewhere = new Set([
  "apply in a missing namespace, dry run",
  "apply without a manager",
  "apply without apiVersion",
  "selector is immutable",
  "selector does not match labels",
  "deployment without selector",
  "missing image",
  "volume mount without volume",
  "job template is immutable",
  "policy denies",
  "webhook fails",
  "token request",
]);

class Replay {
  readonly #objects = new Map<string, KubernetesObject>();
  #widget: Type | undefined;

  /** The object that a request meets. */
  live({ request }: Recorded): KubernetesObject | undefined {
    return this.#objects.get(target(request).path);
  }

  fold({ request, response }: Recorded): void {
    const { body, status } = response;
    const isObject = status < 300 && (body as Partial<KubernetesObject>).metadata?.uid !== undefined;
    if (!isObject || request.path.includes("dryRun") || body.kind === "Scale") return;
    this.#objects.set(target(request).path, body);
    if (body.kind !== "CustomResourceDefinition") return;
    const { versions } = body.spec as { versions: { schema: { openAPIV3Schema: Json } }[] };
    this.#widget = fields.typeFromOpenApiV3(versions[0]?.schema.openAPIV3Schema);
  }

  typeOf({ apiVersion, kind }: Pick<KubernetesObject, "apiVersion" | "kind">): Type {
    const [version = "", group = ""] = apiVersion.split("/").reverse();
    const type = kind === "Widget" ? this.#widget : fields.loadSchema().type(group, version, kind);
    if (type === undefined) throw new Error(`No type for ${apiVersion} ${kind}`);
    return type;
  }
}

interface Target {
  readonly path: string;
  readonly subresource: string;
  readonly query: URLSearchParams;
}

function target(request: Recorded["request"]): Target {
  const url = new URL(request.path, "http://server");
  const [, path = "", subresource = ""] = /^(.*?)(?:\/(status|scale))?$/.exec(url.pathname) ?? [];
  const isCreate = request.method === "POST";
  const name = isCreate ? (request.body as { metadata?: { name?: string } }).metadata?.name : undefined;
  return { path: name === undefined ? path : `${path}/${name}`, subresource, query: url.searchParams };
}

/** What every request to field management says of its endpoint. */
function endpoint(replay: Replay, recorded: Recorded) {
  const { subresource, query } = target(recorded.request);
  return {
    live: replay.live(recorded),
    manager: query.get("fieldManager") ?? "unknown",
    ...(subresource === "" ? {} : { subresource }),
    resetFields: [subresource === "status" ? "spec" : "status"],
    now,
  };
}

function applyRecorded(replay: Replay, recorded: Recorded): KubernetesObject {
  const applied = recorded.request.body as KubernetesObject;
  const force = target(recorded.request).query.get("force") === "true";
  return fields.apply({ ...endpoint(replay, recorded), type: replay.typeOf(applied), applied, force }).object;
}

/** The object as a patch leaves it, before the server's own changes. */
function patched(replay: Replay, recorded: Recorded): KubernetesObject {
  const live = replay.live(recorded);
  if (live === undefined) throw new Error("There is nothing to patch");
  const type = replay.typeOf(live);
  const object = fields.normalise(type, patchedBy(type, live, recorded.request));
  return target(recorded.request).subresource === "status"
    ? { ...live, status: object.status }
    : { ...object, status: live.status };
}

function patchedBy(type: Type, live: KubernetesObject, request: Recorded["request"]): KubernetesObject {
  const patch = request.body ?? null;
  const json = live as unknown as Json;
  switch (request.contentType) {
    case "application/strategic-merge-patch+json":
      return fields.strategicMergePatch(type, live, patch);
    case "application/merge-patch+json":
      return fields.jsonMergePatch(json, patch) as unknown as KubernetesObject;
    default:
      return fields.jsonPatch(json, patch) as unknown as KubernetesObject;
  }
}

function without(object: KubernetesObject, paths: readonly string[]): KubernetesObject {
  const copy = structuredClone(object);
  delete copy.metadata.managedFields;
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let parent: Record<string, unknown> = copy;
    for (const key of keys) parent = parent[key] as Record<string, unknown>;
    Reflect.deleteProperty(parent, last);
  }
  return copy;
}

/** Entries of whoever sent requests; controllers were at work between them. */
const entries = (object: KubernetesObject): ManagedFieldsEntry[] =>
  (object.metadata.managedFields ?? []).filter((entry) => !entry.manager.startsWith("kube-"));

function rejectionOf(work: () => unknown): Rejection {
  try {
    work();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error("It was not rejected");
}

/** Runs `check` on each recorded request that `select` wants, at its place in the story. */
function cases(select: (recorded: Recorded) => boolean, check: (replay: Replay, recorded: Recorded) => void): void {
  const replay = new Replay();
  const checked: [string, () => void][] = [];
  for (const recorded of recording) {
    if (select(recorded) && !decidedElsewhere.has(recorded.name)) {
      const failure = attempt(() => check(replay, recorded));
      checked.push([recorded.name, () => failure.forEach((error) => expectNoError(error))]);
    }
    replay.fold(recorded);
  }
  it.each(checked)("%s", (_, verify) => verify());
}

function attempt(work: () => void): unknown[] {
  try {
    work();
    return [];
  } catch (error) {
    return [error];
  }
}

function expectNoError(error: unknown): void {
  throw error;
}

const isApply = ({ request }: Recorded): boolean => request.contentType === "application/apply-patch+yaml";
const isPatch = ({ request }: Recorded): boolean => request.method === "PATCH" && !request.path.includes("/scale?");
const succeeded = ({ response }: Recorded): boolean => response.status < 300;

describe("`apply()` gives the managedFields of the real server's answer", () => {
  cases(
    (recorded) => isApply(recorded) && succeeded(recorded),
    (replay, recorded) => {
      const { body } = recorded.response;
      const object = applyRecorded(replay, recorded);
      expect(object.metadata.managedFields).toEqual(body.metadata.managedFields);
      expect(JSON.stringify(object.metadata.managedFields?.map((entry) => entry.fieldsV1))).toBe(
        JSON.stringify(body.metadata.managedFields?.map((entry) => entry.fieldsV1)),
      );
    },
  );
});

describe("`apply()` gives an object that the real server's answer only adds defaults to", () => {
  cases(
    (recorded) => isApply(recorded) && succeeded(recorded),
    (replay, recorded) => {
      const { body } = recorded.response;
      const object = applyRecorded(replay, recorded);
      const type = replay.typeOf(object);
      const written = type.name === undefined ? object : fields.normalise(type, object);
      const added = ["metadata.generation", "stringData", "status"];
      expect(body).toMatchObject(without(written, added));
    },
  );
});

describe("`apply()` refuses what the real server refused, in its words", () => {
  cases(
    (recorded) => isApply(recorded) && !succeeded(recorded),
    (replay, recorded) => {
      const { status, body } = recorded.response;
      const { code, message, causes, reason } = rejectionOf(() => applyRecorded(replay, recorded));
      expect({ code, message, reason }).toEqual({ code: status, message: body.message, reason: body.reason });
      expect(causes).toEqual(body.details?.causes ?? []);
    },
  );
});

describe("`update()` gives the managedFields of the real server's answer to a create or an update", () => {
  cases(
    ({ request, response }) =>
      /POST|PUT/.test(request.method) && (response.body as Partial<Answer>).metadata?.uid !== undefined,
    (replay, recorded) => {
      const { body } = recorded.response;
      const object = without(body, addedLater[recorded.name] ?? []);
      const updated = fields.update({ ...endpoint(replay, recorded), type: replay.typeOf(body), object });
      expect(updated.metadata.managedFields).toEqual(body.metadata.managedFields);
    },
  );
});

describe("`update()` gives the managedFields of the real server's answer to a patch", () => {
  cases(
    (recorded) => isPatch(recorded) && !isApply(recorded) && succeeded(recorded),
    (replay, recorded) => {
      const { body } = recorded.response;
      const object = patched(replay, recorded);
      const updated = fields.update({ ...endpoint(replay, recorded), type: replay.typeOf(body), object });
      expect(entries(updated)).toEqual(entries(body));
    },
  );
});

describe("a patch makes of the spec and data what the real server made of them", () => {
  cases(
    (recorded) =>
      isPatch(recorded) && !isApply(recorded) && succeeded(recorded) && !recorded.request.path.includes("/status"),
    (replay, recorded) => {
      const { body } = recorded.response;
      const { data, spec, metadata } = patched(replay, recorded);
      // Replicas were set through the scale subresource, which answers with no object of this kind.
      const expected = body.spec as { replicas?: number } | undefined;
      expect({ data, spec: spec && { ...spec, replicas: expected?.replicas } }).toEqual({
        data: body.data,
        spec: expected,
      });
      expect(metadata.finalizers).toEqual(body.metadata.finalizers);
    },
  );
});

describe("a bad patch is refused in the real server's words", () => {
  cases(
    ({ name }) => name === "json patch, test fails" || name === "patch that is not a patch",
    (replay, recorded) => {
      const { status, body } = recorded.response;
      const { code, message, reason } = rejectionOf(() => patched(replay, recorded));
      expect({ code, message, reason }).toEqual({ code: status, message: body.message, reason: body.reason });
    },
  );
});

describe("decoding reads what the real server read", () => {
  const typeOf = (name: string): Type => new Replay().typeOf({ apiVersion: "v1", kind: name });
  const sent = (name: string): Json => recording.find((recorded) => recorded.name === name)?.request.body ?? null;
  const answered = (name: string): string =>
    recording.find((recorded) => recorded.name === name)?.response.body.message ?? "";

  it("refuses a value of the wrong type", () => {
    const { message, code } = rejectionOf(() =>
      fields.checkJson(typeOf("ConfigMap"), sent("create wrong type of a field")),
    );
    const before = 'ConfigMap in version "v1" cannot be handled as a ConfigMap: ';
    expect([code, `${before}${message}`]).toEqual([400, answered("create wrong type of a field")]);
  });

  it("names an unknown field", () => {
    const unknown = fields.unknownFields(typeOf("ConfigMap"), sent("unknown field, strict"));
    const before = 'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ';
    expect(`${before}${unknown.join(", ")}`).toBe(answered("unknown field, strict"));
  });

  const replay = new Replay();
  const objects = recording.map(({ response }) => response.body).filter(isBuiltIn);
  it.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
    "normalises to itself what the server wrote: %s",
    (_, object) => {
      expect(fields.normalise(replay.typeOf(object), object)).toEqual(object);
    },
  );
});

function isBuiltIn(body: Partial<KubernetesObject>): body is KubernetesObject {
  return body.metadata?.uid !== undefined && body.kind !== "Widget" && body.kind !== "Scale";
}
