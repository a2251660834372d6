import type { Runner } from "../runner/runner.ts";

/** A deployment that nobody but us will ever end, kept for the post step. */
export interface KeptDeployment {
  readonly repository: string;
  readonly id: number;
  readonly logUrl: string;
}

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
  // Only the main step writes it.
  return text === "" ? undefined : (JSON.parse(text) as KeptDeployment);
}
