import { SlipwayError } from "../error.ts";
import { withDeadline } from "../kubernetes/api.ts";
import { carryOut } from "../release/carry-out.ts";
import type { ReleaseFacts, ReleaseResult } from "../release/carry-out.ts";
import { including, lastSucceeded, lastVerified, newest, nextRevision } from "../release/record/history.ts";
import { planRelease } from "../release/plan/plan.ts";
import type { Plan } from "../release/plan/plan.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { ReleaseSummary } from "../release/record/record.ts";
import type { ReleaseObject } from "../release/release-object.ts";
import { planRestore, readRecorded, restore } from "../release/restore.ts";
import { refuseToOvertake, withRelease } from "../release/session.ts";
import type { ReleaseSession } from "../release/session.ts";
import { releaseStore } from "../release/record/store.ts";
import { beginBudget } from "../runner/budget.ts";
import type { Budget } from "../runner/budget.ts";
import type { RunContext } from "../runner/runner.ts";
import { ensureNamespace } from "./ensure-namespace.ts";

export interface DeployRequest {
  readonly facts: ReleaseFacts;
  readonly namespace: string;
  readonly objects: readonly ReleaseObject[];
  readonly context: RunContext;
  readonly onFailure: "rollback" | "leave";
  readonly prune: boolean;
  readonly force: boolean;
  readonly adopt: boolean;
  readonly wait: boolean;
  /** From the start until the verdict; taking a failed release back has as much again. */
  readonly budget: Budget;
  /** Told of the plan before anything is written. */
  readonly onPlan: (plan: Plan, history: readonly ReleaseSummary[]) => Promise<void>;
  /** Told how the release ended, before it is taken back. */
  readonly onResult: (result: ReleaseResult) => void;
}

/** The release that was taken back to, or why there is none. */
export type Restoration =
  { readonly target: ReleaseSummary; readonly result: ReleaseResult } | { readonly notRestored: string };

export interface Deployed {
  readonly plan: Plan;
  readonly result: ReleaseResult;
  readonly restoration?: Restoration;
  /** The releases before this one. */
  readonly history: readonly ReleaseSummary[];
  /** What was found that was not as it should be. */
  readonly remarks: readonly string[];
}

/** Makes the plan as `deploy` would, and writes nothing. */
export async function preview(
  ports: ReleasePorts,
  request: DeployRequest,
): Promise<Pick<Deployed, "plan" | "history">> {
  const { facts, namespace } = request;
  const first = await ensureNamespace(ports, { ...request, app: facts.app, dryRun: true });
  const store = releaseStore(ports.api, { app: facts.app, namespace });
  const history = first === undefined ? await store.history() : [];
  const plan = first ?? (await planAgainst(ports, request, { store, history }));
  await request.onPlan(plan, history);
  return { plan, history };
}

/** Deploys under the app's lock; a release that fails is taken back where that was asked for. */
export async function deploy(ports: ReleasePorts, request: DeployRequest): Promise<Deployed> {
  const { facts, namespace, context, budget } = request;
  const first = await ensureNamespace(ports, { ...request, app: facts.app, dryRun: false });
  return withRelease(ports, { app: facts.app, namespace, context, budget }, async (session) => {
    const { history, store, remarks } = session;
    refuseToOvertake(session, context);
    const plan =
      first !== undefined && history.length === 0 ? first : await planAgainst(session.ports, request, session);
    await request.onPlan(plan, history);
    const result = await carryOut(session.ports, { ...request, plan, history, store });
    request.onResult(result);
    const restoration = wantsRestoring(session, request, result) ? await takeBack(session, request, result) : undefined;
    return { plan, result, history, remarks, ...(restoration === undefined ? {} : { restoration }) };
  });
}

async function planAgainst(
  ports: ReleasePorts,
  request: DeployRequest,
  { store, history }: Pick<ReleaseSession, "store" | "history">,
): Promise<Plan> {
  const bounded = { ...ports, api: withDeadline(ports.api, request.budget.untilMs) };
  return planRelease(bounded, {
    ...request,
    app: request.facts.app,
    namespaceIsThere: true,
    recorded: await readRecorded(ports, store, history),
    revision: nextRevision(history),
  });
}

/** A cancelled run has seconds left, one that sees nothing can mend nothing, and one without its lock must not: the next run does. */
function wantsRestoring({ ports }: ReleaseSession, { onFailure }: DeployRequest, { outcome }: ReleaseResult): boolean {
  return onFailure === "rollback" && !ports.signal.aborted && (outcome === "failed" || outcome === "timed-out");
}

async function takeBack(session: ReleaseSession, request: DeployRequest, failed: ReleaseResult): Promise<Restoration> {
  const { ports } = session;
  // What it found there is good only where the release before was: that one may have failed, and going back from it, too.
  if (!failed.changed && newest(session.history)?.outcome === "succeeded")
    return { notRestored: "This release changed nothing, so there is nothing to take back." };
  const history = including(session.history, failed.release);
  const target = lastVerified(history, failed.release.revision) ?? lastSucceeded(history, failed.release.revision);
  if (target === undefined)
    return { notRestored: "There is no earlier good release to go back to: what was applied is left as it is." };
  const kind =
    target.verified === undefined ? "the last that succeeded; none is verified yet" : "the last verified release";
  ports.log.info(`Going back to r${target.revision}, ${kind}`);
  try {
    return { target, result: await bringBack({ ...session, history }, request, { target, failed }) };
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    const why = [error.message, ...error.problems.map(({ message }) => message)].join("; ");
    return {
      notRestored: `r${target.revision} could not be brought back: ${why}. ${request.facts.app} needs a person now.`,
    };
  }
}

async function bringBack(
  { ports, store, history }: ReleaseSession,
  request: DeployRequest,
  { target, failed }: { readonly target: ReleaseSummary; readonly failed: ReleaseResult },
): Promise<ReleaseResult> {
  ports.signal.throwIfAborted();
  const { commit, images, pruned, ...facts } = request.facts;
  const reason = `r${failed.release.revision} ${failed.outcome}`;
  const budget = beginBudget(ports.clock, request.budget.ms);
  const restoring = { target, history, store, facts: { ...facts, reason }, budget };
  return restore(ports, restoring, await planRestore(ports, restoring));
}
