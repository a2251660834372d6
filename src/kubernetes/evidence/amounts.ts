import { milliValue } from "../quantity.ts";
import type { ContainerSpec, Pod } from "../readiness/objects.ts";

/** What the scheduler sets aside for a pod, in thousandths: all containers together, or the init container that wants more alone. */
export function requestOf({ spec }: Pick<Pod, "spec">, resource: string): number {
  const { containers = [], initContainers = [] } = spec ?? {};
  const sidecars = initContainers.filter(({ restartPolicy }) => restartPolicy === "Always");
  const together = [...containers, ...sidecars].reduce((sum, one) => sum + requestedBy(one, resource), 0);
  return Math.max(together, ...initContainers.map((one) => requestedBy(one, resource)));
}

/** A limit without a request is one, too. */
function requestedBy({ resources }: ContainerSpec, resource: string): number {
  return milliValue(resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0) ?? 0;
}

const binary = [
  ["Ti", 2 ** 40],
  ["Gi", 2 ** 30],
  ["Mi", 2 ** 20],
  ["Ki", 2 ** 10],
] as const;

/** An amount of a resource as a person writes it: "250m" and "1.5" of CPU, "1.9Gi" of memory, "3" of anything else. */
export function formatAmount(resource: string, milli: number): string {
  if (resource === "cpu") return milli % 1000 === 0 || milli > 10_000 ? String(Math.round(milli / 1000)) : `${milli}m`;
  const value = milli / 1000;
  if (!/memory|storage|hugepages/.test(resource)) return String(Math.floor(value));
  const [unit, size] = binary.find(([, bytes]) => value >= bytes) ?? ["", 1];
  return `${Number((value / size).toFixed(1))}${unit}`;
}
