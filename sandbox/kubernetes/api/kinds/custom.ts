import type { V1CustomResourceDefinition } from "@kubernetes/client-node";
import type { Json, KubernetesObject } from "../../../../src/kubernetes/object.ts";
import { prunedAndDefaulted, schemaCauses } from "../custom-schema.ts";
import type { CustomSchema } from "../custom-schema.ts";
import { rules } from "./rules.ts";
import type { Rules } from "./rules.ts";

export const customResourceDefinitions = rules<V1CustomResourceDefinition>({
  generation: true,
  conditional: true,
  defaults(draft) {
    const spec = (draft.spec ??= {});
    const names = (spec.names ??= {});
    names.singular ||= names.kind?.toLowerCase();
    names.listKind ||= `${names.kind ?? ""}List`;
    spec.conversion ??= { strategy: "None" };
  },
  prepare(draft, { old }) {
    if (old !== undefined) return;
    const storedVersions = (draft.spec?.versions ?? []).flatMap((version) =>
      version.storage === true ? [version.name ?? ""] : [],
    );
    draft.status = { acceptedNames: { plural: "", kind: "" }, storedVersions };
  },
});

const made = new WeakMap<object, Rules<KubernetesObject>>();

/** The rules of a custom kind: those of its schema. */
export function customRules(schema: CustomSchema): Rules<KubernetesObject> {
  const known = made.get(schema);
  if (known !== undefined) return known;
  const custom: Rules<KubernetesObject> = {
    generation: true,
    conditional: true,
    defaults(draft) {
      const complete = asObject(prunedAndDefaulted(schema, asJson(draft), true));
      for (const key of Object.keys(draft)) if (!(key in complete)) Reflect.deleteProperty(draft, key);
      Object.assign(draft, complete);
    },
    validate: (draft) => schemaCauses(schema, asJson(draft), ""),
  };
  made.set(schema, custom);
  return custom;
}

function asJson(object: object): Json {
  return object as Json;
}

function asObject(value: Json): object {
  return value as object;
}
