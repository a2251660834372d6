import type { Json, KubernetesObject } from "../../../src/kubernetes/object.ts";
import { Rejection } from "../fields/index.ts";
import type { Resource } from "./resources.ts";
import { badRequest, Refusal } from "./status.ts";

/** A JSON object that is being made into one to store. */
export type Draft = KubernetesObject;

export function asRefusal(error: unknown): unknown {
  if (!(error instanceof Rejection)) return error;
  const details = error.causes.length === 0 ? undefined : { causes: error.causes };
  return new Refusal({
    code: error.code,
    message: error.message,
    ...(error.reason === undefined ? {} : { reason: error.reason }),
    ...(details === undefined ? {} : { details }),
  });
}

/** RFC 7386. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

function isObject(value: unknown): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a request's JSON body into an object of the resource's kind. */
export function decode(resource: Resource, text: string): Draft {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("the object provided is unrecognized");
  }
  if (!isObject(value)) throw badRequest("the object provided is unrecognized");
  return { ...value, kind: resource.kind } as unknown as Draft;
}
