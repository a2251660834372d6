import { describe, expect, it } from "@jest/globals";
import { object, released } from "../../../test/build/objects.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { checkBrought, comesLater } from "./surroundings.ts";
import type { Surroundings } from "./surroundings.ts";

const schema = { type: "object", properties: { spec: { type: "object", properties: { size: { type: "integer" } } } } };
const definition = object("CustomResourceDefinition", "widgets.acme.test", {
  spec: {
    group: "acme.test",
    names: { kind: "Widget" },
    versions: [{ name: "v1", schema: { openAPIV3Schema: schema } }, { name: "v2" }],
  },
});
const widget = (size: unknown, version = "v1"): KubernetesObject => ({
  ...object("Widget", "w", { spec: { size } }),
  apiVersion: `acme.test/${version}`,
});
const around = (given: Partial<Surroundings>): Surroundings => ({
  namespaces: new Map(),
  definitions: [],
  brought: [],
  ...given,
});
const of = (given: KubernetesObject): ReturnType<typeof released> => ({
  ...released(object("ConfigMap", "x")),
  object: given,
});

describe("comesLater() tells a refusal that says nothing from one that does", () => {
  const answer = (status: number, message: string): ApiError =>
    new ApiError(status, { kind: "Status", apiVersion: "v1", message });
  const role = object("Role", "r");
  const binding = object("RoleBinding", "b", { roleRef: { kind: "Role", name: "r" } });
  const noRole = answer(404, 'rolebindings.rbac.authorization.k8s.io "r" not found');
  const pod = object("Pod", "p");
  const noAccount = answer(
    403,
    'pods "p" is forbidden: error looking up service account shop/a: serviceaccount "a" not found',
  );
  const noPriority = answer(403, 'pods "p" is forbidden: no PriorityClass with name high was found');
  const typed = answer(
    500,
    "failed to create typed patch object (shop/w; acme.test/v1, Kind=Widget): .spec.size: field not declared in schema",
  );

  it.each<[string, ApiError, KubernetesObject, Partial<Surroundings>, RegExp | undefined]>([
    ["a Role that comes along", noRole, binding, { brought: [role] }, /before there is Role\/r, which comes/],
    ["a Role that nobody brings", noRole, binding, {}, undefined],
    [
      "a service account that comes along",
      noAccount,
      pod,
      { brought: [object("ServiceAccount", "a")] },
      /ServiceAccount\/a/,
    ],
    [
      "a priority that comes along",
      noPriority,
      pod,
      { brought: [object("PriorityClass", "high")] },
      /PriorityClass\/high/,
    ],
    ["a service account that nobody brings", noAccount, pod, { brought: [object("ServiceAccount", "b")] }, undefined],
    [
      "a webhook that takes no part",
      answer(400, 'admission webhook "w.acme.test" does not support dry run'),
      pod,
      {},
      /the admission webhook w.acme.test says/,
    ],
    [
      "a field that the new schema has",
      typed,
      widget(1),
      { definitions: [definition] },
      /beyond the new schema of the kind Widget/,
    ],
    ["a field that it has not either", typed, widget("1"), { definitions: [definition] }, undefined],
    ["a schema that stays", typed, widget(1), {}, undefined],
    ["a policy", answer(422, "denied request"), pod, { brought: [role] }, undefined],
  ])("%s", (_name, error, given, surroundings, expected) => {
    const reason = comesLater(error, of(given), around(surroundings));
    if (expected === undefined) expect(reason).toBeUndefined();
    else expect(reason).toMatch(expected);
  });
});

describe("checkBrought()", () => {
  it("checks by the schema that comes along, and says what that leaves open", () => {
    expect(checkBrought(of(widget(1)), around({ definitions: [definition] }))).toBe(
      "what goes beyond the schema of the kind Widget, which comes with this deploy",
    );
    expect(checkBrought(of(widget(1, "v2")), around({ definitions: [definition] }))).toBe(
      "all that a server could say of the kind Widget, which comes with this deploy",
    );
    expect(() => checkBrought(of(widget("1")), around({ definitions: [definition] }))).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ message: "Widget/w: spec.size must be of type integer" })],
      }),
    );
  });
});
