import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SlipwayError } from "../error.ts";
import { buildxArguments, chooseCache } from "../image/buildx.ts";
import { readSizes } from "../image/sizes.ts";
import { isLoopback, registryUrl } from "../registry/address.ts";
import { isDigest, type Digest } from "../registry/reference.ts";
import type { RegistryClient } from "../registry/registry-client.ts";
import type { Runner } from "../runner/runner.ts";
import type { Build } from "./built-image.ts";
import type { DockerEnvironment } from "./docker-config.ts";
import { buildxProblem } from "./docker-problem.ts";
import { below, findDockerfile } from "./find-dockerfile.ts";
import type { BuildPushInputs } from "./inputs.ts";
import type { ImagePlan } from "./plan.ts";

export interface DockerOptions {
  readonly runner: Runner;
  readonly inputs: BuildPushInputs;
  readonly environment: DockerEnvironment;
  readonly client: (registry: string) => RegistryClient;
}

const builderState = "buildx-builder";

/** Builds with `docker buildx`. Whether a build has succeeded is what its exit code says, and nothing else. */
export async function dockerBuilder(options: DockerOptions): Promise<Build> {
  const builder = await findBuilder(options);
  let builds = 0;
  return (plan) => build(plan, { ...options, builder, number: builds++ });
}

type Session = DockerOptions & { readonly builder: string | undefined; readonly number: number };

async function build(plan: ImagePlan, session: Session): ReturnType<Build> {
  const { runner, inputs, environment } = session;
  const { workspace } = runner;
  const dockerfile = findDockerfile(plan, workspace);
  const metadataFile = join(environment.DOCKER_CONFIG ?? runner.temp, `built-${session.number}.json`);
  const name = `${plan.registry}/${plan.repository}`;
  const args = buildxArguments({
    image: { ...plan, name, context: below(workspace, plan.context), dockerfile: below(workspace, dockerfile) },
    builder: session.builder,
    push: inputs.push,
    cache: chooseCache({ lines: inputs.cache, image: name, push: inputs.push, hasGitHubCache: hasGitHubCache(runner) }),
    provenance: inputs.provenance ?? defaultProvenance(runner),
    sbom: inputs.sbom,
    metadataFile,
  });
  const result = await runner.exec("docker", args, {
    cwd: workspace,
    env: { ...environment, SOURCE_DATE_EPOCH: String(plan.epoch) },
    onLine: (line) => {
      if (line !== "") runner.log.info(`${plan.name}: ${line}`);
    },
  });
  if (result.exitCode !== 0) throw buildxProblem({ name: plan.name, dockerfile, result });
  const digest = readDigest(metadataFile, plan.name);
  if (!inputs.push) return { digest };
  return { digest, ...(await readSizes(session.client(plan.registry), { repository: plan.repository, digest })) };
}

function readDigest(path: string, name: string): Digest {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "{}";
  const metadata = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const digest = metadata["containerimage.digest"];
  if (typeof digest === "string" && isDigest(digest)) return digest;
  throw new SlipwayError(
    `Cannot tell what was built for ${name} because buildx named no digest: got ${typeof digest === "string" ? digest : "none"}`,
    {
      code: "refused",
      hint: "The builder has to be able to export images: docker-container, kubernetes and remote are.",
    },
  );
}

/**
 * The builder to use. Docker's built-in one cannot push by digest, so where it is the current one, another is made for this job.
 * @throws SlipwayError where there is no buildx.
 */
async function findBuilder({ runner, inputs, environment }: DockerOptions): Promise<string | undefined> {
  const inspected = await runner.exec("docker", ["buildx", "inspect"], { env: environment });
  if (inspected.exitCode !== 0) {
    throw new SlipwayError(`Cannot build because docker buildx does not work: got ${lastLine(inspected.stderr)}`, {
      code: "configuration",
      hint: "Install Docker with buildx in an earlier step, or set builder: direct if no Dockerfile needs RUN.",
    });
  }
  if (/^Driver:\s+(\S+)/m.exec(inspected.stdout)?.[1] !== "docker") return undefined;
  const name = `slipway-${runner.context.runId || "local"}-${process.pid}`;
  runner.saveState(builderState, name);
  const url = registryUrl(inputs.registry.split("/", 1)[0] ?? "");
  // A registry of this machine is not one of the builder's container.
  const network = isLoopback(url) ? ["--driver-opt", "network=host"] : [];
  const args = ["buildx", "create", "--driver", "docker-container", "--name", name, ...network];
  const created = await runner.exec("docker", args, { env: environment });
  if (created.exitCode === 0) return name;
  throw new SlipwayError(`Cannot make a builder because docker buildx create failed: got ${lastLine(created.stderr)}`, {
    code: "configuration",
    hint: "Docker has to be able to start containers. docker/setup-buildx-action can make a builder of your own before this step.",
  });
}

/** Removes the builder that was made for this job. */
export async function removeBuilder(runner: Runner): Promise<void> {
  const name = runner.getState(builderState);
  if (name !== "") await runner.exec("docker", ["buildx", "rm", "--force", name]);
}

function hasGitHubCache({ env }: Runner): boolean {
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && (env.ACTIONS_RESULTS_URL ?? env.ACTIONS_CACHE_URL));
}

/** All that is known of a public repository is public; of a private one the build's arguments may not be. */
function defaultProvenance({ context }: Runner): string {
  const repository = context.payload.repository;
  const isPublic =
    typeof repository === "object" && repository !== null && "private" in repository && repository.private === false;
  return isPublic ? "mode=max" : "mode=min";
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
