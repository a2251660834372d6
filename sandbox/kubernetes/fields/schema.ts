import type { Type } from "./type.ts";

/** The types of the built-in kinds. */
export interface Schema {
  /** `group` is "" for the core group. Undefined for a kind that is not built in. */
  type(group: string, version: string, kind: string): Type | undefined;
}

/** Reads the schema from the data folder, once for the process. */
export function loadSchema(): Schema {
  throw new Error("not there yet");
}
