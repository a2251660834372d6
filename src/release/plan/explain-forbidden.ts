import { isForbidden, missingPermissions, neededPermissions, permissionProblems } from "./permissions.ts";
import type { PermissionRequest } from "./permissions.ts";
import type { ReleasePorts } from "../ports.ts";
import { RefusedPlan } from "./refused-plan.ts";

const nothing = { objects: [], removals: [], hooks: [], hookNamespaces: [], leftovers: [] };

/**
 * Does what comes before and after a plan, such as taking the lock. Where something of it is forbidden, all that a deploy would be
 * refused for is looked for: whoever has to grant it should have to do so once.
 * @throws RefusedPlan with every permission that is missing.
 */
export async function explainingForbidden<T>(
  ports: ReleasePorts,
  request: PermissionRequest & { readonly app: string; readonly namespace: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isForbidden(error)) throw error;
    const missing = await missingPermissions(ports, neededPermissions(request), [error]);
    const { problems, manifest: roles } = permissionProblems(missing, request.app);
    const { app, namespace } = request;
    throw new RefusedPlan({ app, namespace, plan: nothing, problems, roles });
  }
}
