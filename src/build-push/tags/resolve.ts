import parseSemver from "semver/functions/parse.js";
import { isTag, tagRule } from "../../registry/reference.ts";
import { formatDate } from "./date-format.ts";
import { parsePep440 } from "./pep440.ts";
import type { Rule } from "./rule.ts";
import { isRaw, render, type Expression, type Names } from "./template.ts";

/** What the tags of an image are made from. */
export interface TagContext {
  readonly ref: string;
  readonly sha: string;
  readonly eventName: string;
  /** Attacker-shaped: nothing in it is more than a text. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly commitTime: Date;
  readonly now: Date;
}

/** The tags that the rules give for one run. */
export interface Tags {
  /** In the order of priority, without doubles and without `latest`. */
  readonly names: readonly string[];
  /** Set where the tag `latest` is to follow: the name that makes it so. */
  readonly latest?: Release;
  /** Rules that gave nothing although they seemed meant to. */
  readonly notes: readonly string[];
}

/** A name such as `v1.2.3` around whose version others can be older or newer. */
export interface Release {
  readonly prefix: string;
  readonly suffix: string;
  /** The numbers of the version; none where it is not made of numbers. */
  readonly version: readonly number[];
}

/** What one rule gives: the name before prefix and suffix, and whether it is a release. */
interface Found {
  readonly name: string;
  readonly release?: readonly number[];
  readonly note?: string;
}

const shortSha = 7;

/**
 * Carries the rules out, with the results of docker/metadata-action. As there, the rule that comes first decides whether there is a
 * `latest`: a release version, a matched tag and a plain git tag have one.
 * @throws Error naming the rule whose tag no registry would take, or that cannot be rendered.
 */
export function resolveTags(rules: readonly Rule[], context: TagContext): Tags {
  const names: string[] = [];
  const notes: string[] = [];
  let first: (Found & { readonly rule: Rule }) | undefined;
  const globals = globalNames(context);
  for (const rule of rules.toSorted((a, b) => b.priority - a.priority)) {
    if (!isEnabled(rule, globals)) continue;
    const found = find(rule, { context, globals });
    if (found?.note !== undefined) notes.push(found.note);
    if (found === undefined || found.name === "") continue;
    const name = render(rule.prefix, globals) + found.name + render(rule.suffix, globals);
    const tag = name.replace(/[^a-zA-Z0-9._-]+/g, "-");
    if (tag === "") continue;
    if (!isTag(tag)) throw new Error(`${rule.text} gives a tag that no registry takes: got "${tag}". ${tagRule}`);
    if (!names.includes(tag)) names.push(tag);
    first ??= { ...found, rule };
  }
  const latest = first?.release && {
    prefix: render(first.rule.prefix, globals),
    suffix: render(first.rule.suffix, globals),
    version: first.release,
  };
  return { names, notes, ...(latest === undefined ? {} : { latest }) };
}

/** Of the tags that a repository has, one of a newer release; undefined where this is the newest. */
export function newerRelease(release: Release, existing: readonly string[]): string | undefined {
  if (release.version.length === 0) return undefined;
  return existing.find((tag) => {
    if (!tag.startsWith(release.prefix) || !tag.endsWith(release.suffix)) return false;
    const version = numbersOf(tag.slice(release.prefix.length, tag.length - release.suffix.length));
    return version.length === release.version.length && isNewer(version, release.version);
  });
}

function isNewer(version: readonly number[], than: readonly number[]): boolean {
  const at = version.findIndex((number, index) => number !== than[index]);
  return at !== -1 && (version[at] ?? 0) > (than[at] ?? 0);
}

function numbersOf(text: string): readonly number[] {
  return /^v?\d+(?:\.\d+)*$/.test(text) ? text.replace(/^v/, "").split(".").map(Number) : [];
}

function isEnabled(rule: Rule, globals: Names): boolean {
  const enabled = render(rule.enable, globals);
  if (enabled === "true" || enabled === "false") return enabled === "true";
  throw new Error(`${rule.text}: enable is neither true nor false: got "${enabled}"`);
}

interface Given {
  readonly context: TagContext;
  readonly globals: Names;
}

function find(rule: Rule, given: Given): Found | undefined {
  const { ref, sha, eventName } = given.context;
  switch (rule.type) {
    case "schedule":
      return eventName === "schedule"
        ? { name: render(rule.pattern, pick(given.globals, ["date", "commit_date"])) }
        : undefined;
    case "semver":
      return findSemver(rule, given);
    case "pep440":
      return findPep440(rule, given);
    case "match":
      return findMatch(rule, given);
    case "edge": {
      const branch = rule.branch || defaultBranch(given.context);
      return branch !== undefined && ref === `refs/heads/${branch}` ? { name: "edge" } : undefined;
    }
    case "ref":
      return findRef(rule.event, ref);
    case "raw":
      return { name: render(rule.value, given.globals) };
    case "sha":
      return { name: rule.format === "long" ? sha : sha.slice(0, shortSha) };
  }
}

function findRef(event: "branch" | "tag" | "pr", ref: string): Found | undefined {
  const [, kind = "", name = ""] = /^refs\/(heads|tags|pull)\/(.*)$/s.exec(ref) ?? [];
  if (event === "branch") return kind === "heads" ? { name } : undefined;
  if (event === "pr") return kind === "pull" ? { name: name.replace(/\/merge$/, "") } : undefined;
  return kind === "tags" ? { name, release: numbersOf(name) } : undefined;
}

function findSemver(rule: Rule & { readonly type: "semver" | "pep440" }, given: Given): Found | undefined {
  const raw = versionText(rule, given);
  if (raw === undefined) return undefined;
  const version = parseSemver(raw);
  if (version === null) return { name: "", note: `${rule.text}: "${raw}" is not a version as semver.org has it` };
  const names = {
    raw,
    version: version.version,
    major: String(version.major),
    minor: String(version.minor),
    patch: String(version.patch),
  };
  // A pre-release must not move the tags of releases.
  if (version.prerelease.length > 0) return { name: render(isRaw(rule.pattern) ? rule.pattern : "{{version}}", names) };
  return { name: render(rule.pattern, names), release: [version.major, version.minor, version.patch] };
}

function findPep440(rule: Rule & { readonly type: "semver" | "pep440" }, given: Given): Found | undefined {
  const raw = versionText(rule, given);
  if (raw === undefined) return undefined;
  const version = parsePep440(raw);
  if (version === undefined) return { name: "", note: `${rule.text}: "${raw}" is not a version as PEP 440 has it` };
  if (!version.isFinal) return { name: isRaw(rule.pattern) ? raw : version.version };
  const [major = 0, minor = 0, patch = 0] = version.release;
  const names = { raw, version: version.version, major: String(major), minor: String(minor), patch: String(patch) };
  return { name: render(rule.pattern, names), release: version.release };
}

/** The git tag, or the value given in its place; undefined where there is neither. */
function versionText(
  { value, match, text }: Rule & { readonly type: "semver" | "pep440" },
  given: Given,
): string | undefined {
  const raw = givenText(value, given);
  if (raw === undefined) return undefined;
  const matched = match === "" ? undefined : expression(match, text).exec(raw);
  return (matched?.[1] ?? matched?.[0] ?? raw).replaceAll("/", "-");
}

function findMatch(rule: Rule & { readonly type: "match" }, given: Given): Found | undefined {
  const raw = givenText(rule.value, given);
  if (raw === undefined) return undefined;
  const name = expression(rule.pattern, rule.text).exec(raw)?.[rule.group];
  if (name === undefined) return { name: "", note: `${rule.text}: "${raw}" does not match` };
  return { name, release: numbersOf(name) };
}

function givenText(value: string, { context, globals }: Given): string | undefined {
  if (value !== "") return render(value, globals);
  return context.ref.startsWith("refs/tags/") ? context.ref.slice("refs/tags/".length) : undefined;
}

/** `pattern` or `/pattern/flags`. */
function expression(pattern: string, text: string): RegExp {
  const [, source = pattern, flags = ""] = /^\/(.+)\/(.*)$/.exec(pattern) ?? [];
  try {
    return new RegExp(source, flags.replaceAll("g", ""));
  } catch (error) {
    throw new Error(`${text}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** The names that values, prefixes, suffixes and `enable` may use. */
function globalNames(context: TagContext): Names {
  const { ref, sha, now, commitTime } = context;
  const isDefault = isDefaultBranch(context);
  const date = (at: Date) => (expression: Expression) => formatDate(at, expression.argument ?? "", zoneOf(expression));
  return {
    branch: ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : "",
    tag: ref.startsWith("refs/tags/") ? ref.slice("refs/tags/".length) : "",
    sha: sha.slice(0, shortSha),
    base_ref: baseRef(context),
    is_default_branch: String(isDefault),
    is_not_default_branch: String(!isDefault),
    date: date(now),
    commit_date: date(commitTime),
  };
}

function zoneOf({ name, argument, options }: Expression): string {
  if (argument === undefined) throw new Error(`{{${name}}} has no format: write it like {{${name} 'YYYYMMDD'}}`);
  const unknown = Object.keys(options).find((key) => key !== "tz");
  if (unknown !== undefined) throw new Error(`{{${name}}} has an unknown option ${unknown}: it only has tz`);
  return options.tz ?? "UTC";
}

function baseRef({ ref, payload }: TagContext): string {
  if (ref.startsWith("refs/tags/")) return textAt(payload, ["base_ref"]).replace(/^refs\/heads\//, "");
  return ref.startsWith("refs/pull/") ? textAt(payload, ["pull_request", "base", "ref"]) : "";
}

function defaultBranch({ payload }: TagContext): string | undefined {
  return textAt(payload, ["repository", "default_branch"]) || undefined;
}

/** Some events are always about the default branch, whatever the payload says. */
function isDefaultBranch(context: TagContext): boolean {
  const branch = context.ref.replace(/^refs\/heads\//, "");
  if (branch === "") return false;
  return defaultBranch(context) === branch || /create|discussion|issues|schedule/.test(context.eventName);
}

function textAt(value: unknown, path: readonly string[]): string {
  const found = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    value,
  );
  return typeof found === "string" ? found : "";
}

function pick(names: Names, keys: readonly string[]): Names {
  return Object.fromEntries(Object.entries(names).filter(([key]) => keys.includes(key)));
}
