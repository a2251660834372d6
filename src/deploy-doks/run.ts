import { openCluster } from "../cluster/open.ts";
import type { Outcome } from "../error.ts";
import { announcePlan, announceResult, explainingRefusal, writeReports } from "../release/announce.ts";
import { factsOf } from "../release/facts.ts";
import { including, newest } from "../release/history.ts";
import { changesAnything, changesOf } from "../release/plan.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { Ending } from "../release/record-outcome.ts";
import type { ReleaseReport } from "../report/release-report.ts";
import { resultForReport } from "../report/result-for-report.ts";
import type { Runner } from "../runner/runner.ts";
import { within } from "../runner/within.ts";
import { deploy, preview } from "./deploy.ts";
import type { Deployed, DeployRequest, Restoration } from "./deploy.ts";
import { gatherObjects } from "./gather.ts";
import type { DeployInputs } from "./inputs.ts";

/** Deploys: manifests in, a recorded release out, or the last good one back. */
export async function run(runner: Runner, inputs: DeployInputs): Promise<Outcome> {
  const ended = await explainingRefusal(runner, `Deploy of ${inputs.app}`, () => attempt(runner, inputs));
  if (ended.error !== undefined) throw ended.error;
  return ended.outcome;
}

/** Throws what keeps it from deploying anything; how a release ended is in the result. */
async function attempt(runner: Runner, inputs: DeployInputs): Promise<Ending> {
  const cluster = await openCluster(runner, inputs, inputs.timeout);
  try {
    const ports: ReleasePorts = { ...cluster, clock: runner.clock, log: runner.log, signal: runner.signal };
    const request = toRequest(runner, inputs, await gather(runner, ports, inputs));
    runner.setOutput("app", inputs.app);
    runner.setOutput("namespace", inputs.namespace);
    return inputs["dry-run"] ? await runPreview(runner, ports, request) : await runDeploy(runner, ports, request);
  } finally {
    cluster.api.close();
  }
}

/** Registries and the cluster are asked meanwhile: the timeout holds for that too. */
function gather(runner: Runner, ports: ReleasePorts, inputs: DeployInputs): Promise<DeployRequest["objects"]> {
  const { clock, signal } = ports;
  return within({ clock, signal, ms: inputs.timeout, doing: "prepare the release" }, (until) =>
    gatherObjects({ ...runner, signal: until }, { ...ports, signal: until }, inputs),
  );
}

function toRequest(runner: Runner, inputs: DeployInputs, objects: DeployRequest["objects"]): DeployRequest {
  const { log, context } = runner;
  return {
    facts: {
      ...factsOf(inputs.app, context),
      images: inputs.images ?? {},
      ...(inputs.prune ? {} : { pruned: false }),
    },
    namespace: inputs.namespace,
    objects,
    context,
    onFailure: inputs["on-failure"],
    prune: inputs.prune,
    force: inputs["force-conflicts"],
    wait: inputs.wait,
    timeoutMs: inputs.timeout,
    onPlan: (plan, history) =>
      announcePlan(log, `Plan for ${inputs.app} r${(newest(history)?.revision ?? 0) + 1}`, changesOf(plan)),
    onResult: (result) => announceResult(log, `${inputs.app} r${result.release.revision}`, result),
  };
}

async function runPreview(runner: Runner, ports: ReleasePorts, request: DeployRequest): Promise<Ending> {
  const started = ports.clock.now();
  const plan = await preview(ports, request);
  const durationMs = ports.clock.now() - started;
  const report = {
    ...reportOf(request),
    title: `Plan for ${request.facts.app}`,
    outcome: "succeeded" as const,
    durationMs,
    changes: changesOf(plan),
  };
  const paths = await writeReports(runner, report);
  runner.setOutput("changed", changesAnything(plan));
  runner.setOutput("plan", paths.plan);
  runner.setOutput("report", paths.report);
  return { outcome: "succeeded" };
}

async function runDeploy(runner: Runner, ports: ReleasePorts, request: DeployRequest): Promise<Ending> {
  const deployed = await deploy(ports, request);
  const { result, restoration } = deployed;
  const restored = restoration === undefined ? undefined : describeRestoration(runner, request, restoration);
  const paths = await writeReports(runner, {
    ...reportOf(request, deployed),
    ...(restored === undefined ? {} : { restored }),
  });
  runner.setOutput("revision", result.release.revision);
  runner.setOutput("previous-revision", result.previousRevision ?? "");
  runner.setOutput("changed", result.changed);
  runner.setOutput("plan", paths.plan);
  runner.setOutput("report", paths.report);
  return result;
}

/** What came of taking the release back, in the log and as a sentence for the report. */
function describeRestoration({ log }: Runner, { facts }: DeployRequest, restoration: Restoration): string {
  if ("notRestored" in restoration) {
    log.warning(restoration.notRestored);
    return restoration.notRestored;
  }
  const { target, result } = restoration;
  const good = result.outcome === "succeeded";
  const text = good
    ? `r${target.revision} is back, as r${result.release.revision}.`
    : `Going back to r${target.revision} as r${result.release.revision} ended as ${result.outcome}: ${facts.app} needs a person now.`;
  if (good) log.notice(text);
  else log.error(text);
  if (!good) announceResult(log, `${facts.app} r${result.release.revision}`, result);
  return text;
}

function reportOf({ facts, namespace }: DeployRequest, deployed?: Deployed): ReleaseReport {
  const about = {
    app: facts.app,
    namespace,
    title: `Deploy of ${facts.app}`,
    commit: facts.commit,
    actor: facts.actor,
  };
  if (deployed === undefined) {
    return { ...about, outcome: "succeeded", durationMs: 0, changes: [], rollout: [], failures: [], history: [] };
  }
  const { plan, result, restoration } = deployed;
  const releases = [result, ...(restoration !== undefined && "result" in restoration ? [restoration.result] : [])];
  const history = releases.reduce((before, { release }) => including(before, release), deployed.history);
  const title = `${about.title} r${result.release.revision}`;
  return { ...about, title, ...resultForReport(result), changes: changesOf(plan), history };
}
