/** The code of an error of the system, such as `ENOENT`; "" for anything else. Not by class: test runners have classes of their own. */
export function systemErrorCode(error: unknown): string {
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? error.code : "";
}
