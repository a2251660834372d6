import type { KubernetesObject } from "../../../src/kubernetes/object.ts";
import { update } from "../fields/index.ts";
import { timestamp } from "../timestamp.ts";
import type { Core } from "./core.ts";
import { decode, parseObject, typeOfKind } from "./decode.ts";
import { existing } from "./read.ts";
import type { Answer, Call, Target } from "./request.ts";
import { writeOptions } from "./write-options.ts";

const tokenRequest = { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest" };
const audience = "https://kubernetes.default.svc";

/** A token of a ServiceAccount, good for as long as was asked: `serviceaccounts/NAME/token`. */
export function requestToken(core: Core, call: Call, target: Target): Answer {
  const account = existing(core, target);
  const options = writeOptions(call, "CreateOptions");
  const type = typeOfKind("authentication.k8s.io", "v1", "TokenRequest");
  const value = parseObject(call, "TokenRequest");
  const { object, warnings } = decode({
    value,
    expected: tokenRequest,
    type,
    fieldValidation: options.fieldValidation,
  });
  const { manager } = options;
  const owned = update({ type, live: undefined, object, manager, subresource: "token", now: core.now() });
  const spec = object.spec as { expirationSeconds?: number; audiences?: string[] } | undefined;
  const seconds = spec?.expirationSeconds ?? 3600;
  const { name, namespace = "", uid = "" } = account.metadata;
  const answer: KubernetesObject = {
    ...owned,
    metadata: { ...owned.metadata, name, namespace, uid, creationTimestamp: core.now() },
    spec: { boundObjectRef: null, ...spec, audiences: spec?.audiences ?? [audience], expirationSeconds: seconds },
    status: {
      token: core.tokens.issue({
        user: `system:serviceaccount:${namespace}:${name}`,
        groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`],
        expiresInSeconds: seconds,
      }),
      expirationTimestamp: timestamp(Date.now() + seconds * 1000),
    },
  };
  return { code: 201, json: answer, warnings };
}
