import { SlipwayError, type Problem } from "../../error.ts";
import { nearest } from "../../runner/nearest.ts";
import type { Stage } from "../dockerfile/instruction.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import { unreadable, type Dockerfile } from "../dockerfile/parse.ts";
import { parsePlatform, type Platform } from "../platform.ts";
import { expandGlobal, type Variables } from "./variables.ts";

/** How the stages of a Dockerfile hang together: which begins where, and which copies from which. Stages are known by their index. */
export class StageGraph {
  readonly #dockerfile: Dockerfile;
  readonly #stages: readonly Stage[];
  readonly #variables: Variables;

  constructor(dockerfile: Dockerfile, variables: Variables) {
    this.#dockerfile = dockerfile;
    this.#stages = dockerfile.stages;
    this.#variables = variables;
  }

  stage(index: number): Stage {
    const stage = this.#stages[index];
    if (stage === undefined) throw new Error(`there is no stage ${index}`);
    return stage;
  }

  /** The stage that is asked for; the last one, if none is. @throws SlipwayError where there is no such stage. */
  target(name: string | undefined): number {
    if (name === undefined) return this.#stages.length - 1;
    const index = this.#named(name);
    if (index !== undefined) return index;
    const names = this.#stages.flatMap((stage) => stage.name ?? []);
    const meant = nearest(name, names);
    throw new SlipwayError(`Cannot build the target "${name}" because ${this.#dockerfile.file} has no such stage`, {
      code: "configuration",
      hint:
        meant === undefined ? `Its stages are: ${names.join(", ") || "none with a name"}.` : `Did you mean ${meant}?`,
    });
  }

  /** @throws SlipwayError with everything at once that keeps the target from being built without running anything. */
  refuseImpossible(target: number): void {
    const problems: Problem[] = [];
    for (const index of [...this.#reachable(target)].sort((a, b) => a - b)) {
      for (const instruction of this.stage(index).instructions) {
        if (instruction.kind !== "REFUSED") continue;
        problems.push({ message: instruction.why, hint: instruction.hint, ...instruction.place });
      }
    }
    if (problems.length > 0) throw unreadable(this.#dockerfile.file, problems);
  }

  /** What a stage begins with: an earlier stage, or an image by its name (`scratch` for none). */
  base(index: number): number | string {
    const { base, place } = this.stage(index);
    const name = this.#expand(base, place);
    if (name === "")
      throw mistake(place, `FROM ${base} names nothing`, "A variable in it has no value: give it as a build-arg.");
    // FROM finds a stage by the very name it has, COPY --from in any case.
    const below = this.#stages.findLastIndex((stage, at) => at < index && stage.name === name);
    return below === -1 ? name : below;
  }

  /** What COPY --from in a stage names: an earlier stage, or an image by its name. */
  source(from: string, o: { readonly index: number; readonly place: Place }): number | string {
    const { index, place } = o;
    const stage = /^\d+$/.test(from) ? Number(from) : this.#named(from);
    if (stage !== undefined && stage >= index)
      throw mistake(
        place,
        `COPY --from=${from} does not name an earlier stage`,
        "A stage can only copy from those above it.",
      );
    if (from.includes("$"))
      throw mistake(place, "COPY --from takes no variable", "Give the image to a stage by FROM, and name that stage.");
    if (from === "scratch")
      throw mistake(place, "COPY --from=scratch has nothing to copy", "Name a stage or an image.");
    return stage ?? from;
  }

  /** The platform that FROM asks for; undefined where it does not. */
  platform(index: number): Platform | undefined {
    const { platform, place } = this.stage(index);
    if (platform === undefined) return undefined;
    try {
      return parsePlatform(this.#expand(platform, place));
    } catch (error) {
      if (!(error instanceof SlipwayError) || error.problems.length > 0) throw error;
      throw mistake(place, `FROM --platform: ${error.message}`, error.hint);
    }
  }

  #reachable(index: number, found = new Set<number>()): ReadonlySet<number> {
    if (found.has(index)) return found;
    found.add(index);
    const sources = this.stage(index).instructions.map((instruction) =>
      instruction.kind === "COPY" && instruction.from !== undefined
        ? this.source(instruction.from, { index, place: instruction.place })
        : undefined,
    );
    for (const next of [this.base(index), ...sources]) if (typeof next === "number") this.#reachable(next, found);
    return found;
  }

  #named(name: string): number | undefined {
    const index = this.#stages.findLastIndex((stage) => stage.name === name.toLowerCase());
    return index === -1 ? undefined : index;
  }

  #expand(text: string, place: Place): string {
    return expandGlobal(text, { dockerfile: this.#dockerfile, variables: this.#variables, place });
  }
}
