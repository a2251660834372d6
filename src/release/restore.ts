import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { Budget } from "../runner/budget.ts";
import { carryOut } from "./carry-out.ts";
import type { ReleaseFacts, ReleaseResult } from "./carry-out.ts";
import { nextRevision } from "./record/history.ts";
import { planRelease } from "./plan/plan.ts";
import type { Plan } from "./plan/plan.ts";
import type { ReleasePorts } from "./ports.ts";
import type { RecordedObject, ReleaseSummary } from "./record/record.ts";
import { nameOf } from "./release-object.ts";
import type { ReleaseObject } from "./release-object.ts";
import type { ReleaseStore } from "./record/store.ts";

export interface RestoreRequest {
  /** The release to go back to. */
  readonly target: ReleaseSummary;
  readonly history: readonly ReleaseSummary[];
  readonly store: ReleaseStore;
  /** Of the run that goes back: what is told of the target (commit, images) is taken from the target. */
  readonly facts: Omit<ReleaseFacts, "commit" | "images">;
  readonly budget: Budget;
}

/**
 * What going back would change. Fields that others took since are taken back, and listed: they were ours in that release. What came
 * with later releases is removed; what was there beside this one stays.
 */
export async function planRestore(ports: ReleasePorts, { target, history, store }: RestoreRequest): Promise<Plan> {
  const { objects, leftovers = [] } = await store.read(target.revision);
  return planRelease(ports, {
    app: target.app,
    objects: objects.map((recorded) => toReleaseObject(ports, target, recorded)),
    recorded: await readRecorded(ports, store, history),
    beside: leftovers,
    force: true,
    prune: true,
    direction: "rollback",
    revision: nextRevision(history),
  });
}

/** Goes back: the record's objects are applied as a new release, by the same engine. The caller holds the lock. */
export async function restore(ports: ReleasePorts, request: RestoreRequest, plan: Plan): Promise<ReleaseResult> {
  const { target, history, store, facts, budget } = request;
  const { commit, images } = target;
  const replaced = history.at(-1);
  return carryOut(ports, {
    facts: {
      ...facts,
      commit,
      images,
      restores: target.revision,
      ...(replaced === undefined ? {} : { replaces: replaced.revision }),
    },
    plan,
    history,
    store,
    force: true,
    wait: true,
    budget,
  });
}

/** What may be in the cluster of the app's: everything that the newest record tells of, or the newest one that can be read. */
export async function readRecorded(
  { log }: Pick<ReleasePorts, "log">,
  store: ReleaseStore,
  history: readonly ReleaseSummary[],
): Promise<RecordedObject[]> {
  for (const { revision } of history.filter(({ damaged }) => damaged === undefined).reverse()) {
    try {
      const { objects, leftovers = [] } = await store.read(revision);
      return [...objects, ...leftovers];
    } catch (error) {
      if (!isDamage(error)) throw error;
      log.warning(`What only r${revision} applied is not known, and so not removed: ${error.message}`);
    }
  }
  return [];
}

/** Whether a record will never be read: what the server refuses for now tells nothing of what is in it. */
function isDamage(error: unknown): error is SlipwayError {
  if (error instanceof ApiError) return error.status === 404;
  return error instanceof SlipwayError && error.code === "refused";
}

function toReleaseObject({ discovery }: ReleasePorts, target: ReleaseSummary, recorded: RecordedObject): ReleaseObject {
  const { object, file, line, autoscaledBy } = recorded;
  const kind = discovery.find(object.apiVersion, object.kind);
  if (kind === undefined) {
    throw new SlipwayError(
      `Cannot go back to r${target.revision} because the cluster has no ${object.kind} in ${object.apiVersion} any more: got one in ${nameOf(object)}`,
      { code: "refused", hint: "Deploy a release that uses the kinds which the cluster has." },
    );
  }
  return {
    object,
    kind,
    ...(file === undefined || line === undefined ? {} : { source: { file, line } }),
    ...(autoscaledBy === undefined ? {} : { autoscaledBy }),
  };
}
