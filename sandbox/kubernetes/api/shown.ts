import { served } from "./convert.ts";
import { formOf, partial } from "./represent.ts";
import type { Call } from "./request.ts";
import type { Resource } from "./resources.ts";
import type { Stored } from "./store.ts";
import { table } from "./tables/table.ts";

/** One object in the form that the client asked for. */
export function shown(resource: Resource, object: Stored, call: Call): unknown {
  switch (formOf(call.accept)) {
    case "object":
      return served(resource, object);
    case "metadata":
      return partial(object);
    case "table": {
      const { resourceVersion } = object.metadata;
      return table(resource, [object], { metadata: { resourceVersion }, include: includeObject(call) });
    }
  }
}

export function includeObject(call: Call): string | undefined {
  return call.query.get("includeObject") ?? undefined;
}
