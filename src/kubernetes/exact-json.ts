import type { Json } from "./object.ts";

/**
 * Integers beyond 2^53, which Kubernetes keeps (`int64`) and JavaScript's numbers would round. They travel through objects as raw JSON
 * (ECMAScript's JSON.parse source text access): opaque values that `JSON.stringify` writes out digit by digit.
 */
declare global {
  interface JSON {
    rawJSON(text: string): { rawJSON: string };
    isRawJSON(value: unknown): value is { readonly rawJSON: string };
    parse(
      text: string,
      reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
    ): unknown;
  }
}

/** An integer as its digits say, whatever its size. */
export function exactInteger(value: bigint): Json {
  const number = Number(value);
  // What JSON.rawJSON gives has one property, the text: to whoever only passes it on it is a JSON value like any other.
  return Number.isSafeInteger(number) ? number : JSON.rawJSON(String(value));
}

/** Whether a value of an object is such an integer. Whoever takes objects apart or copies them has to leave it whole. */
export function isExactInteger(value: unknown): value is { readonly rawJSON: string } {
  return JSON.isRawJSON(value);
}

/** Whether there is anything to take care of: that many digits in a string do no harm, they only cost time. */
const mayHoldLongInteger = /\d{16}/;
const longInteger = /^-?\d{16,}$/;

/**
 * `JSON.parse` that keeps every integer exactly. As fast as that one where there is none that needs it.
 * @throws SyntaxError as `JSON.parse` does
 */
export function parseExactJson(text: string): unknown {
  if (!mayHoldLongInteger.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && longInteger.test(source)
      ? exactInteger(BigInt(source))
      : value,
  );
}
