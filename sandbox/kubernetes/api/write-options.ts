import type { FieldValidation } from "./decode.ts";
import { isTrue } from "./request.ts";
import type { Call } from "./request.ts";
import { fieldForbidden, invalid, required, tooLong, unsupported } from "./status.ts";

/** CreateOptions, UpdateOptions and PatchOptions, from the query. */
export interface WriteOptions {
  readonly dryRun: boolean;
  readonly manager: string;
  readonly force: boolean;
  readonly fieldValidation: FieldValidation;
}

const longestManager = 128;
const validations: readonly FieldValidation[] = ["Ignore", "Strict", "Warn"];

/** @throws Refusal 422 for an option that has no such value, and for an apply without a field manager. */
export function writeOptions(
  call: Call,
  kind: "CreateOptions" | "UpdateOptions" | "PatchOptions",
  isApply = false,
): WriteOptions {
  const { query } = call;
  const fieldValidation = query.get("fieldValidation") || "Warn";
  const dryRun = query.get("dryRun") ?? "";
  const manager = query.get("fieldManager") ?? "";
  const causes = [
    ...(dryRun === "" || dryRun === "All" ? [] : [unsupported("dryRun", [dryRun], ["All"])]),
    ...(isValidation(fieldValidation) ? [] : [unsupported("fieldValidation", fieldValidation, ["", ...validations])]),
    ...(isApply && manager === "" ? [required("fieldManager", "is required for apply patch")] : []),
    ...(manager.length > longestManager ? [tooLong("fieldManager", longestManager)] : []),
    ...(kind === "PatchOptions" && !isApply && query.has("force")
      ? [fieldForbidden("force", "may not be specified for non-apply patch")]
      : []),
  ];
  if (causes.length > 0 || !isValidation(fieldValidation))
    throw invalid({ group: "meta.k8s.io", name: kind }, "", causes);
  return {
    dryRun: dryRun === "All",
    manager: manager || clientName(call.userAgent),
    force: isTrue(query.get("force")),
    fieldValidation,
  };
}

function isValidation(word: string): word is FieldValidation {
  return (validations as readonly string[]).includes(word);
}

/** The part of a User-Agent before its version: "kubectl" of "kubectl/v1.32.4 (linux/amd64)". */
function clientName(userAgent: string): string {
  return userAgent.split("/")[0] || "unknown";
}
