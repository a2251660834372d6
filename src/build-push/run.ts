import { SlipwayError, type Outcome } from "../error.ts";
import { inParallel } from "../parallel.ts";
import { canonicalRegistry } from "../registry/reference.ts";
import { RegistryClient } from "../registry/registry-client.ts";
import { systemClock } from "../runner/clock.ts";
import { formatDuration } from "../runner/duration.ts";
import type { Runner } from "../runner/runner.ts";
import { pinned, type Build, type BuiltImage } from "./built-image.ts";
import { commitOf, headCommit } from "./commits.ts";
import { collectLogins, type Logins } from "./credentials.ts";
import type { BuildPushInputs } from "./inputs.ts";
import { pathsOf, planImages, type ImagePlan, type PlanFacts } from "./plan.ts";
import { plannedTags, pushTags, type TaggedImage } from "./push-tags.ts";
import { buildSummary, failureSummary, layersText, shortDigest } from "./summary.ts";

const imagesAtOnce = 3;

/** Builds all images and pushes them by digest; once all of them are there, moves the tags. */
export async function run(runner: Runner, inputs: BuildPushInputs): Promise<Outcome> {
  const started = systemClock.now();
  const step = (outcome: Outcome) => ({ outcome, durationMs: systemClock.now() - started, push: inputs.push });
  try {
    const images = await buildAndPush(runner, inputs);
    writeOutputs(runner, images);
    runner.addSummary(buildSummary(step("succeeded"), images));
    return "succeeded";
  } catch (error) {
    if (error instanceof SlipwayError) runner.addSummary(failureSummary(step(error.outcome), error));
    throw error;
  }
}

async function buildAndPush(runner: Runner, inputs: BuildPushInputs): Promise<readonly TaggedImage[]> {
  const now = new Date();
  const plans = planImages(inputs, {
    context: runner.context,
    env: runner.env,
    now,
    ...(await readCommits(runner, inputs, now)),
  });
  for (const note of new Set(plans.flatMap(({ tags }) => tags.notes))) runner.log.warning(note);
  const logins = await collectLogins(runner, inputs);
  const clients = openClients(runner, logins);
  try {
    const session = { runner, inputs, client: clients.get };
    const built = await withBuilder(session, logins, (build) => buildAll(plans, build, runner));
    if (!inputs.push) return built.map((image) => ({ ...image, tags: plannedTags(image.plan.tags) }));
    return await tagAll(built, session);
  } finally {
    clients.close();
  }
}

async function readCommits(
  runner: Runner,
  inputs: BuildPushInputs,
  now: Date,
): Promise<Pick<PlanFacts, "head" | "commits">> {
  const head = await headCommit(runner, now);
  const commits = await inParallel(inputs.images, imagesAtOnce, async (given) => {
    const image = typeof given === "string" ? { name: given } : given;
    return [image.name, await commitOf(runner, pathsOf(image), head)] as const;
  });
  return { head, commits: new Map(commits) };
}

interface Session {
  readonly runner: Runner;
  readonly inputs: BuildPushInputs;
  readonly client: (registry: string) => RegistryClient;
}

/** One client per registry, made when it is first needed. */
function openClients({ env, signal }: Runner, logins: Logins) {
  const clients = new Map<string, RegistryClient>();
  return {
    get: (host: string): RegistryClient => {
      const registry = canonicalRegistry(host);
      const credentials = logins.get(registry);
      const client =
        clients.get(registry) ?? new RegistryClient({ registry, credentials, env, signal, clock: systemClock });
      clients.set(registry, client);
      return client;
    },
    close: (): void => clients.forEach((client) => client.close()),
  };
}

/** Each builder's code is loaded only where it is used. */
async function withBuilder<T>(session: Session, logins: Logins, work: (build: Build) => Promise<T>): Promise<T> {
  const { runner, inputs, client } = session;
  if (inputs.builder === "direct") {
    const { directBuilder } = await import("./direct-builder.ts");
    const { workspace, temp, log, signal } = runner;
    return work(
      directBuilder({
        client,
        workspace,
        temp,
        log,
        signal,
        push: inputs.push,
        cache: inputs.cache[0] !== "off",
      }),
    );
  }
  const { makeDockerConfig, removeDockerConfig } = await import("./docker-config.ts");
  const { dockerBuilder } = await import("./docker-builder.ts");
  const environment = makeDockerConfig(runner, logins);
  try {
    return await work(await dockerBuilder({ ...session, environment }));
  } finally {
    removeDockerConfig(runner, environment);
  }
}

/** Goes on with the others when one fails, so that everything that is wrong is told at once. */
async function buildAll(plans: readonly ImagePlan[], build: Build, { log, signal }: Runner): Promise<BuiltImage[]> {
  const errors: unknown[] = [];
  const built = await inParallel(plans, imagesAtOnce, async (plan) => {
    const started = systemClock.now();
    try {
      const image = { plan, ...(await build(plan)), durationMs: systemClock.now() - started };
      const layers = layersText(image);
      log.info(
        `${plan.name}: built ${shortDigest(image.digest)} in ${formatDuration(image.durationMs)}${layers && `, layers: ${layers}`}`,
      );
      return image;
    } catch (error) {
      errors.push(error);
      return undefined;
    }
  });
  signal.throwIfAborted();
  if (errors.length > 0) throw joined(errors);
  return built.filter((image) => image !== undefined);
}

function joined(errors: readonly unknown[]): unknown {
  const [first] = errors;
  const foreseen = errors.filter((error) => error instanceof SlipwayError);
  if (errors.length === 1 || foreseen.length < errors.length)
    return errors.find((error) => !(error instanceof SlipwayError)) ?? first;
  const problems = foreseen.flatMap(({ message, hint, problems: own }) =>
    own.length > 0 ? own : [{ message, ...(hint && { hint }) }],
  );
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  return new SlipwayError(`Cannot build because ${foreseen.length} images have problems; nothing was tagged`, {
    code: foreseen[0]?.code ?? "configuration",
    problems: distinct,
  });
}

function tagAll(images: readonly BuiltImage[], { runner, client }: Session): Promise<TaggedImage[]> {
  return inParallel(images, imagesAtOnce, (image) =>
    pushTags(image, { client: client(image.plan.registry), log: runner.log }),
  );
}

function writeOutputs(runner: Runner, images: readonly TaggedImage[]): void {
  const byName = (value: (image: TaggedImage) => unknown): string =>
    JSON.stringify(Object.fromEntries(images.map((image) => [image.plan.name, value(image)])));
  const tagsOf = ({ plan, tags }: TaggedImage) => tags.map((tag) => `${plan.registry}/${plan.repository}:${tag}`);
  runner.setOutput("images", byName(pinned));
  runner.setOutput("tags", byName(tagsOf));
  runner.setOutput(
    "digests",
    byName((image) => image.digest),
  );
}
