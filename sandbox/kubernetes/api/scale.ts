import type { V1LabelSelector, V1Scale } from "@kubernetes/client-node";
import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { normalise, updateThroughScale } from "../fields/index.ts";
import { storeChanged } from "./commit.ts";
import type { Write } from "./commit.ts";
import type { Core } from "./core.ts";
import { decode, parseObject, typeOfKind } from "./decode.ts";
import type { Loose } from "./kinds/rules.ts";
import { printSelector } from "../label-selector.ts";
import { patchTypeOf, patchValue } from "./patch.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { invalid, invalidValue, unsupportedMediaType } from "./status.ts";
import type { Stored } from "./store.ts";
import { writeOptions } from "./write-options.ts";

type Scale = Loose<Omit<V1Scale, "metadata">> & KubernetesObject;

const scaleKind = { group: "autoscaling", version: "v1", kind: "Scale" };

interface Scaled {
  readonly spec?: { readonly replicas?: number; readonly selector?: Loose<V1LabelSelector> };
  readonly status?: { readonly replicas?: number };
}

/** The scale subresource: one shape for everything that has replicas. */
export function getScale(core: Core, target: Target): Answer {
  return { code: 200, json: scaleOf(existing(core, target)) };
}

function scaleOf(object: Stored & Scaled): KubernetesObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const metadata = { name, namespace, uid, resourceVersion, creationTimestamp } as KubernetesObject["metadata"];
  const selector = isReplicationController(object)
    ? { matchLabels: object.spec?.selector as Record<string, string> }
    : object.spec?.selector;
  return normalise(typeOfKind("autoscaling", "v1", "Scale"), {
    apiVersion: "autoscaling/v1",
    kind: "Scale",
    metadata,
    spec: { replicas: object.spec?.replicas ?? 0 },
    status: { replicas: object.status?.replicas ?? 0, selector: printSelector(selector) },
  });
}

function isReplicationController(object: Stored): boolean {
  return object.kind === "ReplicationController";
}

export function writeScale(core: Core, call: Call, target: Target): Answer {
  const old = existing(core, target);
  const options = writeOptions(call, target.verb === "patch" ? "PatchOptions" : "UpdateOptions");
  const value = target.verb === "patch" ? patched(call, target, old) : parseObject(call, "Scale");
  const { object, warnings } = decode({
    value,
    expected: scaleKind,
    type: typeOfKind("autoscaling", "v1", "Scale"),
    fieldValidation: options.fieldValidation,
  });
  const replicas = (object as Scale).spec?.replicas ?? 0;
  if (replicas < 0) {
    const cause = invalidValue("spec.replicas", replicas, "must be greater than or equal to 0");
    throw invalid({ group: "autoscaling", name: "Scale" }, target.name, [cause]);
  }
  const { uid, resourceVersion } = object.metadata;
  const draft: KubernetesObject = {
    ...old,
    metadata: {
      ...old.metadata,
      managedFields: updateThroughScale({ live: old, replicas, manager: options.manager }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    spec: { ...(old as Scaled).spec, replicas },
  };
  const write: Write = { core, call, target: { ...target, subresource: "" }, options, warnings };
  const stored = storeChanged(write, old, draft);
  return { ...stored, json: scaleOf(stored.json as Stored) };
}

function patched(call: Call, target: Target, old: Stored): Record<string, Json> {
  const type = patchTypeOf(call, target.resource);
  if (type === "apply") throw unsupportedMediaType(["application/json-patch+json", "application/merge-patch+json"]);
  // A Scale has no lists: a strategic merge patch of it is a merge patch.
  const kind = type === "strategic" ? "merge" : type;
  return patchValue(kind, { resource: target.resource, target: scaleOf(old), body: call.body }) as unknown as Record<
    string,
    Json
  >;
}
