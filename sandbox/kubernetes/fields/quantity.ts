import type { Json } from "../../../src/kubernetes/object.ts";

const format = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const number = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;
const decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** What is wrong with a resource quantity, in the server's words; undefined when nothing is. */
export function quantityProblem(value: Json): string | undefined {
  const text = typeof value === "number" ? String(value) : typeof value === "string" ? value : "";
  const match = format.exec(text);
  if (match === null) {
    const isEmpty = text === "" && typeof value === "string";
    return isEmpty ? undefined : `quantities must match the regular expression '${format.source}'`;
  }
  if (!number.test(match[1] ?? "")) return `quantities must match the regular expression '${format.source}'`;
  return scaleOf(match[2] ?? "") === undefined ? "unable to parse quantity's suffix" : undefined;
}

interface Scale {
  readonly base: 2 | 10;
  readonly exponent: number;
  /** `1e3` keeps its notation. */
  readonly scientific: boolean;
}

function scaleOf(suffix: string): Scale | undefined {
  const decimal = decimalSuffixes.indexOf(suffix);
  if (decimal >= 0) return { base: 10, exponent: 3 * (decimal - 3), scientific: false };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { base: 2, exponent: 10 * binary, scientific: false };
  const exponent = /^[eE]([-+]?[0-9]+)$/.exec(suffix)?.[1];
  return exponent === undefined ? undefined : { base: 10, exponent: Number(exponent), scientific: true };
}

/**
 * A quantity as the server writes it: no fraction, the largest suffix that keeps the number whole, the kind of suffix it came
 * with; `0.5` is `500m`, `1024Mi` is `1Gi`, `1.5Gi` is `1536Mi`. Amounts below a billionth are rounded up.
 */
export function canonicalQuantity(value: Json): string {
  const match = format.exec(typeof value === "number" ? String(value) : typeof value === "string" ? value : "");
  const scale = scaleOf(match?.[2] ?? "");
  if (match === null || scale === undefined) return "0";
  const nanos = toNanos(match[1] ?? "0", scale);
  if (nanos === 0n) return "0";
  return scale.base === 2 && nanos % 1_000_000_000n === 0n && abs(nanos) >= 1024n * 1_000_000_000n
    ? binaryText(nanos / 1_000_000_000n)
    : decimalText(nanos, scale.scientific);
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function toNanos(digits: string, { base, exponent }: Scale): bigint {
  const negative = digits.startsWith("-");
  const [whole = "", fraction = ""] = digits.replace(/^[+-]/, "").split(".");
  const units = BigInt(`${whole}${fraction}` || "0") * (base === 2 ? 2n ** BigInt(exponent) : 1n);
  const power = 9 - fraction.length + (base === 10 ? exponent : 0);
  const divisor = 10n ** BigInt(Math.max(0, -power));
  const scaled = (units * 10n ** BigInt(Math.max(0, power)) + divisor - 1n) / divisor;
  return negative ? -scaled : scaled;
}

function binaryText(amount: bigint): string {
  let rest = amount;
  let index = 0;
  while (rest % 1024n === 0n && index < binarySuffixes.length - 1) {
    rest /= 1024n;
    index++;
  }
  return `${rest}${binarySuffixes[index] ?? ""}`;
}

function decimalText(nanos: bigint, scientific: boolean): string {
  let rest = nanos;
  let index = 0;
  while (rest % 1000n === 0n && index < decimalSuffixes.length - 1) {
    rest /= 1000n;
    index++;
  }
  const exponent = 3 * (index - 3);
  if (scientific) return exponent === 0 ? String(rest) : `${rest}e${exponent}`;
  return `${rest}${decimalSuffixes[index] ?? ""}`;
}
