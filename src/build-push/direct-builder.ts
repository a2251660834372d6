import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BaseImages } from "../image/base-image.ts";
import { BuildContext } from "../image/context.ts";
import { Contents } from "../image/contents.ts";
import { buildDirectly } from "../image/direct/build.ts";
import { finishImage, indexOf, type FinishedImage } from "../image/direct/finish.ts";
import { parseDockerfile, type Dockerfile } from "../image/dockerfile/parse.ts";
import { undeclaredArgs } from "../image/dockerfile/undeclared-args.ts";
import { Ignore } from "../image/ignore.ts";
import { KnownLayers } from "../image/known-layers.ts";
import { normalise, type Platform } from "../image/platform.ts";
import { pushImage, pushIndex, type Traffic } from "../image/push-image.ts";
import type { RegistryClient } from "../registry/registry-client.ts";
import type { Log } from "../runner/runner.ts";
import type { Build } from "./built-image.ts";
import { below, findDockerfile } from "./find-dockerfile.ts";
import type { ImagePlan } from "./plan.ts";

export interface DirectOptions {
  readonly client: (registry: string) => RegistryClient;
  readonly workspace: string;
  /** Where layers lie until they are sent. */
  readonly temp: string;
  readonly push: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Whether layers that the registry has from the last build are taken from there instead of being compressed anew. */
  readonly cache: boolean;
}

/** Builds without Docker: Dockerfile and files in, layers and manifests out, straight to the registry. */
export function directBuilder(options: DirectOptions): Build {
  const images = new BaseImages(options.client);
  return async (plan) => {
    const contents = new Contents(options.temp, options.signal);
    try {
      return await build(plan, { ...options, images, contents });
    } finally {
      contents.close();
    }
  };
}

type Session = DirectOptions & { readonly images: BaseImages; readonly contents: Contents };

async function build(plan: ImagePlan, session: Session): ReturnType<Build> {
  const dockerfilePath = findDockerfile(plan, session.workspace);
  const dockerfile = parseDockerfile(readFileSync(below(session.workspace, dockerfilePath), "utf8"), dockerfilePath);
  for (const { name, meant } of undeclaredArgs(dockerfile, plan.buildArgs.keys())) {
    const guess = meant === undefined ? "" : ` Did you mean ${meant}?`;
    session.log.warning(`No ARG takes the build argument ${name}.${guess}`, { file: dockerfilePath });
  }
  const context = openContext(plan, dockerfilePath, session);
  const finished: FinishedImage[] = [];
  for (const platform of plan.platforms)
    finished.push(await buildFor(platform, { plan, dockerfile, context, session }));
  const [first] = finished;
  if (first === undefined) throw new Error("an image without a platform came as far as its build");
  const index = finished.length > 1 ? indexOf(finished) : undefined;
  const result = {
    digest: (index ?? first.manifest).digest,
    size: first.layers.reduce((sum, { size }) => sum + size, first.config.size),
    layers: first.layers.length,
  };
  if (!session.push) return result;
  const to = { client: session.client(plan.registry), repository: plan.repository };
  const traffic = [];
  for (const image of finished) traffic.push(await pushImage(image, to));
  if (index !== undefined) await pushIndex(index, to);
  return { ...result, traffic: total(traffic) };
}

/** .dockerignore of the context, or one that bears the Dockerfile's name and lies beside it. */
function openContext(plan: ImagePlan, dockerfile: string, { workspace }: Session): BuildContext {
  const candidates = [`${dockerfile}.dockerignore`, join(plan.context, ".dockerignore")];
  const file = candidates.find((path) => existsSync(below(workspace, path)));
  const text = file === undefined ? "" : readFileSync(below(workspace, file), "utf8");
  const ignore = new Ignore(text, file ?? "");
  return new BuildContext({ folder: below(workspace, plan.context), ignore, time: plan.epoch });
}

async function buildFor(
  platform: Platform,
  o: {
    readonly plan: ImagePlan;
    readonly dockerfile: Dockerfile;
    readonly context: BuildContext;
    readonly session: Session;
  },
): Promise<FinishedImage> {
  const { plan, dockerfile, context, session } = o;
  const { contents, images } = session;
  const { target, buildArgs, labels, registry, repository, epoch } = plan;
  const buildPlatform = normalise({ os: "linux", architecture: process.arch === "arm64" ? "arm64" : "amd64" });
  const state = await buildDirectly({
    dockerfile,
    context,
    contents,
    images,
    target,
    buildArgs,
    platform,
    buildPlatform,
    labels,
    epoch,
  });
  if (!session.push || !session.cache) return finishImage(state, { contents, epoch });
  const names = [...plan.tags.names, "latest"].map((tag) => `${registry}/${repository}:${tag}`);
  const known = new KnownLayers({ images, names, platform });
  return finishImage(state, { contents, epoch, findLayer: (archive) => known.find(archive) });
}

function total(traffic: readonly Traffic[]): Traffic {
  const sum = (of: (one: Traffic) => number): number => traffic.reduce((all, one) => all + of(one), 0);
  return {
    uploaded: sum(({ uploaded }) => uploaded),
    reused: sum(({ reused }) => reused),
    uploadedBytes: sum(({ uploadedBytes }) => uploadedBytes),
  };
}
