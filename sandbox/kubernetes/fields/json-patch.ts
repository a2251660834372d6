import type { Json } from "../../../src/kubernetes/object.ts";
import { goKind } from "./go-format.ts";
import { equalJson, isMap, mapOf, own, type JsonMap } from "./json.ts";
import { Rejection } from "./rejection.ts";

/**
 * RFC 6902. Throws a Rejection: 400 for what is not a JSON patch, 422 for an operation that cannot be done (a failing test,
 * a path that is not there).
 */
export function jsonPatch(target: Json, patch: unknown): Json {
  let result = target;
  for (const operation of readPatch(patch)) result = applyOperation(result, operation);
  return result;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from: string;
  readonly value: Json | undefined;
}

function readPatch(patch: unknown): Operation[] {
  const operation = "handlers.jsonPatchOp";
  if (!Array.isArray(patch)) throw notAPatch(`${goKind(patch)} into Go value of type []${operation}`);
  return (patch as unknown[]).map((item) => {
    if (!isMap(item)) throw notAPatch(`${goKind(item)} into Go value of type ${operation}`);
    const text = (field: string): string => {
      const value = own(item, field) ?? "";
      if (typeof value === "string") return value;
      throw notAPatch(`${goKind(value)} into Go struct field jsonPatchOp.${field} of type string`);
    };
    return { op: text("op"), path: text("path"), from: text("from"), value: own(item, "value") };
  });
}

function notAPatch(what: string): Rejection {
  return new Rejection(400, `error decoding patch: json: cannot unmarshal ${what}`, { reason: "BadRequest" });
}

/** The server keeps to itself why an operation failed. */
function cannotBeDone(): Rejection {
  return new Rejection(422, "the server rejected our request due to an error in our request", { reason: "Invalid" });
}

function applyOperation(target: Json, { op, path, from, value }: Operation): Json {
  const at = parsePointer(path);
  switch (op) {
    case "add":
      return put(target, at, value ?? null);
    case "replace":
      return at.length === 0 ? (value ?? null) : put(remove(target, at), at, value ?? null);
    case "remove":
      return remove(target, at);
    case "move":
      return put(remove(target, parsePointer(from)), at, read(target, parsePointer(from)) ?? null);
    case "copy": {
      const copied = read(target, parsePointer(from));
      if (copied === undefined) throw cannotBeDone();
      return put(target, at, copied);
    }
    case "test":
      if (equalJson(read(target, at) ?? null, value ?? null)) return target;
      throw cannotBeDone();
    default:
      throw cannotBeDone();
  }
}

function parsePointer(pointer: string): string[] {
  if (pointer !== "" && !pointer.startsWith("/")) throw cannotBeDone();
  const [, ...parts] = pointer.split("/");
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function read(target: Json, [key, ...below]: readonly string[]): Json | undefined {
  if (key === undefined) return target;
  const child = Array.isArray(target) ? target[indexOf(target, key)] : isMap(target) ? own(target, key) : undefined;
  return child === undefined ? undefined : read(child, below);
}

function put(target: Json, [key, ...below]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    if (below.length > 0) return change(target, key, (child) => put(child, below, value));
    const at = key === "-" ? target.length : indexOf([...target, null], key);
    return [...target.slice(0, at), value, ...target.slice(at)];
  }
  if (!isMap(target)) throw cannotBeDone();
  return below.length > 0 ? change(target, key, (child) => put(child, below, value)) : withKey(target, key, value);
}

function remove(target: Json, [key, ...below]: readonly string[]): Json {
  if (key === undefined) throw cannotBeDone();
  if (below.length > 0) return change(target, key, (child) => remove(child, below));
  if (Array.isArray(target)) {
    const at = indexOf(target, key);
    return [...target.slice(0, at), ...target.slice(at + 1)];
  }
  if (!isMap(target) || own(target, key) === undefined) throw cannotBeDone();
  return withKey(target, key, undefined);
}

/** The value with one of its children changed; the child must be there. */
function change(target: Json, key: string, edit: (child: Json) => Json): Json {
  if (Array.isArray(target)) {
    const at = indexOf(target, key);
    return target.map((child, index) => (index === at ? edit(child) : child));
  }
  const child = isMap(target) ? own(target, key) : undefined;
  if (child === undefined || !isMap(target)) throw cannotBeDone();
  return withKey(target, key, edit(child));
}

const withKey = (map: JsonMap, key: string, value: Json | undefined): JsonMap =>
  mapOf([...Object.entries(map).filter(([name]) => name !== key), [key, value]]);

/** A place in a list; a negative one counts from its end. */
function indexOf(list: readonly Json[], key: string): number {
  const number = /^-?(?:0|[1-9][0-9]*)$/.test(key) ? Number(key) : Number.NaN;
  const index = number < 0 ? number + list.length : number;
  if (!(index >= 0 && index < list.length)) throw cannotBeDone();
  return index;
}
