/**
 * Joins signals with `outer`: the result aborts when either does. Made once for each signal, since thousands of requests share a few, and
 * Node keeps whatever `AbortSignal.any` has made until the next full garbage collection.
 */
export function joinedWith(outer: AbortSignal): (signal: AbortSignal | undefined) => AbortSignal {
  const joined = new WeakMap<AbortSignal, AbortSignal>();
  return (signal = outer) => {
    const known = signal === outer ? outer : joined.get(signal);
    if (known !== undefined) return known;
    const both = AbortSignal.any([signal, outer]);
    joined.set(signal, both);
    return both;
  };
}
