import type { Condition } from "./kinds.ts";

export function findCondition(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}

export function withoutCondition(conditions: readonly Condition[], type: string): Condition[] {
  return conditions.filter((condition) => condition.type !== type);
}

/**
 * The conditions with one more said: unchanged where status and reason are already so, else moved to the end, and keeping its
 * transition time where only the reason is new. This is how the Deployment controller keeps its list.
 */
export function withCondition(conditions: readonly Condition[], condition: Condition): Condition[] {
  const current = findCondition(conditions, condition.type);
  if (current?.status === condition.status && current.reason === condition.reason) return [...conditions];
  const transition = current?.status === condition.status ? current.lastTransitionTime : condition.lastTransitionTime;
  return [
    ...withoutCondition(conditions, condition.type),
    { ...condition, ...(transition === undefined ? {} : { lastTransitionTime: transition }) },
  ];
}

/** The conditions with one more said in its place; only its transition time outlives an unchanged status. */
export function updatedCondition(conditions: readonly Condition[], condition: Condition): Condition[] {
  const current = findCondition(conditions, condition.type);
  if (current === undefined) return [...conditions, condition];
  const transition = current.status === condition.status ? current.lastTransitionTime : condition.lastTransitionTime;
  const next = { ...condition, ...(transition === undefined ? {} : { lastTransitionTime: transition }) };
  return conditions.map((each) => (each === current ? next : each));
}
