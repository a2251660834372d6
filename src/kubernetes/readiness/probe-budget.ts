import type { ContainerSpec, Probe } from "./objects.ts";

/**
 * How long a container may take to get ready when its probes do nothing but their work, in ms (after kubedog). Until then, a probe
 * that does not pass yet says nothing at all.
 */
export function probeBudgetMs({
  startupProbe,
  readinessProbe,
}: Pick<ContainerSpec, "startupProbe" | "readinessProbe">): number {
  return (budgetSeconds(startupProbe) + budgetSeconds(readinessProbe)) * 1000;
}

function budgetSeconds(probe: Probe | undefined): number {
  if (probe === undefined) return 0;
  const { initialDelaySeconds = 0, timeoutSeconds = 1, periodSeconds = 10 } = probe;
  const { failureThreshold = 3, successThreshold = 1 } = probe;
  const rounds = Math.max(0, failureThreshold + successThreshold - 3);
  return initialDelaySeconds + timeoutSeconds + (rounds + 0.5) * periodSeconds;
}
