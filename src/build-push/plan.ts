import { join, posix } from "node:path";
import { SlipwayError, type Problem } from "../error.ts";
import { isoTime } from "../image/image-config.ts";
import { parsePlatform, type Platform } from "../image/platform.ts";
import { parseReference } from "../registry/reference.ts";
import type { RunContext } from "../runner/runner.ts";
import { clashes } from "./clashes.ts";
import type { Commit } from "./commits.ts";
import type { ImageInput } from "./input-schemas.ts";
import type { BuildPushInputs } from "./inputs.ts";
import { resolveTags, type Tags } from "./tags/resolve.ts";
import { parseRule, type Rule } from "./tags/rule.ts";

/** One image to be built. Paths are relative to the workspace. */
export interface ImagePlan {
  readonly name: string;
  readonly registry: string;
  readonly repository: string;
  readonly context: string;
  /** Where the Dockerfile may be; the first that exists is it. */
  readonly dockerfiles: readonly string[];
  readonly target: string | undefined;
  /** At least one for `direct`; none leaves it to Docker. */
  readonly platforms: readonly Platform[];
  readonly buildArgs: ReadonlyMap<string, string>;
  /** Names of secrets to the environment variables that hold them. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly labels: Readonly<Record<string, string>>;
  readonly tags: Tags;
  /** Seconds since 1970: the time that the image and its files bear. */
  readonly epoch: number;
}

/** What is known before anything is built. */
export interface PlanFacts {
  readonly context: RunContext;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly head: Commit;
  /** The commit that last touched what an image is made of, by the image's name. */
  readonly commits: ReadonlyMap<string, Commit>;
  readonly now: Date;
}

/**
 * Works out what to build and what to call it.
 * @throws SlipwayError `configuration` with everything in the inputs that does not fit together.
 */
export function planImages(inputs: BuildPushInputs, facts: PlanFacts): readonly ImagePlan[] {
  const problems: Problem[] = [...clashes(inputs)];
  const plans = inputs.images.map((given) => {
    const image = typeof given === "string" ? { name: given } : given;
    return collecting(problems, `Image ${image.name}`, () => planImage(image, { inputs, facts }));
  });
  const names = inputs.images.map((image) => (typeof image === "string" ? image : image.name));
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index)))
    problems.push({ message: `Input images names ${name} twice`, hint: "Every image has a name of its own." });
  if (problems.length > 0) {
    const count = problems.length === 1 ? "of a problem" : `of ${problems.length} problems`;
    throw new SlipwayError(`Cannot plan the build because ${count} in its inputs`, { code: "configuration", problems });
  }
  return plans.filter((plan) => plan !== undefined);
}

interface Given {
  readonly inputs: BuildPushInputs;
  readonly facts: PlanFacts;
}

function planImage(image: ImageInput, { inputs, facts }: Given): ImagePlan {
  const { registry, repository } = placeOf(inputs.registry, image.name);
  const context = contextOf(image);
  const commit = facts.commits.get(image.name) ?? facts.head;
  const secrets = new Map(Object.entries(image.secrets ?? {}));
  const unset = [...secrets.values()].find((variable) => !facts.env[variable]);
  if (unset !== undefined)
    throw wrong(
      `the environment variable ${unset} is not set, which a secret is to come from`,
      `Set ${unset} under "env:" of the step.`,
    );
  if (secrets.size > 0 && inputs.builder === "direct")
    throw wrong("secrets are for RUN, and the direct builder runs nothing", "Remove them, or set builder: docker.");
  const tags = tagsOf(image.tags === undefined ? inputs.tags : listOf(image.tags), facts);
  return {
    name: image.name,
    registry,
    repository,
    context,
    dockerfiles: dockerfilesOf(image),
    target: image.target,
    platforms: platformsOf(image.platforms, inputs.builder),
    buildArgs: new Map(Object.entries(image["build-args"] ?? {})),
    secrets,
    labels: { ...defaultLabels({ name: image.name, version: tags.names[0] ?? "", commit, facts }), ...image.labels },
    tags,
    epoch: commit.epoch,
  };
}

/** What an image is made of: its context and its Dockerfile, wherever that is. */
export function pathsOf(image: ImageInput): string[] {
  return [contextOf(image), ...dockerfilesOf(image)];
}

function contextOf(image: ImageInput): string {
  return posix.normalize(image.context ?? ".");
}

function dockerfilesOf(image: ImageInput): string[] {
  const { dockerfile } = image;
  const context = contextOf(image);
  return dockerfile === undefined
    ? [join(context, "Dockerfile")]
    : [...new Set([dockerfile, join(context, dockerfile)])];
}

/** The repository of an image below the host and namespace of `registry`. */
function placeOf(registry: string, name: string): { readonly registry: string; readonly repository: string } {
  const host = registry.split("/", 1)[0] ?? "";
  if (!/[.:]/.test(host) && host !== "localhost")
    throw wrong(
      `input registry does not start with a host: got "${registry}"`,
      "Write it like ghcr.io/acme or docker.io/acme.",
    );
  const reference = parseReference(`${registry.replace(/\/+$/, "")}/${name}`);
  if (reference.tag === undefined && reference.digest === undefined) return reference;
  throw wrong("its name has a tag or digest", "Tags come from the input tags.");
}

function platformsOf(given: ImageInput["platforms"], builder: BuildPushInputs["builder"]): readonly Platform[] {
  const names = given === undefined ? [] : listOf(given).flatMap((item) => item.split(","));
  const platforms = names.map((name) => parsePlatform(name.trim()));
  return platforms.length === 0 && builder === "direct" ? [parsePlatform("linux/amd64")] : platforms;
}

/** The items of a list, or lines. */
function listOf(given: string | readonly string[]): readonly string[] {
  const items = typeof given === "string" ? given.split("\n") : given;
  return items.map((item) => item.trim()).filter((item) => item !== "");
}

function tagsOf(lines: readonly string[], { context, head, now }: PlanFacts): Tags {
  const rules = lines.map(readRule).filter((rule) => rule !== undefined);
  const tags = resolveTags(rules, { ...context, commitTime: new Date(head.epoch * 1000), now });
  if (tags.names.length > 0) return tags;
  throw wrong(
    `none of its rules gives a tag for ${context.ref || "this run"} (${context.eventName || "no event"})${tags.notes.map((note) => `; ${note}`).join("")}`,
    "Add a rule that always gives one, such as type=sha.",
  );
}

function readRule(line: string): Rule | undefined {
  try {
    return parseRule(line);
  } catch (error) {
    throw wrong(`its rule "${line}" cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The labels of the OCI image specification that can be known; `created` and `revision` are the commit's, so that building again changes nothing. */
function defaultLabels(o: {
  readonly name: string;
  readonly version: string;
  readonly commit: Commit;
  readonly facts: PlanFacts;
}): Record<string, string> {
  const { serverUrl, repository } = o.facts.context;
  const labels = {
    created: isoTime(o.commit.epoch),
    revision: o.commit.sha,
    source: serverUrl && repository && `${serverUrl}/${repository}`,
    title: o.name,
    version: o.version,
  };
  const known = Object.entries(labels).filter(([, value]) => value !== "");
  return Object.fromEntries(known.map(([key, value]) => [`org.opencontainers.image.${key}`, value]));
}

function wrong(message: string, hint?: string): SlipwayError {
  return new SlipwayError(message, { code: "configuration", ...(hint === undefined ? {} : { hint }) });
}

/** Notes what is wrong and goes on, so that all of it is told at once. */
function collecting<T>(problems: Problem[], what: string, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const hint = error instanceof SlipwayError ? error.hint : undefined;
    const message = error instanceof Error ? error.message : String(error);
    problems.push({ message: `${what}: ${message}`, ...(hint === undefined ? {} : { hint }) });
    return undefined;
  }
}
