/** On every object of a release: whose it is. Prune goes by it, so nothing of anybody else's is ever deleted. */
export const appLabel = "slipway.dev/app";

/**
 * On an object, `"false"` keeps it when a later release does not have it any more, and `"true"` lets even a volume claim go. What is in
 * the cluster counts, so that a person may set it on something that no manifest has.
 */
export const pruneAnnotation = "slipway.dev/prune";

/** On the Secrets that hold release records, and nothing else: the app's name. */
export const recordLabel = "slipway.dev/record";

/** The type of those Secrets. */
export const recordType = "slipway.dev/release";

/** The field manager under which Slipway applies. */
export const fieldManager = "slipway";

/** Kinds that several apps may share. They carry no app's label and are never pruned: with them would go what others put there. */
export const sharedKinds: ReadonlySet<string> = new Set(["Namespace", "CustomResourceDefinition"]);
