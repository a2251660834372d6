import { readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { SlipwayError } from "../error.ts";
import { nearest } from "../runner/nearest.ts";
import type { ImagePlan } from "./plan.ts";

/**
 * The Dockerfile of an image, relative to the workspace: where `dockerfile` says, as for `docker build --file`, else below the context.
 * @throws SlipwayError `configuration` where the context or the Dockerfile does not exist; the nearest name is in the hint.
 */
export function findDockerfile(plan: ImagePlan, workspace: string): string {
  const { name, context, dockerfiles } = plan;
  if (!isA("isDirectory", below(workspace, context))) {
    throw new SlipwayError(`Cannot build ${name} because its context is no folder of the workspace: got ${context}`, {
      code: "configuration",
      hint: "context is relative to the root of the repository. Is it checked out before this step?",
    });
  }
  const found = dockerfiles.find((path) => isA("isFile", below(workspace, path)));
  if (found !== undefined) return found;
  const first = dockerfiles[0] ?? "Dockerfile";
  const meant = dockerfiles.map((path) => nearPath(path, workspace)).find((path) => path !== undefined);
  throw new SlipwayError(`Cannot build ${name} because there is no Dockerfile: got ${first}`, {
    code: "configuration",
    hint:
      meant === undefined
        ? "dockerfile is relative to the root of the repository, or to the context."
        : `Did you mean ${meant}?`,
  });
}

/** A path as the runner's machine has it. */
export function below(workspace: string, path: string): string {
  return isAbsolute(path) ? path : join(workspace, path);
}

function nearPath(path: string, workspace: string): string | undefined {
  const folder = dirname(path);
  if (!isA("isDirectory", below(workspace, folder))) return undefined;
  const names = readdirSync(below(workspace, folder));
  const wanted = path.slice(folder === "." ? 0 : folder.length + 1);
  const meant =
    nearest(wanted, names) ?? names.find((name) => /^dockerfile/i.test(name) && !name.endsWith(".dockerignore"));
  return meant === undefined ? undefined : join(folder, meant);
}

function isA(kind: "isFile" | "isDirectory", path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.[kind]() === true;
}
