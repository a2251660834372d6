/** On every object of a release: whose it is. Prune goes by it, so nothing of anybody else's is ever deleted. */
export const appLabel = "slipway.dev/app";

/** On the Secrets that hold release records, and nothing else: the app's name. */
export const recordLabel = "slipway.dev/record";

/** The type of those Secrets. */
export const recordType = "slipway.dev/release";

/** The field manager under which Slipway applies. */
export const fieldManager = "slipway";

/** Kinds that several apps may share. They carry no app's label and are never pruned: with them would go what others put there. */
export const sharedKinds: ReadonlySet<string> = new Set(["Namespace", "CustomResourceDefinition"]);
