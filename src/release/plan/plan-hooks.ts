import { checkCreation } from "../rollout/apply-object.ts";
import { isHook, jobOfHook, momentOf } from "../rollout/hooks.ts";
import type { Direction } from "../rollout/hooks.ts";
import { canonical } from "../fields/owned-fields.ts";
import { checkOutside, withWarnings } from "./plan-object.ts";
import type { ReleasePorts } from "../ports.ts";
import type { RecordedObject } from "../record/record.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";

/** A hook of the release. Those of the other direction do not run, but are recorded too. */
export interface PlannedHook {
  /** As the manifest has it. */
  readonly released: ReleaseObject;
  readonly moment: "pre" | "post" | undefined;
  /** Whether the release before had it otherwise, or not at all. */
  readonly isNew: boolean;
  /** The Job that would be made of it, `Job/migrate-r42`. */
  readonly job: string;
  /** What the server warns of, such as a field that is going away. */
  readonly warnings: readonly string[];
  /** What could not be checked before the deploy, and why. */
  readonly unchecked?: string;
}

export interface HookRequest {
  readonly app: string;
  readonly direction: Direction;
  /** The number that the release will have. */
  readonly revision: number;
}

/**
 * Plans a hook. One that the last release had just so was checked then; any other one is checked by a dry run of the Job's creation, also
 * where this release does not run it: a hook for rollbacks is of no use if it turns out to be wrong when it is needed.
 * @throws ApiError for what the server has against it.
 */
export async function planHook(
  ports: ReleasePorts,
  { app, direction, revision }: HookRequest,
  hook: {
    readonly released: ReleaseObject;
    readonly recorded: RecordedObject | undefined;
    /** Whether this release makes its namespace. */
    readonly bringsNamespace: boolean;
  },
): Promise<PlannedHook> {
  const { released, recorded } = hook;
  const object = jobOfHook(released.object, { app, revision, run: "plan" });
  const isNew = recorded === undefined || canonical(recorded.object) !== canonical(released.object);
  const planned = { released, isNew, moment: momentOf(released.object, direction), job: nameOf(object) };
  if (!isNew) return { ...planned, warnings: [] };
  const warnings = new Set<string>();
  const listening = { ...ports, api: withWarnings(ports.api, (text) => void warnings.add(text)) };
  const unchecked = hook.bringsNamespace ? await checkOutside(listening, { ...released, object }) : undefined;
  if (unchecked === undefined) await checkCreation(listening, { ...released, object });
  return { ...planned, warnings: [...warnings], ...(unchecked === undefined ? {} : { unchecked }) };
}

/** Where Jobs of hooks may be, of this release or an earlier one. */
export function hookNamespaces(objects: readonly Pick<ReleaseObject, "object">[]): string[] {
  return [
    ...new Set(objects.filter(({ object }) => isHook(object)).map(({ object }) => object.metadata.namespace ?? "")),
  ];
}
