import type { Json } from "../../../src/kubernetes/object.ts";
import { goKind } from "./go-format.ts";
import { sameJson } from "../json.ts";
import { isMap, mapOf, own, type JsonMap } from "./json.ts";
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

function applyOperation(target: Json, { op, path, from, value = null }: Operation): Json {
  switch (op) {
    case "add":
      return editAt(target, parsePointer(path), insert(value));
    case "replace":
      return path === "" ? value : editAt(target, parsePointer(path), set(value));
    case "remove":
      return editAt(target, parsePointer(path), remove);
    case "move":
      return editAt(editAt(target, parsePointer(from), remove), parsePointer(path), insert(read(target, from) ?? null));
    case "copy":
      if (from === "") throw cannotBeDone();
      return editAt(target, parsePointer(path), insert(read(target, from) ?? null));
    case "test":
      if (sameJson(read(target, path) ?? null, value)) return target;
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

/** The value at a pointer; undefined when only its last step leads nowhere. */
function read(target: Json, pointer: string): Json | undefined {
  let value: Json | undefined = target;
  for (const key of parsePointer(pointer)) {
    if (Array.isArray(value)) value = value[indexOf(value, key)];
    else if (isMap(value)) value = own(value, key);
    else throw cannotBeDone();
  }
  return value;
}

/** What becomes of a list or a map when something is done at one of its keys. */
type Edit = (parent: Json[] | JsonMap, key: string) => Json;

function editAt(target: Json, [key, ...below]: readonly string[], edit: Edit): Json {
  if (key === undefined || !(Array.isArray(target) || isMap(target))) throw cannotBeDone();
  if (below.length === 0) return edit(target, key);
  const child = Array.isArray(target) ? target[indexOf(target, key)] : own(target, key);
  if (child === undefined) throw cannotBeDone();
  return set(editAt(child, below, edit))(target, key);
}

/** Looser than RFC 6902, the server sets a key of a map whether it was there or not, and copies what is not there as null. */
function set(value: Json): Edit {
  return (parent, key) =>
    Array.isArray(parent) ? parent.with(indexOf(parent, key), value) : withKey(parent, key, value);
}

function insert(value: Json): Edit {
  return (parent, key) => {
    if (!Array.isArray(parent)) return withKey(parent, key, value);
    return parent.toSpliced(key === "-" ? parent.length : indexOf([...parent, null], key), 0, value);
  };
}

const remove: Edit = (parent, key) => {
  if (Array.isArray(parent)) return parent.toSpliced(indexOf(parent, key), 1);
  if (own(parent, key) === undefined) throw cannotBeDone();
  return withKey(parent, key, undefined);
};

const withKey = (map: JsonMap, key: string, value: Json | undefined): JsonMap =>
  mapOf([...Object.entries(map).filter(([name]) => name !== key), [key, value]]);

/** A place in a list; a negative one counts from its end. */
function indexOf(list: readonly Json[], key: string): number {
  const number = /^-?[0-9]+$/.test(key) ? Number(key) : Number.NaN;
  const index = number < 0 ? number + list.length : number;
  if (!(index >= 0 && index < list.length)) throw cannotBeDone();
  return index;
}
