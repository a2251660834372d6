import { SlipwayError, type ErrorCode } from "../error.ts";
import { neutralise } from "../runner/untrusted.ts";
import type { HttpAnswer } from "./transport.ts";

/** What a registry refused. `errors` holds its own codes, such as `MANIFEST_UNKNOWN`. */
export class RegistryError extends SlipwayError {
  readonly status: number;
  readonly errors: readonly string[];
  /** How long the registry asked to wait, in ms. */
  readonly retryAfterMs: number | undefined;
  /** What the registry wants to see instead, as it says in `WWW-Authenticate`. */
  readonly challenge: string | undefined;

  constructor(
    message: string,
    options: {
      readonly code: ErrorCode;
      readonly hint?: string;
      readonly status: number;
      readonly errors: readonly string[];
      readonly retryAfterMs?: number | undefined;
      readonly challenge?: string | undefined;
    },
  ) {
    super(message, options);
    this.status = options.status;
    this.errors = options.errors;
    this.retryAfterMs = options.retryAfterMs;
    this.challenge = options.challenge;
  }
}

/** What was being done, for the words of an error. */
export interface Purpose {
  /** Reads on after "Cannot": `push acme/app to ghcr.io`. */
  readonly doing: string;
  readonly registry: string;
  /** With whose credentials: `as "bob" (input password)`, `without credentials`. */
  readonly as: string;
}

/** Turns an answer that is no success into words: what, why, and who mends it. */
export function toRegistryError(
  purpose: Purpose,
  answer: Pick<HttpAnswer, "status" | "headers">,
  text: string,
): RegistryError {
  const { status, headers } = answer;
  const { codes, words } = parseErrors(text);
  const { code, why, hint } = explain({ purpose, status, words });
  const said = words === "" ? "" : ` ${words}`;
  return new RegistryError(`Cannot ${purpose.doing} because ${why}: got ${status}${said}`, {
    code,
    hint,
    status,
    errors: codes,
    retryAfterMs: retryAfter(headers["retry-after"]),
    challenge: headers["www-authenticate"],
  });
}

/** The body that the distribution specification prescribes for errors, and what others put in its place. */
function parseErrors(text: string): { readonly codes: readonly string[]; readonly words: string } {
  try {
    const body = JSON.parse(text) as {
      errors?: { code?: unknown; message?: unknown }[];
      details?: unknown;
      message?: unknown;
    };
    const errors = Array.isArray(body.errors) ? body.errors : [{ message: body.details ?? body.message }];
    const words = errors.map(({ code, message }) =>
      [code, message].filter((word) => typeof word === "string").join(": "),
    );
    return { codes: errors.map(({ code }) => String(code)), words: short(words.join("; ")) };
  } catch {
    return { codes: [], words: /^\s*</.test(text) ? "" : short(text) };
  }
}

function short(text: string): string {
  return neutralise(text.replace(/\s+/g, " ").trim()).slice(0, 300);
}

interface Explanation {
  readonly code: ErrorCode;
  readonly why: string;
  readonly hint: string;
}

const digitalOcean = "registry.digitalocean.com";

function explain(o: { readonly purpose: Purpose; readonly status: number; readonly words: string }): Explanation {
  const { purpose, status, words } = o;
  if (status === 405 || /read.?only|garbage collection/i.test(words)) return readOnly;
  switch (status) {
    case 401:
      return {
        code: "denied",
        why: `${purpose.registry} does not accept who asks ${purpose.as}`,
        hint: credentialsHint(purpose),
      };
    case 403:
      return {
        code: "denied",
        why: `${purpose.registry} does not allow it ${purpose.as}`,
        hint: forbiddenHint(purpose),
      };
    case 404:
      return {
        code: "refused",
        why: `${purpose.registry} does not have it`,
        hint: "Check the name, the tag and the namespace.",
      };
    case 413:
      return {
        code: "refused",
        why: `${purpose.registry}, or a proxy before it, takes no upload of that size`,
        hint: "Raise the limit there, or make the layer smaller, for example by a .dockerignore file.",
      };
    case 429:
      return {
        code: "refused",
        why: `${purpose.registry} limits how much may be asked of it`,
        hint: "Try later. With credentials the limit is usually higher.",
      };
    default:
      return status >= 500
        ? {
            code: "unreachable",
            why: `${purpose.registry} has a problem of its own`,
            hint: "Try later, or see its status page.",
          }
        : { code: "refused", why: `${purpose.registry} refused it`, hint: "What it answered says why." };
  }
}

const readOnly: Explanation = {
  code: "refused",
  why: "the registry takes no writes at the moment",
  hint: "It is read-only while garbage collection runs. Try again when that has ended.",
};

function credentialsHint({ registry, as }: Purpose): string {
  if (as === anonymous)
    return `Check the name. If it is private, give credentials for ${registry}: username and password, digitalocean-token, or an entry of logins.`;
  return "Check that the user name and the password or token belong together, and that the token has not expired.";
}

function forbiddenHint(purpose: Purpose): string {
  if (purpose.as === anonymous) return credentialsHint(purpose);
  if (purpose.registry === digitalOcean)
    return "The token needs the scope registry:create, and the registry's plan must have room: it limits how many repositories there may be.";
  return "The account needs the right to do this in that namespace; many registries also want the repository to be made first.";
}

export const anonymous = "without credentials";

/** A number of seconds, or a date. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
