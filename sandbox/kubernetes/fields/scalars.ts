import type { Json } from "../../../src/kubernetes/object.ts";
import { canonicalQuantity, quantityProblem } from "./quantity.ts";
import type { Format } from "./type.ts";

/** Why a value cannot be read: `wrong` when a decoder would say so itself, or the text of a format's own reader. */
export type ScalarProblem =
  | { readonly wrong: { readonly value: string; readonly type: string }; readonly text?: undefined }
  | { readonly wrong?: undefined; readonly text: string };

/** What is wrong with a value that is not null; undefined when nothing is. */
export function scalarProblem(format: Format, value: Json): ScalarProblem | undefined {
  switch (format) {
    case "string":
      return typeof value === "string" ? undefined : wrong(value, "string");
    case "boolean":
      return typeof value === "boolean" ? undefined : wrong(value, "bool");
    case "double":
      return typeof value === "number" ? undefined : wrong(value, "float64");
    case "int32":
    case "int64":
      return integerProblem(format, value);
    case "bytes":
      return typeof value === "string" ? base64Problem(value) : wrong(value, "[]uint8");
    case "time":
    case "micro-time":
      return timeProblem(format, value);
    case "int-or-string":
      return typeof value === "string" || typeof value === "number" ? undefined : bare(value, "int32");
    case "quantity": {
      const text = quantityProblem(value);
      return text === undefined ? undefined : { text };
    }
  }
}

const kindOf = (value: Json): string => {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
};

const wrong = (value: Json, type: string): ScalarProblem => ({ wrong: { value: kindOf(value), type } });

/** A reader of its own does not know which field it reads. */
const bare = (value: Json, type: string): ScalarProblem => ({
  text: `json: cannot unmarshal ${kindOf(value)} into Go value of type ${type}`,
});

function integerProblem(format: "int32" | "int64", value: Json): ScalarProblem | undefined {
  if (typeof value !== "number") return wrong(value, format);
  const fits = Number.isInteger(value) && (format === "int64" || Math.abs(value) <= 2 ** 31);
  return fits ? undefined : { wrong: { value: `number ${value}`, type: format } };
}

function base64Problem(value: string): ScalarProblem | undefined {
  const text = value.replace(/[\r\n]/g, "");
  const valid = /^[A-Za-z0-9+/]*={0,2}/.exec(text)?.[0] ?? "";
  if (valid.length === text.length && text.length % 4 === 0) return undefined;
  const at = valid.length < text.length ? valid.length : text.length - (text.length % 4);
  return { text: `illegal base64 data at input byte ${at}` };
}

const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const layouts = { time: "2006-01-02T15:04:05Z07:00", "micro-time": "2006-01-02T15:04:05.000000Z07:00" };

function timeProblem(format: "time" | "micro-time", value: Json): ScalarProblem | undefined {
  if (typeof value !== "string") return bare(value, "string");
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
