import { appLabel, sharedKinds } from "../../release/labels.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/** Labels the objects, in place, never their selectors or pod templates: nothing restarts because of a label of ours. */
export function labelObjects(objects: readonly ReleaseObject[], app: string): void {
  for (const { object } of objects) {
    object.metadata.labels = {
      "app.kubernetes.io/managed-by": "slipway",
      ...object.metadata.labels,
      ...(sharedKinds.has(object.kind) ? {} : { [appLabel]: app }),
    };
  }
}
