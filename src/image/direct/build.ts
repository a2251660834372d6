import { SlipwayError } from "../../error.ts";
import type { BaseImages } from "../base-image.ts";
import type { BuildContext } from "../context.ts";
import type { Contents } from "../contents.ts";
import type { CopyInstruction, Instruction } from "../dockerfile/instruction.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import type { Dockerfile } from "../dockerfile/parse.ts";
import type { SourceTree } from "../entry.ts";
import type { Platform } from "../platform.ts";
import { changeDirectory, copyFiles } from "./files.ts";
import { applyMetadata } from "./metadata.ts";
import { StageGraph } from "./stage-graph.ts";
import { StageState } from "./stage-state.ts";
import { globalVariables, type Variables } from "./variables.ts";

export interface DirectBuild {
  readonly dockerfile: Dockerfile;
  readonly context: BuildContext;
  readonly contents: Contents;
  readonly images: BaseImages;
  /** The last stage, if not given. */
  readonly target?: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly platform: Platform;
  /** What `$BUILDPLATFORM` stands for. */
  readonly buildPlatform: Platform;
  /** Override those of the Dockerfile. */
  readonly labels: Readonly<Record<string, string>>;
  /** The time that the image and its files bear, in seconds since 1970. */
  readonly epoch: number;
}

/**
 * Carries out a Dockerfile that runs nothing: the same image that BuildKit would make of it (frontend/dockerfile/dockerfile2llb).
 * @throws SlipwayError with the line of each instruction that cannot be carried out, or that is wrong.
 */
export async function buildDirectly(build: DirectBuild): Promise<StageState> {
  const variables = globalVariables(build);
  const graph = new StageGraph(build.dockerfile, variables);
  const target = graph.target(build.target);
  graph.refuseImpossible(target);
  const state = await new Builder(build, { graph, variables }).stage(target);
  if (Object.keys(build.labels).length > 0)
    state.config.config.Labels = { ...state.config.config.Labels, ...build.labels };
  return state;
}

class Builder {
  readonly #build: DirectBuild;
  readonly #graph: StageGraph;
  readonly #variables: Variables;
  readonly #stages = new Map<number, Promise<StageState>>();

  constructor(build: DirectBuild, o: { readonly graph: StageGraph; readonly variables: Variables }) {
    this.#build = build;
    this.#graph = o.graph;
    this.#variables = o.variables;
  }

  /** A stage with all its instructions carried out. Each is built once. */
  stage(index: number): Promise<StageState> {
    const stage = this.#stages.get(index) ?? this.#carryOut(index);
    this.#stages.set(index, stage);
    return stage;
  }

  async #carryOut(index: number): Promise<StageState> {
    const state = await this.#begin(index);
    for (const instruction of this.#graph.stage(index).instructions) {
      const before = state.layers.length;
      const createdBy = await this.#apply(state, instruction, index);
      state.commit(createdBy, { epoch: this.#build.epoch, hasLayer: state.layers.length > before });
    }
    return state;
  }

  /** FROM: nothing, another stage, or an image. */
  async #begin(index: number): Promise<StageState> {
    const { place } = this.#graph.stage(index);
    const { escape } = this.#build.dockerfile;
    const platform = this.#graph.platform(index) ?? this.#build.platform;
    const base = this.#graph.base(index);
    if (typeof base === "number") return (await this.stage(base)).next();
    if (base === "scratch") return StageState.scratch(platform, escape);
    const image = await locate(place, () => this.#build.images.find(base, platform));
    if (image.config.config?.OnBuild?.length)
      throw mistake(place, `${base} brings instructions of its own (ONBUILD)`, "Set builder: docker for this image.");
    return StageState.of(image, { platform, escape });
  }

  async #apply(state: StageState, instruction: Instruction, index: number): Promise<string> {
    const { contents, epoch } = this.#build;
    const { place } = instruction;
    const options = { state, contents, epoch, place };
    switch (instruction.kind) {
      case "ARG":
        return this.#declare(state, instruction);
      case "WORKDIR":
        return changeDirectory(instruction.value, options);
      case "COPY":
      case "ADD":
        return copyFiles(instruction, { ...options, source: await this.#source(instruction, index) });
      case "REFUSED":
        throw mistake(place, instruction.why, instruction.hint);
      default:
        return applyMetadata(state, instruction);
    }
  }

  /** ARG: the value given for the build, else its own, else the one from before the first FROM. */
  #declare(state: StageState, { args, place }: Instruction & { readonly kind: "ARG" }): string {
    const shown = args.map(({ key, value }) => {
      const own = value === undefined ? this.#variables.get(key) : undefined;
      const final = this.#build.buildArgs.get(key) ?? own ?? (value && state.expand(value, place));
      if (final !== undefined) state.variables.set(key, final);
      return final === undefined ? key : `${key}=${final}`;
    });
    return `ARG ${shown.join(" ")}`;
  }

  async #source({ from, place }: CopyInstruction & { readonly place: Place }, index: number): Promise<SourceTree> {
    if (from === undefined) return this.#build.context;
    const source = this.#graph.source(from, { index, place });
    if (typeof source === "number") return (await this.stage(source)).tree();
    return (await locate(place, () => this.#build.images.find(source, this.#build.platform))).tree();
  }
}

/** What goes wrong with an image goes to the line that names it. */
async function locate<T>(place: Place, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SlipwayError) || error.problems.length > 0) throw error;
    const { message, hint, code, outcome, cause } = error;
    const problem = { message, ...(hint === undefined ? {} : { hint }), ...place };
    throw new SlipwayError(message, { code, outcome, problems: [problem], cause });
  }
}
