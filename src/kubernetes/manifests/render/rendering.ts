import type { Problem } from "../../../error.ts";
import type { Exec, ExecResult } from "../../../runner/runner.ts";
import { SlipwayError } from "../../../error.ts";
import type { Manifest, ManifestSet, Source } from "../manifest.ts";

/** What a folder is rendered for, and by what. */
export interface RenderPorts {
  readonly exec: Exec;
  readonly signal: AbortSignal;
  readonly workspace: string;
}

/**
 * Runs a program that renders. Undefined where there is no such program.
 * @throws SlipwayError where it cannot be started for another reason, and the signal's reason.
 */
export async function runTool(
  { exec, signal, workspace }: RenderPorts,
  [command = "", ...args]: readonly string[],
  input = "",
): Promise<ExecResult | undefined> {
  try {
    return await exec(command, args, { cwd: workspace, input, signal });
  } catch (error) {
    const cause = error instanceof SlipwayError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Where an object of a rendering comes from, as far as it is known. */
export type OriginOf = (manifest: Manifest) => Source | undefined;

/**
 * A rendering's objects and problems, at their places in the files that it was made of instead of the text that nobody has. What has no
 * such place stands at `fallback`. `lineIn` finds, in the origin's file, the line that a line of the rendering came from.
 */
export function atOrigins(
  rendered: ManifestSet,
  how: {
    readonly text: string;
    readonly fallback: string;
    readonly originOf: OriginOf;
    readonly textOf: (file: string) => string | undefined;
  },
): ManifestSet {
  const origins = new Map(rendered.manifests.map((manifest) => [manifest, how.originOf(manifest)]));
  const fallback: Source = { file: how.fallback, line: 1, locate: () => 1 };
  const manifests = rendered.manifests.map((manifest) => ({ ...manifest, source: origins.get(manifest) ?? fallback }));
  const lines = how.text.split("\n");
  const problems = rendered.problems.map((problem): Problem => {
    const line = problem.line ?? 1;
    const owner = rendered.manifests.findLast(({ source }) => source.line <= line);
    const origin = (owner && origins.get(owner)) ?? fallback;
    return { ...problem, file: origin.file, line: sameLine(how.textOf(origin.file), lines[line - 1], origin.line) };
  });
  return { manifests, problems };
}

/** The first line from `start` on that says the same, where there is one. */
function sameLine(text: string | undefined, wanted = "", start: number): number {
  const found = (text ?? "")
    .split("\n")
    .findIndex((line, index) => index + 1 >= start && line.trim() === wanted.trim());
  return found === -1 ? start : found + 1;
}
