/**
 * Reads the small part of JSONPath that printer columns use: `.spec.size`, `.status.conditions[?(@.type=="Ready")].status`,
 * `.spec.hosts[0]`, `.metadata.labels.a\.b`. Several matches give the first.
 */
export function readPath(object: unknown, path: string): unknown {
  const steps = path.match(/\.(?:\\.|[^.[\]\\])+|\[[^\]]*\]/g) ?? [];
  return steps.reduce<unknown>((value, step) => {
    if (step.startsWith(".")) return field(value, step.slice(1).replaceAll("\\", ""));
    return Array.isArray(value) ? element(value, step.slice(1, -1)) : undefined;
  }, object);
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function element(list: readonly unknown[], selector: string): unknown {
  const [, name, wanted] = /^\?\(@\.(.+?)\s*==\s*["'](.*)["']\)$/.exec(selector) ?? [];
  if (name === undefined) return list[selector === "*" ? 0 : Number(selector)];
  return list.find((item) => String(field(item, name)) === wanted);
}
