import { SlipwayError } from "../error.ts";
import type { Problem } from "../error.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import { parseAddress } from "./address.ts";
import type { Check, Expectation, VersionCheck } from "./check.ts";
import type { CheckInput } from "./check-schema.ts";
import { hostAndPort } from "./resolve.ts";
import type { ResolvedHosts } from "./resolve.ts";

const defaultConnections = 10;

export interface PlanOptions {
  readonly url: string | undefined;
  readonly checks: readonly CheckInput[];
  /** The file that the checks stand in, where it is one. */
  readonly file?: string | undefined;
  /** The release whose version must answer, where its record was asked for. */
  readonly release: ReleaseSummary | undefined;
  readonly resolved: ResolvedHosts;
}

/**
 * The checks with everything filled in.
 * @throws SlipwayError `configuration` with every problem of every check.
 */
export function planChecks({ url, checks, file, release, resolved }: PlanOptions): Check[] {
  const problems: Problem[] = [];
  const planned = checks.flatMap((check, index) => {
    const name = check.name ?? nameOf(check.path ?? "/") ?? `check ${index + 1}`;
    const report: Report = (message, hint) =>
      problems.push({ message: `Input checks, ${name}: ${message}`, hint, ...(file === undefined ? {} : { file }) });
    const target = toUrl(check.path ?? "", url, report);
    const headers = toHeaders(check.headers ?? {}, report);
    const version = check.version === undefined ? undefined : toVersionCheck(check.version, release, report);
    return target === undefined ? [] : [toCheck(check, { name, url: target, headers, version })];
  });
  if (problems.length === 0) problems.push(...neverAsked(resolved, planned));
  if (problems.length === 0) return planned;
  throw new SlipwayError("Cannot test because of the inputs: nothing was asked", { code: "configuration", problems });
}

type Report = (message: string, hint: string) => void;

function toCheck(check: CheckInput, filledIn: Pick<Check, "name" | "url" | "headers" | "version">): Check {
  return {
    ...filledIn,
    method: check.method ?? (check.body === undefined ? "GET" : "POST"),
    body: check.body,
    expect: toExpectation(check.expect ?? {}),
    consecutive: check.consecutive ?? 1,
    retry: check.retry ?? true,
  };
}

function toExpectation({ status, headers, body, json, latency }: NonNullable<CheckInput["expect"]>): Expectation {
  const names = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: status ?? ["2xx"],
    headers: Object.fromEntries(names),
    body,
    json: json ?? {},
    latencyMs: latency,
  };
}

/** Names are shown everywhere, so a name made of an address has nothing of it that may be a credential. */
function nameOf(path: string): string | undefined {
  if (!isWhole(path)) return path.replace(/[?#].*/s, "") || "/";
  const url = URL.canParse(path) ? new URL(path) : undefined;
  return url && url.host + url.pathname;
}

function isWhole(path: string): boolean {
  return /^[a-z][-+.a-z0-9]*:\/\//i.test(path);
}

function toUrl(path: string, base: string | undefined, report: Report): URL | undefined {
  if (!isWhole(path) && base === undefined) {
    report("it has no address", 'Give the input "url", or a whole address as the path of the check.');
    return undefined;
  }
  const parsed = parseAddress(isWhole(path) ? path : `${base ?? ""}/${path.replace(/^\/+/, "")}`);
  if ("url" in parsed) return parsed.url;
  const { is, got, hint } = parsed.mistake;
  report(`its address ${is}${got === undefined ? "" : `: got ${got}`}`, hint);
  return undefined;
}

/** What Node.js sends as a header's value. */
const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Values are never told: they may be credentials. */
function toHeaders(headers: Readonly<Record<string, unknown>>, report: Report): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => {
    if (typeof value !== "string") report(`the value of its header ${name} is not text`, "Put it in quotes.");
    else if (!sendable.test(value))
      report(`the value of its header ${name} cannot be sent`, "Look for a line break or a letter beyond Latin in it.");
    return [name, String(value)] as const;
  });
  return Object.fromEntries(entries);
}

function toVersionCheck(
  { json, header, equals, connections }: NonNullable<CheckInput["version"]>,
  release: ReleaseSummary | undefined,
  report: Report,
): VersionCheck {
  const expected = equals === undefined ? versionsOf(release) : [equals];
  if (expected.length === 0) {
    report(
      "it is not known which version should answer",
      'Give "equals", or the input "revision" of a release that has a commit or images.',
    );
  }
  return {
    from: json === undefined ? { header: (header ?? "").toLowerCase() } : { json },
    equals: expected,
    connections: connections ?? defaultConnections,
  };
}

/** What may stand for a release: its commit, and the digests of its images. */
function versionsOf(release: ReleaseSummary | undefined): string[] {
  const { commit = "", images = {} } = release ?? {};
  const digests = Object.values(images).map((reference) => reference.slice(reference.indexOf("@") + 1));
  return [...(commit === "" ? [] : [commit]), ...digests];
}

/** A line of `resolve` with a slip in its host or port would have the checks ask the public address instead. */
function neverAsked(resolved: ResolvedHosts, checks: readonly Check[]): Problem[] {
  const asked = new Set(checks.map(({ url }) => hostAndPort(url)));
  return [...resolved.keys()]
    .filter((host) => !asked.has(host))
    .map((host) => ({
      message: `Input resolve: no check asks ${host}`,
      hint: `The checks ask ${[...asked].join(", ")}.`,
    }));
}
