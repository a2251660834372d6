import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Json } from "../../../src/kubernetes/object.ts";
import { badRequest } from "./status.ts";

/**
 * The fields of each message ("core.v1.Pod"), by number: name and type. A type is a scalar of protobuf or a message; `*` before it is a
 * list, `%` a map from strings.
 */
export type Messages = Readonly<Record<string, Readonly<Record<string, readonly [name: string, type: string]>>>>;

/** Messages that Go embeds in a struct: in JSON their fields stand among those of the struct. */
const embedded = new Set([
  "ingressRuleValue",
  "volumeSource",
  "persistentVolumeSource",
  "handler",
  "localObjectReference",
  "ephemeralContainerCommon",
]);

let known: Messages | undefined;

function messages(): Messages {
  const file = new URL("../data/protobuf.json.gz", import.meta.url);
  return (known ??= JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as Messages);
}

/**
 * Reads an object in Kubernetes' protobuf (`application/vnd.kubernetes.protobuf`), which kubectl sends when it makes an object itself:
 * `kubectl create namespace`, `kubectl auth can-i`. Answers are always JSON, which every client takes.
 */
export function decodeProtobuf(bytes: Buffer): Json {
  if (bytes.subarray(0, 4).toString("latin1") !== "k8s\0")
    throw badRequest("the object provided is unrecognized: no protobuf envelope");
  const envelope = readMessage(bytes.subarray(4), "runtime.Unknown");
  const { apiVersion, kind } = envelope.typeMeta as { apiVersion: string; kind: string };
  const raw = Buffer.from(text(envelope.raw), "base64");
  const [version = "", group = "core"] = apiVersion.split("/").reverse();
  const name = `${group.split(".")[0] ?? ""}.${version}.${kind}`;
  const type = name in messages() ? name : `meta.v1.${kind}`;
  if (!(type in messages())) throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}"`);
  return { apiVersion, kind, ...readMessage(raw, type) };
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function readMessage(bytes: Buffer, type: string): Record<string, Json> {
  const fields = messages()[type] ?? {};
  const result: Record<string, Json> = {};
  for (const { number, value } of readFields(bytes)) {
    const [name, fieldType] = fields[number] ?? [];
    if (name === undefined || fieldType === undefined) continue;
    const item = fieldType.slice(1);
    if (fieldType.startsWith("*")) result[name] = [...((result[name] ?? []) as Json[]), readValue(value, item)];
    else if (fieldType.startsWith("%")) Object.assign((result[name] ??= {}), readEntry(value, item));
    else if (embedded.has(name)) Object.assign(result, readValue(value, fieldType));
    else result[name] = readValue(value, fieldType);
  }
  return result;
}

function readEntry(value: bigint | Buffer, type: string): Record<string, Json> {
  const parts = new Map([...readFields(value as Buffer)].map((field) => [field.number, field.value]));
  const item = parts.get(2);
  return { [String(parts.get(1) ?? "")]: item === undefined ? "" : readValue(item, type) };
}

function readValue(value: bigint | Buffer, type: string): Json {
  if (typeof value === "bigint") return type === "bool" ? value !== 0n : Number(BigInt.asIntN(64, value));
  switch (type) {
    case "string":
      return value.toString("utf8");
    case "bytes":
      return value.toString("base64");
    case "double":
      return value.readDoubleLE();
    default:
      return simplified(readMessage(value, type), type);
  }
}

/** Messages that are something simpler in JSON. */
function simplified(fields: Record<string, Json>, type: string): Json {
  switch (type) {
    case "resource.Quantity":
      return fields.string ?? "0";
    case "intstr.IntOrString":
      return (fields.type === 1 ? fields.strVal : fields.intVal) ?? 0;
    case "meta.v1.Time":
    case "meta.v1.MicroTime":
      return fields.seconds === undefined ? null : time(Number(fields.seconds), Number(fields.nanos ?? 0));
    case "meta.v1.FieldsV1":
    case "runtime.RawExtension":
      return JSON.parse(Buffer.from(text(fields.raw ?? fields.Raw), "base64").toString("utf8")) as Json;
    case "authentication.v1.ExtraValue":
    case "authorization.v1.ExtraValue":
    case "meta.v1.Verbs":
      return fields.items ?? [];
    default:
      return fields;
  }
}

function time(seconds: number, nanos: number): string {
  const micros = String(Math.floor(nanos / 1000)).padStart(6, "0");
  return new Date(seconds * 1000).toISOString().replace(".000Z", nanos === 0 ? "Z" : `.${micros}Z`);
}

interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

function* readFields(bytes: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw badRequest("unexpected EOF");
      result |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return result;
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += length));
  while (at < bytes.length) {
    const key = Number(varint());
    const wireType = key & 7;
    const value = wireType === 0 ? varint() : take(wireType === 2 ? Number(varint()) : wireType === 1 ? 8 : 4);
    yield { number: key >>> 3, value };
  }
}
