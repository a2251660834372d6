import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { SlipwayError } from "../../../src/error.ts";
import { createExec } from "../../../src/runner/exec.ts";
import type { Workshop } from "../programs/cache.ts";
import { debianPrograms } from "../programs/debian-programs.ts";
import { goProgram } from "../programs/go-program.ts";
import { Parts } from "../parts.ts";
import type { Unit, UnitOptions } from "../unit.ts";

export interface BuildKitSettings {
  readonly buildkitd: string;
  readonly buildx: string;
  readonly runc: string;
}

const builder = "engines";
const startLimitMs = 30_000;

/** Builds buildkitd and buildx from source, and finds runc. */
export async function prepareBuildKit(workshop: Workshop): Promise<BuildKitSettings> {
  const build = (name: string, source: string, takes: string): Promise<string> =>
    goProgram({ name, module: join(import.meta.dirname, name), package: source, takes }, workshop);
  const tools = await debianPrograms({ name: "runc", packages: ["runc"], programs: ["runc"] }, workshop);
  return {
    runc: tools.path("runc"),
    buildkitd: await build("buildkitd", "github.com/moby/buildkit/cmd/buildkitd", "a minute"),
    buildx: await build("buildx", "github.com/docker/buildx/cmd/buildx", "90 seconds"),
  };
}

/** Starts buildkitd, and makes buildx use it. Its variables are for `docker buildx`; where there is no docker, DOCKER will do. */
export async function startBuildKit(settings: BuildKitSettings, { folder, supervisor }: UnitOptions): Promise<Unit> {
  const { buildkitd, buildx, runc } = settings;
  const socket = `unix://${join(folder, "buildkitd.sock")}`;
  const parts = new Parts(supervisor, join(folder, "logs"));
  // In namespaces of their own, so that no container, and no mount, outlives the daemon.
  await parts.start({
    name: "buildkitd",
    file: "unshare",
    args: [
      ...["--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", buildkitd],
      ...[`--addr=${socket}`, `--root=${join(folder, "root")}`, "--containerd-worker=false"],
      ...["--oci-worker=true", `--oci-worker-binary=${runc}`],
    ],
  });
  const docker = join(folder, "bin/docker");
  await mkdir(dirname(docker));
  await writeFile(docker, dockerProgram(buildx), { mode: 0o755 });
  const variables = { BUILDX_CONFIG: join(folder, "buildx"), BUILDX_BUILDER: builder };
  const exec = createExec({ env: { ...process.env, ...variables }, signal: AbortSignal.timeout(startLimitMs) });
  const created = await exec(buildx, ["create", "--driver=remote", `--name=${builder}`, socket]);
  if (created.exitCode !== 0) throw notCreated(created.stderr);
  const look = async (): Promise<true | undefined> =>
    (await exec(buildx, ["inspect", "--bootstrap", builder])).exitCode === 0 || undefined;
  await parts.until("answer of buildkitd", look, startLimitMs);
  return { variables: { ...variables, DOCKER: docker }, ended: parts.ended, close: () => Promise.resolve() };
}

/** `docker buildx`, which is all that Slipway asks of docker. */
function dockerProgram(buildx: string): string {
  return `#!/bin/sh
[ "$1" = buildx ] || { echo "This docker knows no command but buildx." >&2; exit 1; }
shift
exec '${buildx}' "$@"
`;
}

function notCreated(said: string): SlipwayError {
  return new SlipwayError(`Cannot use buildkitd because buildx create failed: got ${said.trim()}`, { code: "refused" });
}
