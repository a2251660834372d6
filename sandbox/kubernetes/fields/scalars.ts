import type { Json } from "../../../src/kubernetes/object.ts";
import { goKind } from "./go-format.ts";
import { canonicalQuantity, quantityProblem } from "./quantity.ts";
import type { Format } from "./type.ts";

/** A JSON value of a kind that a Go type cannot hold. */
export interface WrongType {
  readonly kind: string;
  readonly type: string;
}

/** Why a value cannot be read: its type, or what a format's own reader says of the text. */
export type ScalarProblem = { readonly wrong: WrongType } | { readonly text: string };

/** Formats that have readers of their own. What such a reader finds ends decoding, where other problems wait for the end. */
export const hasReader = (format: Format): boolean =>
  ["time", "micro-time", "quantity", "int-or-string"].includes(format);

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

/** What is wrong with a value that is not null. */
export function scalarProblem(format: Format, value: Json): ScalarProblem | undefined {
  const wrong = (type: string): ScalarProblem => ({ wrong: { kind: goKind(value), type } });
  switch (format) {
    case "string":
    case "boolean":
      return typeof value === format ? undefined : wrong(goTypes[format]);
    case "double":
      return typeof value === "number" ? undefined : wrong("float64");
    case "int32":
    case "int64":
      return typeof value === "number" ? integerProblem(format, value) : wrong(format);
    case "bytes":
      return typeof value === "string" ? base64Problem(value) : wrong("[]uint8");
    case "time":
    case "micro-time":
      return typeof value === "string" ? timeProblem(format, value) : wrong("string");
    case "int-or-string":
      if (typeof value === "string") return undefined;
      return typeof value === "number" ? integerProblem("int32", value) : wrong("int32");
    case "quantity": {
      const text = quantityProblem(value);
      return text === undefined ? undefined : { text };
    }
  }
}

function integerProblem(type: "int32" | "int64", value: number): ScalarProblem | undefined {
  const fits = Number.isInteger(value) && (type === "int64" || (value >= -(2 ** 31) && value < 2 ** 31));
  return fits ? undefined : { wrong: { kind: `number ${value}`, type } };
}

function base64Problem(value: string): ScalarProblem | undefined {
  const text = value.replace(/[\r\n]/g, "");
  const valid = /^[A-Za-z0-9+/]*={0,2}/.exec(text)?.[0] ?? "";
  if (valid.length === text.length && text.length % 4 === 0) return undefined;
  const at = valid.length < text.length ? valid.length : text.length - (text.length % 4);
  return { text: `error decoding from json: illegal base64 data at input byte ${at}` };
}

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const layouts = { time: "2006-01-02T15:04:05Z07:00", "micro-time": "2006-01-02T15:04:05.000000Z07:00" };

function timeProblem(format: "time" | "micro-time", value: string): ScalarProblem | undefined {
  if (timePattern.test(value) && !Number.isNaN(Date.parse(value))) return undefined;
  return { text: `parsing time "${value}" as "${layouts[format]}": cannot parse "${value}" as "2006"` };
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
