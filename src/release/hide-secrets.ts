import { isUtf8 } from "node:buffer";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { containersOf, podTemplateOf } from "../kubernetes/pod-template.ts";
import { fieldsOf } from "../kubernetes/readiness/objects.ts";
import { secretsWithin } from "./concealed.ts";
import type { ReleasePorts } from "./ports.ts";

/** What everything is told by, which hides nothing: a database's user is often called like its app. */
export interface Names {
  readonly app: string;
  readonly namespace?: string;
  readonly objects: readonly { readonly object: KubernetesObject }[];
}

/** Where something is to be reached, `https://shop.example.com`: people keep that with their secrets, and it is told as the app's address. */
const plainAddress = /^[a-z][a-z0-9+.-]*:\/\/[\w.-]+(?::\d+)?\/?$/i;

/**
 * Hides the values of all Secrets among these objects in everything that is told from now on: those of manifests, of records and of the
 * cluster were never an input, so the runner does not know them, and pods print what they were given in confidence.
 */
export function hideSecrets(
  { hide }: Pick<ReleasePorts, "hide">,
  { app, namespace = "", objects }: Names,
  found: Iterable<KubernetesObject>,
): void {
  const values = new Set([...found].filter(({ kind }) => kind === "Secret").flatMap(valuesOf));
  const secrets = [...values].flatMap((value) => [value, ...secretsWithin(value)]);
  if (secrets.length === 0) return;
  const names = [app, namespace, ...objects.flatMap(({ object }) => namesOf(object))];
  const open = [...new Set(names)].join("\n");
  for (const secret of new Set(secrets)) if (!open.includes(secret) && !plainAddress.test(secret)) hide(secret);
}

/** Its own, and those of its images: GitHub passes no output to another job that holds a secret, and `images` is one. */
function namesOf(object: KubernetesObject): string[] {
  const template = podTemplateOf(object);
  const images = template === undefined ? [] : containersOf(template).map(({ container }) => container.image ?? "");
  return [object.kind, object.metadata.name, ...images];
}

/** Bytes that are no text are shown by nobody but as the base64 that they are kept in. */
function valuesOf({ data, stringData }: KubernetesObject): string[] {
  const kept = Object.values(fieldsOf(data)).map(String);
  const texts = kept.map((base64) => {
    const bytes = Buffer.from(base64, "base64");
    return isUtf8(bytes) ? bytes.toString() : base64;
  });
  return [...texts, ...Object.values(fieldsOf(stringData)).map(String)];
}
