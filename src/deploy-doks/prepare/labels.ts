import { appLabel, sharedKinds } from "../../release/labels.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/**
 * Labels the objects, in place, with Kubernetes' recommended labels as far as Slipway knows them, never their selectors or pod templates:
 * nothing restarts because of a label of ours. What the manifest says about the app stands; who manages it, Slipway knows better: charts
 * write "Helm" there, whoever renders them.
 */
export function labelObjects(objects: readonly ReleaseObject[], app: string): void {
  for (const { object } of objects) {
    const own = { "app.kubernetes.io/instance": app, "app.kubernetes.io/part-of": app };
    const isShared = sharedKinds.has(object.kind);
    object.metadata.labels = {
      ...(isShared ? {} : own),
      ...object.metadata.labels,
      "app.kubernetes.io/managed-by": "slipway",
      ...(isShared ? {} : { [appLabel]: app }),
    };
  }
}
