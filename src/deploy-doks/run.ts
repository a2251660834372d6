import { openCluster } from "../cluster/open.ts";
import type { OpenCluster } from "../cluster/open.ts";
import type { Outcome } from "../error.ts";
import { openTelling } from "../github/telling.ts";
import type { Ended, Telling } from "../github/telling.ts";
import { announceResult, explainingRefusal, writeReports } from "../release/announce.ts";
import { announcePlan, documentOf, writePlan } from "../release/plan/announce-plan.ts";
import { explainingForbidden } from "../release/plan/explain-forbidden.ts";
import { factsOf } from "../release/facts.ts";
import { including, newest } from "../release/record/history.ts";
import { changesAnything } from "../release/plan/plan.ts";
import { changesOf } from "../release/plan/plan-document.ts";
import { releasePorts } from "../release/ports.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { Ending } from "../release/record/record-outcome.ts";
import { RefusedPlan } from "../release/plan/refused-plan.ts";
import { redacted } from "../report/redacted.ts";
import { releaseReport } from "../report/release-report.ts";
import type { ReleaseReport } from "../report/release-report.ts";
import { releaseSentence } from "../report/release-sentence.ts";
import { resultForReport } from "../report/result-for-report.ts";
import { beginBudget, msLeft } from "../runner/budget.ts";
import type { Budget } from "../runner/budget.ts";
import type { Runner } from "../runner/runner.ts";
import { within } from "../runner/within.ts";
import { findAppUrl } from "./app-url.ts";
import { deploy, preview } from "./deploy.ts";
import type { Deployed, DeployRequest, Restoration } from "./deploy.ts";
import { gatherObjects } from "./gather.ts";
import type { DeployInputs } from "./inputs.ts";

/** Deploys: manifests in, a recorded release out, or the last good one back. */
export async function run(runner: Runner, inputs: DeployInputs): Promise<Outcome> {
  const { app, namespace, environment, "github-token": token } = inputs;
  const github = await openTelling(runner, { token, environment, app, namespace });
  if (!inputs["dry-run"]) github.begin();
  const ended = await github.during(() =>
    explainingRefusal(commentingToo(runner, github), `Deploy of ${app}`, () => attempt(runner, inputs, github)),
  );
  if (ended.error !== undefined) throw ended.error;
  return ended.outcome;
}

/** Why nothing was done belongs on the pull request, too: the plan that stands there from before would no longer be true. */
function commentingToo(runner: Runner, github: Telling): Runner {
  return {
    ...runner,
    addSummary(markdown) {
      runner.addSummary(markdown);
      github.comment(markdown);
    },
  };
}

/** Throws what keeps it from deploying anything; how a release ended is in the result. */
async function attempt(runner: Runner, inputs: DeployInputs, github: Telling): Promise<Ending & Ended> {
  const budget = beginBudget(runner.clock, inputs.timeout);
  const opening = openCluster(runner, inputs, inputs.timeout);
  // Whoever waits for it is told.
  opening.catch(() => undefined);
  try {
    const objects = await gather(runner, opening, { inputs, budget });
    const ports = releasePorts(runner, await opening);
    const request = toRequest(runner, inputs, { objects, budget });
    runner.setOutput("app", inputs.app);
    runner.setOutput("namespace", inputs.namespace);
    const acting = { runner, ports, github };
    return await explainingForbidden(ports, { ...request, app: inputs.app }, () =>
      inputs["dry-run"] ? runPreview(acting, request) : runDeploy(acting, request),
    );
  } catch (error) {
    if (error instanceof RefusedPlan) runner.setOutput("plan", await writePlan(runner, documentOf(error)));
    throw error;
  } finally {
    (await opening.catch(() => undefined))?.api.close();
  }
}

/** What a run acts on. */
interface Acting {
  readonly runner: Runner;
  readonly ports: ReleasePorts;
  readonly github: Telling;
}

/** Registries and the cluster are asked meanwhile: the timeout holds for that too. */
function gather(
  runner: Runner,
  opening: Promise<OpenCluster>,
  { inputs, budget }: { readonly inputs: DeployInputs; readonly budget: Budget },
): Promise<DeployRequest["objects"]> {
  const { clock, signal } = runner;
  return within({ clock, signal, ms: msLeft(clock, budget), doing: "prepare the release" }, (until) => {
    const bounded = { ...runner, signal: until };
    return gatherObjects(
      bounded,
      opening.then((cluster) => releasePorts(bounded, cluster)),
      inputs,
    );
  });
}

function toRequest(
  runner: Runner,
  inputs: DeployInputs,
  prepared: Pick<DeployRequest, "objects" | "budget">,
): DeployRequest {
  const { log, context } = runner;
  return {
    facts: {
      ...factsOf(inputs.app, context),
      images: inputs.images ?? {},
      ...(inputs.prune ? {} : { pruned: false }),
    },
    namespace: inputs.namespace,
    ...prepared,
    context,
    onFailure: inputs["on-failure"],
    prune: inputs.prune,
    force: inputs["force-conflicts"],
    adopt: inputs.adopt,
    wait: inputs.wait,
    onPlan: (plan, history) =>
      announcePlan(runner, `Plan for ${inputs.app} r${(newest(history)?.revision ?? 0) + 1}`, changesOf(plan)),
    onResult: (result) => announceResult(log, `${inputs.app} r${result.release.revision}`, result),
  };
}

async function runPreview({ runner, ports, github }: Acting, request: DeployRequest): Promise<Ended> {
  const started = ports.clock.now();
  const { plan, history } = await preview(ports, request);
  const durationMs = ports.clock.now() - started;
  const report = {
    ...reportOf(request),
    title: `Plan for ${request.facts.app}`,
    outcome: "succeeded" as const,
    durationMs,
    changes: changesOf(plan),
    history,
  };
  const paths = await writeReports(runner, report);
  github.comment(commentOf(runner, report));
  runner.setOutput("changed", changesAnything(plan));
  runner.setOutput("plan", paths.plan);
  runner.setOutput("report", paths.report);
  return { outcome: "succeeded", sentence: "Planned." };
}

async function runDeploy({ runner, ports, github }: Acting, request: DeployRequest): Promise<Ending & Ended> {
  const deployed = await deploy(ports, request);
  const { result, restoration } = deployed;
  const restored = restoration === undefined ? undefined : describeRestoration(runner, request, restoration);
  const report = { ...reportOf(request, deployed), ...(restored === undefined ? {} : { restored }) };
  const paths = await writeReports(runner, report);
  github.comment(commentOf(runner, report));
  runner.setOutput("revision", result.release.revision);
  runner.setOutput("previous-revision", result.previousRevision ?? "");
  runner.setOutput("changed", result.changed);
  runner.setOutput("plan", paths.plan);
  runner.setOutput("report", paths.report);
  const url = result.outcome === "succeeded" ? await findAppUrl(ports, request.objects) : undefined;
  runner.setOutput("url", url ?? "");
  return { ...result, sentence: releaseSentence(result, restored), url };
}

/** The pull request is about what changes: when which object came up, and the releases before, are in the job summary. */
function commentOf(runner: Runner, report: ReleaseReport): string {
  return releaseReport({ ...redacted(report, (text) => runner.redact(text)), rollout: [], history: [] });
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
  const { plan, result, restoration, remarks } = deployed;
  const releases = [result, ...(restoration !== undefined && "result" in restoration ? [restoration.result] : [])];
  const history = releases.reduce((before, { release }) => including(before, release), deployed.history);
  const title = `${about.title} r${result.release.revision}`;
  return { ...about, title, ...resultForReport(result), changes: changesOf(plan), history, remarks };
}
