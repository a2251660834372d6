import type { Problem } from "../../error.ts";
import type { KubernetesObject } from "../object.ts";

/** A path of keys and list indexes inside an object: `["spec", "template", "spec", "containers", 0, "image"]`. */
export type FieldPath = readonly (string | number)[];

/** Where a manifest stands in the user's files. */
export interface Source {
  /** Relative to the workspace. */
  readonly file: string;
  /** Line of the object's first key, counted from 1. */
  readonly line: number;
  /** The line of a field, or of the nearest parent that is written down. Reads the text again: for error messages only. */
  readonly locate: (path: FieldPath) => number;
}

/** One object of the user's files, variables substituted, nothing else changed. */
export interface Manifest {
  readonly object: KubernetesObject;
  readonly source: Source;
}

/** What reading gives: every object that could be read, and every problem there is, so that all are reported at once. */
export interface ManifestSet {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Problem[];
}
