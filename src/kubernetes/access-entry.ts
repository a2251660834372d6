import { LineCounter, parseDocument } from "yaml";
import { SlipwayError } from "../error.ts";
import { nearest } from "../runner/nearest.ts";

/** The whole kubeconfig: its three lists of entries and the name of one context. */
export type Kubeconfig = Readonly<Record<string, unknown>>;

/** One entry of a list, such as a cluster. */
export interface Entry {
  /** How messages call it: `user "admin"`. */
  readonly title: string;
  /** As it stands in its list. */
  readonly raw: object;
  /** What it says about itself. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const content = "Give the content of a kubeconfig, such as `kubectl config view --minify --flatten` prints.";

/** Every problem of a kubeconfig is the user's to mend, and the text is secret: messages name entries and keys, never values. */
export function refusal(why: string, hint = content): SlipwayError {
  return new SlipwayError(`Cannot use the kubeconfig because ${why}`, { code: "configuration", hint });
}

/** Reads the text, YAML or JSON. Throws `configuration`. */
export function parseKubeconfig(text: string): Kubeconfig {
  const lines = new LineCounter();
  // No pretty errors: they quote the text.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw refusal(`it is not YAML: see its line ${lines.linePos(error.pos[0]).line}`);
  const config = resolve(document);
  if (isFields(config)) return config;
  const words = text.trim();
  if (words === "") throw refusal("it is empty");
  if (/^[A-Za-z0-9+/=\s]+$/.test(words) && atobOrEmpty(words).includes("clusters")) {
    throw refusal("it is encoded in base64", "Store it as it is: GitHub keeps secrets of several lines.");
  }
  throw refusal(words.includes("\n") ? "it is not a map" : "it is one line of text, such as a path");
}

function resolve(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 });
  } catch {
    // What it throws says nothing more; a kubeconfig has no need of aliases.
    throw refusal("it is not YAML: its aliases do not resolve");
  }
}

/** The entry of that name, which another part of the file refers to. Throws `configuration` where it is not there. */
export function pickEntry(config: Kubeconfig, kind: "context" | "cluster" | "user", name: unknown): Entry {
  if (typeof name !== "string" || name === "") {
    throw refusal(kind === "context" ? "it has no current-context" : `its current context names no ${kind}`);
  }
  const list = config[`${kind}s`];
  const entries = Array.isArray(list) ? list.filter(isFields) : [];
  const raw = entries.find((entry) => entry.name === name);
  const fields = raw?.[kind];
  if (raw === undefined || !isFields(fields)) {
    const known = entries.map((entry) => String(entry.name));
    const meant = nearest(name, known) ?? known.join(", ");
    throw refusal(`it has no ${kind} "${name}"`, meant === "" ? content : `The nearest it has: ${meant}.`);
  }
  return { title: `${kind} "${name}"`, raw, fields };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function atobOrEmpty(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}

/** Why a key is not taken, and what to do instead. */
type Refusals = Readonly<Record<string, readonly [why: string, hint: string]>>;

const token =
  "Use a kubeconfig that holds the token of a ServiceAccount or, for DOKS, the inputs `cluster` and `digitalocean-token`.";
const file = "names a file, which is not taken from the runner's disk";
const inline = (key: string) => `Give its content as \`${key}-data\`: \`kubectl config view --flatten\` prints it so.`;

const refusals: Refusals = {
  "certificate-authority": [file, inline("certificate-authority")],
  "client-certificate": [file, inline("client-certificate")],
  "client-key": [file, inline("client-key")],
  tokenFile: [file, token],
  "token-file": [file, token],
  exec: ["gets its credentials from a command, which is never run", token],
  "auth-provider": ["gets its credentials from an auth provider, which is never run", token],
  username: ["logs in with a password, which Kubernetes no longer knows", token],
  password: ["logs in with a password, which Kubernetes no longer knows", token],
  "insecure-skip-tls-verify": [
    "turns off TLS verification, so that anybody on the way could take the credentials",
    "Give the cluster's CA as `certificate-authority-data` and, for another name, `tls-server-name`.",
  ],
  "proxy-url": ["has a proxy of its own", "Set HTTPS_PROXY in the environment of the job instead."],
};

/**
 * Refuses what cannot be honoured, so that a connection never means less than the file says. Values that switch nothing on (`false`,
 * `null`, "") count as absent.
 */
export function refuseKeys(entry: Entry, known: readonly string[]): void {
  for (const [key, value] of Object.entries(entry.fields)) {
    if (value === null || value === false || value === "") continue;
    if (known.includes(key)) {
      if (typeof value !== "string") throw refusal(`${key} of ${entry.title} is not a string`);
    } else if (key !== "extensions" && key !== "disable-compression") {
      const [why, hint] = refusals[key] ?? [`has a key that is not understood`, `Slipway knows ${known.join(", ")}.`];
      throw refusal(`${entry.title} ${why} (${key})`, hint);
    }
  }
}

/** The PEM text that a `-data` key holds in base64; `undefined` where the key is absent. */
export function pemOf(entry: Entry, key: string): string | undefined {
  const value = entry.fields[key];
  if (typeof value !== "string" || value === "") return undefined;
  const isBase64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value);
  const text = isBase64 ? Buffer.from(value, "base64").toString("latin1") : "";
  if (/^-----BEGIN [A-Z ]+-----$/m.test(text.replaceAll("\r", ""))) return text;
  const problem = isBase64 ? "is not PEM once decoded" : "is not base64";
  throw refusal(`${key} of ${entry.title} ${problem}`, "It was cut or changed when it was copied: copy it again.");
}
