import type { ContainerLog } from "./container-log.ts";
import type { ContainerProcess } from "./container-process.ts";
import type { Container } from "./pod.ts";
import type { Run } from "./pod-status.ts";
import type { ContainerProbes } from "./probes.ts";

/** One attempt at running a container, with all that belongs to it on this machine. */
export interface Attempt {
  readonly container: Container;
  readonly isInit: boolean;
  readonly log: ContainerLog;
  /** Replaced, never changed: a status that was computed from it stays true to its moment. */
  run: Run;
  /** Absent when it could not even be started. */
  process?: ContainerProcess;
  probes?: ContainerProbes;
}
