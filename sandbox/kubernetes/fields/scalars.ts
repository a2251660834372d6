import type { Json } from "../../../src/kubernetes/object.ts";
import { goKind } from "./go-format.ts";
import { canonicalQuantity, quantityProblem } from "./quantity.ts";
import type { Format } from "./type.ts";

/** A JSON value of a kind that a Go type cannot hold. */
export interface WrongType {
  readonly kind: string;
  readonly type: string;
}

/** The Go types of the formats, as decoders name them. */
export const goTypes: Readonly<Record<Format, string>> = {
  string: "string",
  bytes: "[]uint8",
  boolean: "bool",
  int32: "int32",
  int64: "int64",
  double: "float64",
  time: "v1.Time",
  "micro-time": "v1.MicroTime",
  quantity: "resource.Quantity",
  "int-or-string": "intstr.IntOrString",
};

/** Why a value that is not null cannot be read: its kind, or a text of the format's own reader. */
export function scalarProblem(format: Format, value: Json): WrongType | string | undefined {
  const wrong: WrongType = { kind: goKind(value), type: goTypes[format] };
  switch (format) {
    case "string":
    case "boolean":
      return typeof value === format ? undefined : wrong;
    case "double":
      return typeof value === "number" ? undefined : wrong;
    case "int32":
    case "int64":
      if (typeof value !== "number") return wrong;
      return isInteger(format, value) ? undefined : { ...wrong, kind: `number ${value}` };
    case "bytes":
      return typeof value === "string" ? base64Problem(value) : wrong;
    case "time":
    case "micro-time":
      return typeof value === "string" ? timeProblem(format, value) : readerProblem(value, "string");
    case "int-or-string":
      return typeof value === "string" || typeof value === "number" ? undefined : readerProblem(value, "int32");
    case "quantity":
      return quantityProblem(value);
  }
}

/** A format's own reader does not know which field it reads. */
const readerProblem = (value: Json, type: string): string =>
  `json: cannot unmarshal ${goKind(value)} into Go value of type ${type}`;

const isInteger = (format: "int32" | "int64", value: number): boolean =>
  Number.isInteger(value) && (format === "int64" || (value >= -(2 ** 31) && value < 2 ** 31));

function base64Problem(value: string): string | undefined {
  const text = value.replace(/[\r\n]/g, "");
  const valid = /^[A-Za-z0-9+/]*={0,2}/.exec(text)?.[0] ?? "";
  if (valid.length === text.length && text.length % 4 === 0) return undefined;
  const at = valid.length < text.length ? valid.length : text.length - (text.length % 4);
  return `illegal base64 data at input byte ${at}`;
}

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const layouts = { time: "2006-01-02T15:04:05Z07:00", "micro-time": "2006-01-02T15:04:05.000000Z07:00" };

function timeProblem(format: "time" | "micro-time", value: string): string | undefined {
  if (timePattern.test(value) && !Number.isNaN(Date.parse(value))) return undefined;
  return `parsing time "${value}" as "${layouts[format]}": cannot parse "${value}" as "2006"`;
}

/** The value as the server writes it. */
export function normaliseScalar(format: Format, value: Json): Json {
  if (format === "quantity") return canonicalQuantity(value);
  if (typeof value !== "string" || (format !== "time" && format !== "micro-time")) return value;
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) return value;
  const seconds = new Date(milliseconds).toISOString().slice(0, 19);
  if (format === "time") return `${seconds}Z`;
  const fraction = /[.,](\d+)/.exec(value)?.[1] ?? "";
  return `${seconds}.${fraction.padEnd(6, "0").slice(0, 6)}Z`;
}

/** What the server writes for a scalar that was not given. */
export function zeroOf(format: Format): Json {
  switch (format) {
    case "boolean":
      return false;
    case "int32":
    case "int64":
    case "double":
    case "int-or-string":
      return 0;
    case "quantity":
      return "0";
    case "time":
    case "micro-time":
    case "bytes":
      return null;
    case "string":
      return "";
  }
}
