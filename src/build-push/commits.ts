import type { Runner } from "../runner/runner.ts";

/** What an image is made of, as the repository's history has it. */
export interface Commit {
  /** "" where it is not known. */
  readonly sha: string;
  /** Seconds since 1970: the time that images and their files bear. */
  readonly epoch: number;
}

type Ports = Pick<Runner, "context" | "env" | "exec" | "workspace" | "log">;

/**
 * The commit that is checked out. Its time is what SOURCE_DATE_EPOCH says, as reproducible-builds.org asks of every tool, else the
 * commit's own. Without either it is now, and two builds of the same commit differ.
 */
export async function headCommit(runner: Ports, now: Date): Promise<Commit> {
  const head = await readCommit(runner, []);
  const given = givenEpoch(runner);
  if (head === undefined && given === undefined) {
    runner.log.warning(
      "The images bear the time of this build, so building again gives other digests: the workspace is no git repository.\n" +
        "Check the repository out before, or set SOURCE_DATE_EPOCH.",
    );
  }
  return { sha: runner.context.sha, epoch: given ?? head?.epoch ?? Math.floor(now.getTime() / 1000) };
}

/**
 * The last commit that touched any of `paths` (relative to the workspace), else `head`: an image whose files no commit has touched since
 * is the same image, byte for byte, whatever else was committed. A shallow clone knows no further than its first commit.
 */
export async function commitOf(runner: Ports, paths: readonly string[], head: Commit): Promise<Commit> {
  const commit = await readCommit(runner, paths);
  return commit === undefined ? head : { sha: commit.sha, epoch: givenEpoch(runner) ?? commit.epoch };
}

function givenEpoch({ env }: Ports): number | undefined {
  const given = env.SOURCE_DATE_EPOCH ?? "";
  return /^\d+$/.test(given) ? Number(given) : undefined;
}

async function readCommit({ exec, workspace }: Ports, paths: readonly string[]): Promise<Commit | undefined> {
  // In a container job the workspace belongs to another user, which git takes for an attack.
  const args = ["-c", "safe.directory=*", "log", "-1", "--format=%H %ct", "--", ...paths];
  const result = await exec("git", args, { cwd: workspace }).catch(() => undefined);
  const [, sha, epoch] = /^([0-9a-f]{40,64}) (\d+)\s*$/.exec(result?.exitCode === 0 ? result.stdout : "") ?? [];
  return sha === undefined ? undefined : { sha, epoch: Number(epoch) };
}
