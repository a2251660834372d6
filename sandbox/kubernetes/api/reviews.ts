import type { V1SubjectAccessReview } from "@kubernetes/client-node";
import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { normalise } from "../fields/index.ts";
import { mayDo, rulesFor } from "./access.ts";
import type { Core } from "./core.ts";
import { decode, parseObject, typeOf } from "./decode.ts";
import type { Loose } from "./kinds/rules.ts";
import type { Answer, Call, Target, User } from "./request.ts";
import { methodNotAllowed } from "./status.ts";
import { writeOptions } from "./write-options.ts";
import { own } from "./write.ts";

/** Resources that are questions: they are answered, not stored. */
export function isReview(target: Target): boolean {
  return target.resource.plural.endsWith("reviews");
}

export function answerReview(core: Core, call: Call, target: Target): Answer {
  const options = writeOptions(call, "CreateOptions");
  const value = parseObject(call, target.resource.kind);
  const type = typeOf(target.resource);
  const { object, warnings } = decode({
    value,
    expected: target.resource,
    type,
    fieldValidation: options.fieldValidation,
  });
  const owned = own({ core, call, target, options, warnings }, object, undefined);
  const answered = { ...owned, status: statusOf(core, call.user, target, object) };
  return { code: 201, json: normalise(type, answered), warnings };
}

function statusOf(core: Core, user: User, target: Target, review: KubernetesObject): object {
  const spec = (review.spec ?? {}) as Loose<V1SubjectAccessReview["spec"]>;
  switch (target.resource.plural) {
    case "selfsubjectaccessreviews":
      return { allowed: isAllowed(core, user, spec) };
    case "subjectaccessreviews":
    case "localsubjectaccessreviews":
      return { allowed: isAllowed(core, { name: spec.user ?? "", groups: spec.groups ?? [] }, spec) };
    case "selfsubjectrulesreviews": {
      const { namespace = "" } = spec as { readonly namespace?: string };
      return { incomplete: false, nonResourceRules: [], resourceRules: rulesFor(core, user, namespace) };
    }
    case "selfsubjectreviews":
      return { userInfo: { username: user.name, groups: user.groups } };
    default:
      throw methodNotAllowed();
  }
}

function isAllowed(core: Core, user: User, spec: Loose<V1SubjectAccessReview["spec"]>): boolean {
  const {
    verb = "",
    group = "",
    resource = "",
    subresource,
    namespace = "",
    name = "",
  } = spec.resourceAttributes ?? {};
  return mayDo(core, user, {
    verb,
    group,
    resource: subresource ? `${resource}/${subresource}` : resource,
    namespace,
    name,
  });
}
