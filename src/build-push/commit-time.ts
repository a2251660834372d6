import type { Runner } from "../runner/runner.ts";

/**
 * The time that images and their files bear, in seconds since 1970: what SOURCE_DATE_EPOCH says, as reproducible-builds.org asks of every
 * tool, else the time of the commit that is checked out. Without either it is now, and two builds of the same commit differ.
 */
export async function commitTime(
  runner: Pick<Runner, "env" | "exec" | "workspace" | "log">,
  now: Date,
): Promise<number> {
  const given = runner.env.SOURCE_DATE_EPOCH ?? "";
  if (/^\d+$/.test(given)) return Number(given);
  const fromGit = await timeOfHead(runner);
  if (fromGit !== undefined) return fromGit;
  runner.log.warning(
    "The images bear the time of this build, so building again gives other digests: the workspace is no git repository.\n" +
      "Check the repository out before, or set SOURCE_DATE_EPOCH.",
  );
  return Math.floor(now.getTime() / 1000);
}

async function timeOfHead({ exec, workspace }: Pick<Runner, "exec" | "workspace">): Promise<number | undefined> {
  // In a container job the workspace belongs to another user, which git takes for an attack.
  const args = ["-c", "safe.directory=*", "log", "-1", "--format=%ct"];
  const result = await exec("git", args, { cwd: workspace }).catch(() => undefined);
  return result?.exitCode === 0 && /^\d+\s*$/.test(result.stdout) ? Number(result.stdout) : undefined;
}
