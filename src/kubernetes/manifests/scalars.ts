import { exactInteger, isExactInteger } from "../exact-json.ts";
import type { Json } from "../object.ts";

/** A scalar that means nothing in JSON, or something else than it says. */
export interface ScalarFault {
  readonly message: string;
  readonly hint?: string;
}

export type ScalarValue = { readonly value: Json } | { readonly fault: ScalarFault };

/*
 * kubectl reads YAML with Go's yaml.v2: YAML 1.1 for booleans, YAML 1.2 and more for integers, and neither sexagesimals nor dates. What
 * follows is that reader's `resolve.go`, tried against `kubectl label --local -f FILE a=b -o json` of kubectl 1.32.
 */
const words: ReadonlyMap<string, Json> = new Map<string, Json>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
]);

const notFinite = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Go's `strconv.ParseInt(text, 0, 64)`, underscores taken out before. */
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** A number that begins with its point goes to Go's `strconv.ParseFloat` as it is: there underscores stand between digits only. */
const pointFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** The value of a plain scalar, one that stands there without quotes and without a tag. */
export function resolvePlain(text: string): ScalarValue {
  const word = words.get(text);
  if (word !== undefined) return { value: word };
  if (notFinite.test(text)) return { fault: { message: `${text} is no number that JSON can hold` } };
  const first = text.charCodeAt(0);
  if (first === 0x2e) return { value: pointFloat.test(text) ? Number(text.replaceAll("_", "")) : text };
  const isNumeric = (first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d;
  return isNumeric ? resolveNumber(text) : { value: text };
}

function resolveNumber(text: string): ScalarValue {
  const plain = text.replaceAll("_", "");
  const [, sign, digits] = integer.exec(plain) ?? [];
  if (digits !== undefined) return resolveInteger(text, sign === "-" ? -goInteger(digits) : goInteger(digits));
  const number = float.test(plain) ? Number(plain) : NaN;
  return { value: Number.isFinite(number) ? number : text };
}

function resolveInteger(text: string, value: bigint): ScalarValue {
  if (value >= smallest && value <= largest) return { value: exactInteger(value) };
  const message = `${text} is too large to be kept exactly: Kubernetes' integers have 64 bits`;
  return { fault: { message, hint: "put it in quotes, if the field takes text" } };
}

/** `0644` is octal, as in C; `0x`, `0o` and `0b` are what JavaScript reads too. */
function goInteger(digits: string): bigint {
  return BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
}

const prefix = "tag:yaml.org,2002:";

/** The value of a scalar with a tag, `!!str 1`, in quotes or not. Tags of one's own mean nothing to Kubernetes. */
export function resolveTagged(text: string, tag: string): ScalarValue {
  if (tag === "!" || tag === `${prefix}str`) return { value: text };
  const name = tag.startsWith(prefix) ? tag.slice(prefix.length) : undefined;
  if (name === "binary") return resolveBinary(text);
  if (name === "timestamp" && /^\d{4}-\d\d?-\d\d?(?:[tT ].*)?$/.test(text)) return { value: text };
  const plain = resolvePlain(text);
  if (name === undefined) return { fault: { message: `the tag ${tag} means nothing to Kubernetes` } };
  if ("fault" in plain || isOf(name, plain.value)) return plain;
  return { fault: { message: `the tag ${tag.replace(prefix, "!!")} does not go with this value` } };
}

function isOf(name: string, value: Json): boolean {
  if (value === null) return name === "null";
  if (typeof value === "boolean") return name === "bool";
  if (typeof value === "number") return name === "float" || (name === "int" && Number.isInteger(value));
  return name === "int" && typeof value === "object";
}

function resolveBinary(text: string): ScalarValue {
  const base64 = text.replace(/[\r\n]/g, "");
  const isBase64 = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  return isBase64
    ? { value: Buffer.from(base64, "base64").toString("utf8") }
    : { fault: { message: "this is not base64, which !!binary takes" } };
}

/** A key as JSON has it, which is text: `yes` becomes `true`; undefined where it cannot be one. `text` is how it stands there. */
export function keyText(value: Json, text: string): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return integer.test(text.replaceAll("_", "")) ? String(value) : singleFloat(value);
  if (typeof value === "boolean") return String(value);
  return isExactInteger(value) ? value.rawJSON : undefined;
}

/** Go's `strconv.FormatFloat(value, 'g', -1, 32)`, which turns keys that are fractions into text: `1.10` becomes `1.1`. */
function singleFloat(value: number): string {
  const single = Math.fround(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((count) => Math.fround(Number(single.toPrecision(count))) === single);
  const [mantissa = "", exponent = ""] = single.toExponential((digits ?? 9) - 1).split("e");
  const power = Number(exponent);
  if (Object.is(value, -0)) return "-0";
  // The shortest digits, as `%e` beyond these bounds and as `%f` within.
  if (power >= -4 && power < Math.max(digits ?? 9, 6)) return String(Number(single.toPrecision(digits)));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
