import type { V1LabelSelector } from "@kubernetes/client-node";
import type { Loose } from "./kinds/rules.ts";

/** A selector as Kubernetes prints it: `app=web,tier in (a,b),!old`, by key. */
export function printSelector(selector: Loose<V1LabelSelector> | undefined): string {
  const equal = Object.entries(selector?.matchLabels ?? {}).map(([key, value = ""]) => ({
    key,
    text: `${key}=${value}`,
  }));
  const expressions = (selector?.matchExpressions ?? []).map(({ key = "", operator, values = [] }) => {
    const list = `(${[...values].sort().join(",")})`;
    switch (operator) {
      case "In":
        return { key, text: `${key} in ${list}` };
      case "NotIn":
        return { key, text: `${key} notin ${list}` };
      case "Exists":
        return { key, text: key };
      default:
        return { key, text: `!${key}` };
    }
  });
  return [...equal, ...expressions]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ text }) => text)
    .join(",");
}
