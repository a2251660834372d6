import { Environment } from "@marcbachmann/cel-js";
import type { AdmissionRequest } from "./request.ts";

interface Named {
  readonly name?: string | undefined;
  readonly expression?: string | undefined;
}

/** What an expression can name: `object`, `oldObject`, `request`, `namespaceObject`, `variables`. */
export type Context = Readonly<Record<string, unknown>>;

/** Of CEL, what the library has: Kubernetes' own functions (quantities, URLs, authorizer) are not there. */
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
});

/** What the expressions of a policy or of a webhook see of a write. Variables are evaluated when they are used first. */
export function contextOf(request: AdmissionRequest, variables: readonly Named[] = []): Context {
  const { core, user, target, operation, dryRun } = request;
  const { group, version, kind, plural } = target.resource;
  const context = celValue({
    object: request.object ?? null,
    oldObject: request.old ?? null,
    namespaceObject: core.store.get("/namespaces", "", target.namespace) ?? null,
    request: {
      operation,
      dryRun,
      name: target.name,
      namespace: target.namespace,
      kind: { group, version, kind },
      resource: { group, version, resource: plural },
      subResource: target.subresource,
      userInfo: { username: user.name, groups: user.groups },
    },
  }) as Record<string, unknown>;
  const known = new Map<string, unknown>();
  const read = ({ name = "", expression = "" }: Named): unknown => {
    if (!known.has(name)) known.set(name, evaluate(expression, context));
    return known.get(name);
  };
  const getters = variables.map((variable) => [variable.name ?? "", { enumerable: true, get: () => read(variable) }]);
  context.variables = Object.defineProperties({}, Object.fromEntries(getters) as PropertyDescriptorMap);
  return context;
}

/** @throws Error that names the expression and what is wrong with it, as Kubernetes does. */
export function evaluate(expression: string, context: Context): unknown {
  try {
    return environment.evaluate(expression, context) as unknown;
  } catch (error) {
    // The library's message goes on with a drawing of where in the expression it is.
    const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new Error(`expression '${expression}' resulted in error: ${why[0]?.toLowerCase() ?? ""}${why.slice(1)}`);
  }
}

/** Whether all of a policy's or a webhook's `matchConditions` hold. */
export function holdAll(conditions: readonly Named[] | undefined, context: () => Context): boolean {
  return (conditions ?? []).every(({ expression = "" }) => evaluate(expression, context()) === true);
}

/** Whole numbers are CEL's integers, which are not comparable with its doubles in every way. */
function celValue(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([key, field]) => [key, celValue(field)]));
}
