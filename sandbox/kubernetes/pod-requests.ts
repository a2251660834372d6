import { milliValue } from "../../src/kubernetes/quantity.ts";
import type { Container, Node, Pod, PodSpec } from "./controllers/kinds.ts";

/** Thousandths of cores, of bytes and of pods. */
export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}

export const nothing: Amounts = { cpu: 0, memory: 0, pods: 0 };

export function add(a: Amounts, b: Amounts): Amounts {
  return { cpu: a.cpu + b.cpu, memory: a.memory + b.memory, pods: a.pods + b.pods };
}

/** What a pod asks of a node. */
export function podRequests(pod: Pick<Pod, "spec">): Amounts {
  return podAmounts(pod, containerRequests);
}

/** What a pod may use at most, of what has a limit. */
export function podLimits(pod: Pick<Pod, "spec">): Amounts {
  return podAmounts(pod, ({ resources }) => amountsOf(resources?.limits));
}

/**
 * All containers together with the init containers that keep running, or, where that is more, one init container with those that were
 * started before it.
 */
function podAmounts({ spec }: Pick<Pod, "spec">, of: (container: Container) => Amounts): Amounts {
  let running = nothing;
  let peak = nothing;
  for (const container of spec.initContainers ?? []) {
    const own = add(running, of(container));
    peak = most(peak, own);
    if (container.restartPolicy === "Always") running = own;
  }
  const total = most(peak, spec.containers.map(of).reduce(add, running));
  return { ...add(total, amountsOf(spec.overhead)), pods: 1000 };
}

/** A limit without a request is a request too. */
export function containerRequests({ resources }: Container): Amounts {
  return amountsOf({ ...resources?.limits, ...resources?.requests });
}

export function allocatable({ status }: Pick<Node, "status">): Amounts {
  return amountsOf(status?.allocatable ?? status?.capacity);
}

function amountsOf(list: PodSpec["overhead"]): Amounts {
  return { cpu: amount(list?.cpu), memory: amount(list?.memory), pods: amount(list?.pods) };
}

function amount(quantity: string | number | undefined): number {
  return quantity === undefined ? 0 : (milliValue(quantity) ?? 0);
}

function most(a: Amounts, b: Amounts): Amounts {
  return { cpu: Math.max(a.cpu, b.cpu), memory: Math.max(a.memory, b.memory), pods: Math.max(a.pods, b.pods) };
}
