import type { Write } from "../commit.ts";
import { subject } from "../read.ts";
import { forbidden, notFound } from "../status.ts";

/** The NamespaceLifecycle admission plugin: nothing is made in a namespace that is not there, or that is on its way out. */
export function admitNamespace(write: Write, name: string): void {
  const { core, target } = write;
  const { namespace, resource } = target;
  if (namespace === "") return;
  const found = core.store.get("/namespaces", "", namespace);
  if (found === undefined) throw notFound({ group: "", name: "namespaces" }, namespace);
  if (found.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  throw forbidden(subject(resource), name, why, [cause]);
}
