import { openCluster } from "../cluster/open.ts";
import { SlipwayError } from "../error.ts";
import type { Outcome } from "../error.ts";
import { openTelling } from "../github/telling.ts";
import type { Ended, Telling } from "../github/telling.ts";
import { announceResult, explainingRefusal, writeReports } from "../release/announce.ts";
import { announcePlan } from "../release/plan/announce-plan.ts";
import type { ReleaseResult } from "../release/carry-out.ts";
import { factsOf } from "../release/facts.ts";
import { including } from "../release/record/history.ts";
import { changesOf } from "../release/plan/plan-document.ts";
import type { Plan } from "../release/plan/plan.ts";
import { releasePorts } from "../release/ports.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import type { Ending } from "../release/record/record-outcome.ts";
import { planRestore, restore } from "../release/restore.ts";
import type { RestoreRequest } from "../release/restore.ts";
import { withRelease } from "../release/session.ts";
import { releaseStore } from "../release/record/store.ts";
import { historyTable } from "../report/history-table.ts";
import { refusalReport } from "../report/refusal-report.ts";
import { releaseSentence } from "../report/release-sentence.ts";
import { resultForReport } from "../report/result-for-report.ts";
import { beginBudget } from "../runner/budget.ts";
import type { Budget } from "../runner/budget.ts";
import type { Runner } from "../runner/runner.ts";
import type { RollbackInputs } from "./inputs.ts";
import { decideRollback } from "./plan.ts";
import type { RollbackDecision } from "./plan.ts";

/** Goes back to an earlier release, as a new release. */
export async function run(runner: Runner, inputs: RollbackInputs): Promise<Outcome> {
  const { app, namespace, environment, "github-token": token } = inputs;
  const github = await openTelling(runner, { token, environment, app, namespace });
  const ended = await github.during(() =>
    explainingRefusal(runner, `Rollback of ${app}`, () => attempt(runner, inputs, github)),
  );
  if (ended.error !== undefined) throw ended.error;
  return ended.outcome;
}

/** Throws what keeps it from going back; how the new release ended is in the result. */
async function attempt(runner: Runner, inputs: RollbackInputs, github: Telling): Promise<Ending & Ended> {
  const budget = beginBudget(runner.clock, inputs.timeout);
  const cluster = await openCluster(runner, inputs, inputs.timeout);
  const { app, namespace } = inputs;
  try {
    const ports = releasePorts(runner, cluster);
    if (inputs["dry-run"]) {
      const store = releaseStore(ports.api, { app, namespace });
      return await rollBack(runner, inputs, { ports, github, store, budget, history: await store.history() });
    }
    return await withRelease(ports, { app, namespace, context: runner.context, budget }, (session) =>
      rollBack(runner, inputs, { ...session, github, budget }),
    );
  } finally {
    cluster.api.close();
  }
}

interface Session {
  readonly ports: ReleasePorts;
  readonly github: Telling;
  readonly store: RestoreRequest["store"];
  readonly history: readonly ReleaseSummary[];
  readonly budget: Budget;
  readonly remarks?: readonly string[];
}

async function rollBack(runner: Runner, inputs: RollbackInputs, session: Session): Promise<Ending & Ended> {
  const { ports, github, store, history, budget, remarks = [] } = session;
  const { app } = inputs;
  const decision = decide(inputs, history);
  if (decision instanceof SlipwayError) return refuse(runner, { ...session, app }, decision);
  runner.setOutput("from", decision.from.revision);
  if ("alreadyRestored" in decision) {
    const { from, alreadyRestored } = decision;
    runner.log.notice(
      `Nothing to do: r${String(from.replaces)} was taken back already, and r${alreadyRestored} is back as r${from.revision}`,
    );
    runner.setOutput("to", alreadyRestored);
    runner.setOutput("revision", from.revision);
    return { outcome: "succeeded", sentence: "Nothing to do." };
  }
  const { from, target } = decision;
  runner.setOutput("to", target.revision);
  const { commit, ...facts } = factsOf(app, runner.context);
  const reason = inputs.reason ?? `rollback of r${from.revision}`;
  const request: RestoreRequest = { target, history, store, facts: { ...facts, reason }, budget };
  const started = ports.clock.now();
  const plan = await planRestore(ports, request);
  await announcePlan(
    runner,
    `Plan: back from r${from.revision} to r${target.revision} (${describe(target)})`,
    changesOf(plan),
  );
  if (inputs["dry-run"]) {
    await report(runner, { inputs, target, plan, history, remarks, durationMs: ports.clock.now() - started });
    return { outcome: "succeeded", sentence: "Planned." };
  }
  if (target.commit !== "") github.begin(target.commit);
  const result = await restore(ports, request, plan);
  announceResult(runner.log, `${app} r${result.release.revision}, back to r${target.revision}`, result);
  runner.setOutput("revision", result.release.revision);
  await report(runner, {
    inputs,
    target,
    plan,
    history: including(history, result.release),
    remarks,
    result,
    durationMs: result.durationMs,
  });
  const restored = result.outcome === "succeeded" ? `r${target.revision} is back.` : undefined;
  return { ...result, sentence: releaseSentence(result, restored), takenBack: from.commit };
}

function decide(
  { app, to, ...inputs }: RollbackInputs,
  history: readonly ReleaseSummary[],
): RollbackDecision | SlipwayError {
  try {
    return decideRollback({ app, history, to, ifRevision: inputs["if-revision"] });
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
}

/** Whoever has to choose another release sees what there is. */
function refuse(
  runner: Runner,
  { app, ports: { clock }, budget, history }: Session & Pick<RollbackInputs, "app">,
  error: SlipwayError,
): Ending & Ended {
  const { outcome, message } = error;
  const durationMs = clock.now() - (budget.untilMs - budget.ms);
  const report = refusalReport({ title: `Rollback of ${app}`, durationMs, error });
  runner.addSummary(runner.redact(`${report}\n\n${historyTable(history)}`));
  return { outcome, error, sentence: message };
}

function describe({ verified, commit }: ReleaseSummary): string {
  return [
    verified === undefined ? "not verified" : "verified",
    ...(commit === "" ? [] : [`commit ${commit.slice(0, 12)}`]),
  ].join(", ");
}

interface Reported {
  readonly inputs: RollbackInputs;
  readonly target: ReleaseSummary;
  readonly plan: Plan;
  readonly history: readonly ReleaseSummary[];
  readonly remarks: readonly string[];
  readonly durationMs: number;
  readonly result?: ReleaseResult;
}

async function report(runner: Runner, { inputs, target, plan, durationMs, result, ...found }: Reported): Promise<void> {
  const { app, namespace } = inputs;
  await writeReports(runner, {
    app,
    namespace,
    title:
      result === undefined
        ? `Plan: ${app} back to r${target.revision}`
        : `Rollback of ${app} to r${target.revision}, as r${result.release.revision}`,
    outcome: "succeeded",
    commit: target.commit,
    actor: runner.context.actor,
    durationMs,
    changes: changesOf(plan),
    rollout: [],
    failures: [],
    ...found,
    ...(result === undefined ? {} : resultForReport(result)),
  });
}
