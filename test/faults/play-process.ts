import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../../src/error.ts";
import { systemClock } from "../../src/runner/clock.ts";
import { runBundle } from "../action-process.ts";
import { FaultProxy } from "./fault-proxy.ts";
import { kubeconfigOf } from "./play.ts";
import type { Player } from "./play.ts";

/** How often the cluster learns that time has passed. */
const tickMs = 20;

/** Runs the built action in a process of its own, as users do, in real time. Where the script has it die, it is killed (SIGKILL). */
export const playProcess: Player = async (cluster, call, script) => {
  const death = new AbortController();
  const onKill = (): void => death.abort();
  const proxy = await FaultProxy.start({ target: cluster, clock: systemClock, script, onKill });
  const ticking = setInterval(() => cluster.clock.jump(tickMs), tickMs);
  try {
    const run = await runBundle({
      action: call.action,
      inputs: { ...call.inputs, kubeconfig: kubeconfigOf(proxy.port, cluster.token) },
      workspace: call.workspace,
      folder: await mkdtemp(join(call.temp, "job-")),
      env: { GITHUB_RUN_ID: call.runId },
      kill: death.signal,
    });
    const lines = run.annotations.map(({ level, message }) => `${level}: ${message}`);
    const told = {
      outcome: run.outputs.outcome as Outcome,
      outputs: run.outputs,
      log: [...run.stdout.split("\n"), ...lines],
      summary: run.summary,
    };
    return { told: death.signal.aborted ? undefined : told, sightings: proxy.sightings };
  } finally {
    clearInterval(ticking);
    await proxy.close();
  }
};
