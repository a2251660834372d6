import { paths, type FieldSet } from "./field-set.ts";
import type { Managers } from "./managers.ts";
import { printPath } from "./path-element.ts";
import { Rejection, type Cause } from "./rejection.ts";

/** The 409 that names each field and who owns it. */
export function conflictError(managers: Managers, conflicts: ReadonlyMap<string, FieldSet>): Rejection {
  const causes: Cause[] = [];
  const lines: string[] = [];
  for (const [id, set] of [...conflicts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const owner = ownerName(managers, id);
    const fields = [...paths(set)].map(printPath);
    lines.push(`conflicts with ${owner}:`, ...fields.map((field) => `- ${field}`));
    for (const field of fields)
      causes.push({ reason: "FieldManagerConflict", message: `conflict with ${owner}`, field });
  }
  const [first, ...others] = causes;
  const message =
    first !== undefined && others.length === 0
      ? `Apply failed with 1 conflict: ${first.message}: ${first.field}`
      : `Apply failed with ${causes.length} conflicts: ${lines.join("\n")}`;
  return new Rejection(409, message, { reason: "Conflict", causes });
}

function ownerName(managers: Managers, id: string): string {
  const manager = managers.get(id);
  if (manager === undefined) return JSON.stringify(id);
  const subresource = manager.subresource ? ` with subresource ${JSON.stringify(manager.subresource)}` : "";
  const version = manager.operation === "Update" ? ` using ${manager.apiVersion}` : "";
  return `${JSON.stringify(manager.name)}${subresource}${version}`;
}
