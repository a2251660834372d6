import { wantsStart } from "./pod-status.ts";
import type { Run } from "./pod-status.ts";
import type { Container, Pod } from "./pod.ts";

export interface Startable {
  readonly container: Container;
  readonly isInit: boolean;
}

/** Init containers one after the other; when the last has succeeded, all the others (computePodActions of the kubelet). */
export function containersToStart(pod: Pod, runs: ReadonlyMap<string, readonly Run[]>): Startable[] {
  const { initContainers = [], containers } = pod.spec;
  const latest = ({ name }: Container): Run | undefined => runs.get(name)?.[0];
  const hasBegun = containers.some((container) => latest(container));
  for (const container of hasBegun ? [] : initContainers) {
    if (wantsStart({ pod, latest: latest(container), isInit: true })) return [{ container, isInit: true }];
    if (latest(container)?.end?.exitCode !== 0) return [];
  }
  const wanted = containers.filter((container) => wantsStart({ pod, latest: latest(container), isInit: false }));
  return wanted.map((container) => ({ container, isInit: false }));
}
