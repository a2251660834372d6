const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?$/;

/**
 * The value of a Kubernetes quantity ("250m", "1.5", "64Mi", "1e3") in thousandths of its unit (cores, bytes, pods), rounded up as
 * Kubernetes' own `MilliValue` does, so that sums of CPU requests are exact. `undefined` when the text is no quantity.
 */
export function milliValue(quantity: string | number): number | undefined {
  const match = QUANTITY.exec(String(quantity));
  if (match === null) return undefined;
  const [, mantissa, suffix, exponent] = match;
  const factor = exponent === undefined ? FACTORS[suffix ?? ""] : 10 ** Number(exponent);
  if (factor === undefined) return undefined;
  // Fifteen digits are what a double holds: anything behind them is noise that must not be rounded up.
  return Math.ceil(Number((Number(mantissa) * factor * 1000).toPrecision(15)));
}
