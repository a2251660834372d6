import { SlipwayError } from "../error.ts";
import { inParallel } from "../parallel.ts";
import { retry } from "../runner/retry.ts";
import type { RetryOptions } from "../runner/retry.ts";
import { isOfJob, isOpen, ownerOf, runOf } from "./deployments.ts";
import type { Deployment, Deployments, Owner, Status } from "./deployments.ts";
import type { Subject } from "./subject.ts";

/** A deployment that is told how the release goes. */
export interface OpenDeployment {
  readonly id: number;
  readonly environment: string;
  /** Whether we made it. One that GitHub made for a job ends with the job in any case. */
  readonly isOurs: boolean;
  /** Whether it says already that it is in progress. */
  readonly isStarted: boolean;
  /** Where its log is to be read. */
  readonly logUrl: string;
}

export interface Wanted {
  readonly subject: Subject;
  readonly owner: Owner;
  /** What is deployed, where that is not the run's own commit: a rollback's. */
  readonly commit?: string | undefined;
  /** Without one, only what GitHub has made for the job's own `environment:` is used. */
  readonly environment: string | undefined;
}

/** A deployment that GitHub has made for a job of this run. */
interface OfRun {
  readonly deployment: Deployment;
  readonly statuses: readonly Status[];
}

/** Jobs of one run with an environment are few; any more deployments of a commit are of runs before. */
const mostLookedAt = 10;

/**
 * The deployment that GitHub made for the job's own `environment:`, or else one that we make, so that no release has two. `undefined` where
 * there is no environment to make one for, "several" where more than one job's could be meant: GitHub ends those itself.
 */
export async function openDeployment(
  deployments: Deployments,
  wanted: Wanted,
  how: Pick<RetryOptions, "signal" | "sleep">,
): Promise<OpenDeployment | "several" | undefined> {
  const open = async (): Promise<OpenDeployment | "several" | undefined> => {
    const known = await listOfRun(deployments, wanted);
    const own = known.find((each) => isOwn(each, wanted));
    if (own !== undefined) return ours(own, wanted);
    const ofRun = await findOfRun(deployments, known, wanted);
    const chosen = wanted.commit === undefined ? choose(ofRun, wanted) : chooseRestored(ofRun, wanted);
    if (chosen === "several") return chosen;
    return "deployment" in chosen ? toOpen(chosen, wanted) : create(deployments, wanted, chosen.environment);
  };
  // After an answer that was lost, what was made is found before another one is.
  const shouldRetry = (error: unknown): false | object =>
    error instanceof SlipwayError && error.code === "unreachable" && {};
  return retry(open, { ...how, attempts: 3, shouldRetry });
}

/** Those of the run's commits, and of the one that is brought back. */
async function listOfRun(deployments: Deployments, { subject, commit, environment }: Wanted): Promise<Deployment[]> {
  const commits = new Set([...(commit === undefined ? [] : [commit]), ...subject.commits]);
  const filter = environment === undefined ? {} : { environment };
  const lists = await Promise.all([...commits].map((sha) => deployments.list({ sha, ...filter })));
  return lists.flat().sort((a, b) => b.id - a.id);
}

function isOwn(deployment: Deployment, { owner, commit }: Wanted): boolean {
  const known = ownerOf(deployment);
  const isSame =
    known?.app === owner.app &&
    known.namespace === owner.namespace &&
    known.run === owner.run &&
    known.attempt === owner.attempt;
  return isSame && (commit === undefined || commit === deployment.sha);
}

async function findOfRun(
  deployments: Deployments,
  known: readonly Deployment[],
  { subject, environment }: Wanted,
): Promise<OfRun[]> {
  const ofJobs = known.filter(isOfJob).slice(0, mostLookedAt);
  const looked = await inParallel(ofJobs, 3, async (deployment) => {
    return { deployment, statuses: await deployments.statuses(deployment.id) };
  });
  const ofRun = looked.filter(({ statuses }) => runOf(statuses) === subject.runId);
  if (ofRun.length > 0 || environment === undefined) return ofRun;
  // Older servers link to something else than the run: then the only one that is still open has to be this job's.
  const unlinked = looked.filter(({ statuses }) => runOf(statuses) === undefined && isOpen(statuses));
  return unlinked.length === 1 ? unlinked : [];
}

/** The job's own, or the environment to make one for; none is made without. */
type Choice = OfRun | { readonly environment: string | undefined } | "several";

/** Of those that have ended, only one whose environment was asked for. */
function choose(ofRun: readonly OfRun[], { environment }: Wanted): Choice {
  const [open, ...others] = ofRun.filter(({ statuses }) => isOpen(statuses));
  if (others.length > 0) return "several";
  const [ended, ...more] = environment === undefined ? [] : ofRun;
  return open ?? (more.length === 0 ? ended : undefined) ?? { environment };
}

/** What is brought back is another commit than the job's own deployment is for, mostly, so that one would tell something untrue. */
function chooseRestored(ofRun: readonly OfRun[], { commit, environment }: Wanted): Choice {
  const same = ofRun.find(({ deployment }) => deployment.sha === commit);
  if (same !== undefined) return same;
  const [only, ...others] = new Set(ofRun.map(({ deployment }) => deployment.environment));
  if (environment === undefined && others.length > 0) return "several";
  return { environment: environment ?? only };
}

function toOpen({ deployment, statuses }: OfRun, { subject }: Wanted): OpenDeployment {
  const [newest] = statuses;
  const { id, environment } = deployment;
  const logUrl = newest?.log_url || newest?.target_url || subject.runUrl;
  return { id, environment, isOurs: false, isStarted: newest?.state === "in_progress", logUrl };
}

function ours({ id, environment }: Pick<Deployment, "id" | "environment">, { subject }: Wanted): OpenDeployment {
  return { id, environment, isOurs: true, isStarted: false, logUrl: subject.runUrl };
}

async function create(
  deployments: Deployments,
  wanted: Wanted,
  environment: string | undefined,
): Promise<OpenDeployment | undefined> {
  const { subject, owner } = wanted;
  const commit = wanted.commit ?? subject.commits[0];
  if (environment === undefined || commit === undefined) return undefined;
  const isTransient = subject.pullRequest !== undefined;
  const id = await deployments.create({ commit, environment, owner, isTransient });
  return ours({ id, environment }, wanted);
}
