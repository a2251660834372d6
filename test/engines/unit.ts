import type { Supervisor } from "../../sandbox/kubernetes/kubelet/supervisor.ts";

/** What runs together and ends together. */
export type UnitName = (typeof unitNames)[number];

/** What uses another one comes after it. */
export const unitNames = ["registry", "cluster", "buildkit"] as const;

/** Lines for a shell, by name. */
export type Variables = Readonly<Record<string, string>>;

export interface UnitOptions {
  /** Holds everything that it writes, and goes with it. */
  readonly folder: string;
  /** Whatever it starts ends with this process. */
  readonly supervisor: Supervisor;
  readonly log: (line: string) => void;
}

/** A running unit. */
export interface Unit {
  readonly variables: Variables;
  /** Resolves when it has ended by itself, with why. */
  readonly ended: Promise<string>;
  /** Closes what this process itself has opened; the supervisor sees to all others. */
  close(): Promise<void>;
}
