import { isOfJob, isOpen, ownerOf } from "./deployments.ts";
import type { Deployment, Deployments, Owner } from "./deployments.ts";
import type { OpenDeployment } from "./open-deployment.ts";

export interface Replaced {
  readonly by: OpenDeployment;
  readonly owner: Owner;
  /** The commit of a release that was taken back: also a job's own deployment of it is live no more. */
  readonly takenBack: string | undefined;
}

/** One release of an app is live; before it there is one that was, and a few that were not or were killed. */
const mostLookedAt = 5;

/**
 * Says of the app's earlier deployments to this environment that they are live no more. GitHub would do so for all apps of an
 * environment at once, and never in production.
 */
export async function retireReplaced(deployments: Deployments, replaced: Replaced): Promise<void> {
  const all = await deployments.list({ environment: replaced.by.environment });
  const earlier = all.filter((each) => each.id !== replaced.by.id && isReplaced(each, replaced));
  for (const deployment of earlier.slice(0, mostLookedAt)) {
    const statuses = await deployments.statuses(deployment.id);
    const isLive = statuses[0]?.state === "success";
    const isKilled = isOpen(statuses) && !isOfJob(deployment);
    if (!isLive && !isKilled) continue;
    const description = "Another release has taken its place.";
    const logUrl = statuses[0]?.log_url ?? "";
    await deployments.tell(deployment.id, { state: "inactive", description, logUrl });
  }
}

function isReplaced(deployment: Deployment, { by, owner, takenBack }: Replaced): boolean {
  if (isOfJob(deployment)) return deployment.sha === takenBack;
  const known = ownerOf(deployment);
  return deployment.id < by.id && known?.app === owner.app && known.namespace === owner.namespace;
}
