import { isExactInteger } from "../kubernetes/exact-json.ts";
import type { Json } from "../kubernetes/object.ts";

/** What stands for a part of a value that is not shown. */
export const notShown = "***";

/** How people name the secrets that they keep in the open: the end of the name of an environment variable or of a ConfigMap's key. */
const secretWords =
  "(?:passwo?r?d|passwd|passphrase|secret|token|credentials?|(?:api|access|secret|private|encryption|signing)[-_]?key(?:[-_]?base)?)s?";
const secretName = new RegExp(`${secretWords}$`, "i");
/** What stands under such a name in a file, be it JSON, YAML or lines of `NAME=value`. */
const namedSecret = new RegExp(
  `${secretWords}["']?[ \\t]*[:=][ \\t]*(?:"((?:[^"\\\\\n]|\\\\.)*)"|'([^'\n]*)'|([^\\s"']+))`,
  "gi",
);
/** kubectl keeps the whole object in it, Secrets and environment included. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** The password of an address such as `postgres://shop:hunter2@db/shop`. */
const passwordInAddress = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)([^\s/@]+)(?=@)/gi;

/**
 * Whether the field at these keys may hold a secret: an environment variable or a ConfigMap's key that is named like one, or the copy of
 * the object that kubectl keeps. A deploy's plan is read in logs, summaries and comments (kubernetes/kubernetes#87840).
 */
export function holdsSecret(keys: readonly string[]): boolean {
  const [last = "", parent = "", list = ""] = keys.toReversed();
  if (last === lastApplied) return true;
  if (last === "value" && list === "env") return secretName.test(parent);
  return parent === "data" && keys.length === 2 && secretName.test(last);
}

/** What is a secret by itself within a longer one, such as the password of a file of settings: programs print it without the rest. */
export function secretsWithin(text: string): string[] {
  const named = Array.from(text.matchAll(namedSecret), ([, double, single, bare]) => double ?? single ?? bare ?? "");
  return [...named, ...Array.from(text.matchAll(passwordInAddress), ([, , password = ""]) => password)];
}

/** A value with what looks like a secret inside of it taken out. */
export function concealed(value: Json): Json {
  if (typeof value === "string")
    return privateKey.test(value) ? notShown : value.replace(passwordInAddress, `$1${notShown}`);
  if (Array.isArray(value)) return value.map(concealed);
  if (value === null || typeof value !== "object" || isExactInteger(value)) return value;
  const isSecretVariable = typeof value.name === "string" && secretName.test(value.name) && "value" in value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const isHidden = key === lastApplied || (key === "value" && isSecretVariable);
    return [key, isHidden ? notShown : concealed(inner)] as const;
  });
  return Object.fromEntries(entries);
}
