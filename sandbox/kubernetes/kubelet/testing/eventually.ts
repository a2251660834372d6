import { setTimeout as sleep } from "node:timers/promises";

/** What `look` gives, as soon as it gives something. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  limitMs = 15_000,
): Promise<T> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error(`waited ${limitMs / 1_000} s in vain for ${what}`);
}
