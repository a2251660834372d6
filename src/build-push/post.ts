import type { Runner } from "../runner/runner.ts";
import { revokeMinted } from "./credentials.ts";

/** Leaves nothing of the job behind: no credential that works, no file with one, no builder. */
export async function cleanUp(runner: Runner): Promise<void> {
  const { removeDockerConfig } = await import("./docker-config.ts");
  const { removeBuilder } = await import("./docker-builder.ts");
  removeDockerConfig(runner);
  const results = await Promise.allSettled([removeBuilder(runner), revokeMinted(runner)]);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}
