import * as v from "valibot";
import type { Runner } from "../runner/runner.ts";

/** A deployment that nobody but us will ever end, kept for the post step. */
const keptSchema = v.object({ repository: v.string(), id: v.number(), logUrl: v.string() });

export type KeptDeployment = v.InferOutput<typeof keptSchema>;

const state = "github-deployment";

export function keepDeployment(runner: Pick<Runner, "saveState">, kept: KeptDeployment): void {
  runner.saveState(state, JSON.stringify(kept));
}

/** It has ended: the post step has nothing to do. */
export function forgetDeployment(runner: Pick<Runner, "saveState">): void {
  runner.saveState(state, "");
}

export function keptDeployment(runner: Pick<Runner, "getState">): KeptDeployment | undefined {
  const text = runner.getState(state);
  return text === "" ? undefined : v.parse(keptSchema, JSON.parse(text));
}
