import { SlipwayError } from "../error.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import { applyObject } from "../release/rollout/apply-object.ts";
import { planRelease } from "../release/plan/plan.ts";
import type { Plan } from "../release/plan/plan.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { ReleaseObject } from "../release/release-object.ts";

export interface FirstDeploy {
  readonly app: string;
  readonly namespace: string;
  readonly objects: readonly ReleaseObject[];
  readonly force: boolean;
  readonly adopt: boolean;
  readonly dryRun: boolean;
}

/**
 * Lock and record live in the app's namespace. Where a first deploy brings that namespace, everything is checked before it is created,
 * so that a deploy that would be refused writes nothing at all. Gives the plan it made then, undefined where the namespace was there.
 */
export async function ensureNamespace(ports: ReleasePorts, deploy: FirstDeploy): Promise<Plan | undefined> {
  if (await namespaceExists(ports, deploy.namespace)) return undefined;
  const plan = await planRelease(ports, { ...deploy, recorded: [], prune: true });
  const planned = plan.objects.find(
    ({ released: { object } }) => object.kind === "Namespace" && object.metadata.name === deploy.namespace,
  );
  if (planned === undefined) throw missing(deploy.namespace);
  if (!deploy.dryRun)
    await applyObject(ports, planned.released, { live: undefined, force: deploy.force, dryRun: false });
  return plan;
}

async function namespaceExists({ api, signal }: ReleasePorts, namespace: string): Promise<boolean> {
  try {
    await api.request({ method: "GET", path: `/api/v1/namespaces/${namespace}`, signal });
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false;
    // A token for one namespace may not read the namespace itself: it is there, or the next request says so.
    if (error instanceof ApiError && error.status === 403) return true;
    throw error;
  }
}

function missing(namespace: string): SlipwayError {
  return new SlipwayError(`Cannot deploy because the namespace does not exist: got namespace "${namespace}"`, {
    code: "configuration",
    hint: `Add a manifest for it, or create it with "kubectl create namespace ${namespace}".`,
  });
}
