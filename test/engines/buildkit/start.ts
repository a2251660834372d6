import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { prepare } from "../engines.ts";
import { Instance } from "../instance.ts";
import { quietWorkshop } from "../programs/cache.ts";

/** A BuildKit that runs, for the tests of one file. */
export interface BuildKit {
  /** What makes a step use it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts BuildKit alone. It ends with this process, whatever becomes of it. */
export async function startBuildKit(): Promise<BuildKit> {
  const instance = new Instance(await mkdtemp(join(tmpdir(), "slipway-engines-")));
  const { signal } = new AbortController();
  const { requests } = await prepare("buildkit", {
    workshop: quietWorkshop(),
    nodeAddress: "127.0.0.1",
    registryPort: 1,
  });
  for (const request of requests) {
    const { DOCKER = "", ...variables } = await instance.start(request, { stays: false, signal });
    const env = { ...variables, PATH: `${dirname(DOCKER)}:${process.env.PATH ?? ""}` };
    return { env, stop: () => instance.close() };
  }
  throw new Error("there is no unit for buildkit");
}
