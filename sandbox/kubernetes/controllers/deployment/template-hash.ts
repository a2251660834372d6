import type { PodTemplate } from "../kinds.ts";

/** No vowels and no look-alikes, so that no suffix spells a word: Kubernetes' own alphabet. */
const ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** The suffix that names a pod template, as the label `pod-template-hash` and the end of a ReplicaSet's name. */
export function templateHash(template: PodTemplate): string {
  const digits = String(fnv1a(canonical(template)));
  return Array.from(digits, (digit) => ALPHABET.charAt(digit.charCodeAt(0) % ALPHABET.length)).join("");
}

/** JSON with sorted keys: the same template gives the same text whatever order its fields came in. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`)
    .join()}}`;
}

/** The 32-bit FNV-1a hash. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
