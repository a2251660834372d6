import { describe, expect, it } from "@jest/globals";
import { deployment, object, released } from "../../test/build/objects.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { StatusCause } from "../kubernetes/api-error.ts";
import { parseManifests } from "../kubernetes/manifests/parse.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { parseFieldPath } from "./field-path.ts";
import { serverProblems } from "./server-problems.ts";

const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: d
  namespace: shop
spec:
  replicas: 2
  selector: { matchLabels: { app: d } }
  template:
    spec:
      containers:
        - name: side
          image: s
        - name: app
          imagePullPolicy: Sometimes
          env:
            - name: A
`;
const [manifest] = parseManifests(text, { file: "app.yaml", variables: new Map() }).manifests;

function problems(code: number, message: string, causes: StatusCause[] = [], reason = ""): unknown[] {
  if (manifest === undefined) throw new Error("the test's manifest does not parse");
  const body = { kind: "Status" as const, apiVersion: "v1" as const, message, reason, details: { causes } };
  return serverProblems(new ApiError(code, body), released(manifest.object, manifest.source)).map(
    ({ message: told, line }) => [told, line],
  );
}

describe("serverProblems() tells what the server has against an object, at its line", () => {
  it("an unknown field of a server-side apply", () => {
    const message =
      "failed to create typed patch object (shop/d; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema";
    expect(problems(500, message)).toEqual([["Deployment/d: there is no field spec.replica", 6]]);
  });

  it("several of them, inside of list items", () => {
    const message = `failed to create typed patch object (shop/d; apps/v1, Kind=Deployment): errors:\n  .spec.template.spec.containers[name="app"].enw: field not declared in schema\n  .spec.replicas: expected numeric (int or float), got string`;
    expect(problems(500, message)).toEqual([
      ['Deployment/d: there is no field spec.template.spec.containers[name="app"].enw', 14],
      ["Deployment/d: spec.replicas: expected numeric (int or float), got string", 7],
    ]);
  });

  it("values of the wrong type, but not the values", () => {
    const got = (value: string): string => `expected string, got &value.valueUnstructured{Value:${value}}`;
    const message = `failed to create typed patch object (shop/d; apps/v1, Kind=Deployment): errors:\n  .spec.template.spec.containers[name="app"].env[name="A"].value: ${got("12345")}\n  .spec.replicas: ${got('map[string]interface {}{"b":"hunter2"}')}\n  .metadata.name: ${got("true")}`;
    expect(problems(500, message)).toEqual([
      [
        'Deployment/d: spec.template.spec.containers[name="app"].env[name="A"].value must be a text, and is a number',
        17,
      ],
      ["Deployment/d: spec.replicas must be a text, and is a map or a list", 7],
      ["Deployment/d: metadata.name must be a text, and is a boolean", 4],
    ]);
  });

  it("which value of a Secret is not base64", () => {
    const secret = object("Secret", "s", { data: { good: "aGk=", folded: "aGk\n=", bad: "not base64!", "b.c": "a" } });
    const error = new ApiError(500, undefined, {
      text: "failed to convert new object: illegal base64 data at input byte 3",
    });
    expect(serverProblems(error, released(secret)).map(({ message }) => message)).toEqual([
      "Secret/s: data.bad is not base64",
      "Secret/s: data.b.c is not base64",
    ]);
  });

  it("an unknown field of a strict create", () => {
    const message = `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica", unknown field "spec.template.spec.containers[1].enw"`;
    expect(problems(400, message)).toEqual([
      ["Deployment/d: there is no field spec.replica", 6],
      ["Deployment/d: there is no field spec.template.spec.containers[1].enw", 14],
    ]);
  });

  it("each cause of an invalid object", () => {
    const causes = [
      {
        reason: "FieldValueNotSupported",
        field: "spec.template.spec.containers[1].imagePullPolicy",
        message: 'Unsupported value: "Sometimes"',
      },
    ];
    expect(problems(422, "Deployment d is invalid", causes, "Invalid")).toEqual([
      ['Deployment/d: spec.template.spec.containers[1].imagePullPolicy: Unsupported value: "Sometimes"', 15],
    ]);
  });

  it("a conflict, with the owner of the field", () => {
    const causes = [
      {
        reason: "FieldManagerConflict",
        field: ".spec.replicas",
        message: 'conflict with "kubectl-edit" using apps/v1',
      },
    ];
    expect(problems(409, "Apply failed with 1 conflict", causes, "Conflict")).toEqual([
      ["Deployment/d: spec.replicas belongs to kubectl-edit, who set it to another value", 7],
    ]);
  });

  it("anything else in the server's own words, at the object", () => {
    expect(problems(403, "it is late")).toEqual([["Deployment/d: it is late", 1]]);
  });

  it.each([
    [
      "a quota",
      'deployments.apps "d" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1',
      "exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1",
    ],
    [
      "a policy",
      "deployments.apps \"d\" is forbidden: ValidatingAdmissionPolicy 'no-bad' with binding 'no-bad' denied request: no bad keys here",
      "the policy no-bad of this cluster says no: no bad keys here",
    ],
    [
      "a webhook",
      'admission webhook "guard.acme.test" denied the request: not on Fridays',
      "the admission webhook guard.acme.test says no: not on Fridays",
    ],
    [
      "a webhook that is away",
      'Internal error occurred: failed calling webhook "guard.acme.test": failed to call webhook: connection refused',
      "the admission webhook guard.acme.test cannot be asked: failed to call webhook: connection refused",
    ],
    [
      "RBAC, about what it would grant",
      'roles.rbac.authorization.k8s.io "rx" is forbidden: user "ci" (groups=["a"]) is attempting to grant RBAC permissions not currently held:\n{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
      'it grants what the user of this deploy may not do itself: {APIGroups:[""], Resources:["secrets"], Verbs:["get"]}',
    ],
  ])("the denial of %s, and what to do", (_name, message, expected) => {
    const cause = message.includes("Policy") ? [{ message }] : [];
    expect(problems(403, message, cause)).toEqual([[`Deployment/d: ${expected}`, 1]]);
  });

  it("of a value that fills pages no more than the reason", () => {
    const causes = [{ field: "spec.replicas", message: `Invalid value: {"Spec":${"x".repeat(500)}}: must be small` }];
    expect(problems(422, "invalid", causes)).toEqual([
      ["Deployment/d: spec.replicas: Invalid value: …: must be small", 7],
    ]);
  });
});

describe("serverProblems() names the field that never changes, what it is, and what to do", () => {
  const fixed = "field is immutable";
  const forbidden =
    "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template' and 'minReadySeconds' are forbidden";
  const claim = (spec: object): KubernetesObject => object("PersistentVolumeClaim", "v", { spec });
  it.each<[string, KubernetesObject, KubernetesObject, StatusCause, string, RegExp]>([
    [
      "a selector",
      deployment("d", {}, { selector: { matchLabels: { app: "d" } }, replicas: 1 }),
      deployment("d", {}, { selector: { matchLabels: { app: "e" } }, replicas: 2 }),
      { field: "spec.selector", message: `Invalid value: {"matchLabels":{"app":"e"}}: ${fixed}` },
      "spec.selector.matchLabels.app cannot change any more: it is d, and the manifest says e",
      /new name, or delete it first: "kubectl delete deployment d -n shop"/,
    ],
    [
      "what a StatefulSet fixes, of all that changes",
      { ...deployment("s", {}, { serviceName: "a", replicas: 1 }), kind: "StatefulSet" },
      { ...deployment("s", {}, { serviceName: "b", replicas: 2 }), kind: "StatefulSet" },
      { field: "spec", message: forbidden },
      "spec.serviceName cannot change any more: it is a, and the manifest says b",
      /--cascade=orphan" keeps its pods/,
    ],
    [
      "a Job's template, without the pages that the server shows",
      { ...deployment("j", { containers: [{ name: "c", image: "x", tty: true }] }), kind: "Job" },
      { ...deployment("j", { containers: [{ name: "c", image: "y" }] }), kind: "Job" },
      { field: "spec.template", message: `Invalid value: {"Spec":${"x".repeat(900)}}: ${fixed}` },
      "spec.template.spec.containers[c].image cannot change any more: it is x, and the manifest says y",
      /slipway.dev\/hook/,
    ],
    [
      "an address",
      object("Service", "v", { spec: { clusterIP: "10.0.0.1", clusterIPs: ["10.0.0.1"] } }),
      object("Service", "v", { spec: { clusterIP: "10.0.0.2" } }),
      { field: "spec.clusterIPs[0]", message: 'Invalid value: ["10.0.0.2"]: may not change once set' },
      "spec.clusterIP cannot change any more: it is 10.0.0.1, and the manifest says 10.0.0.2",
      /Take the field out/,
    ],
    [
      "a claim, whose size may grow",
      claim({ storageClassName: "a", resources: { requests: { storage: "1Gi" } } }),
      claim({ storageClassName: "b", resources: { requests: { storage: "2Gi" } } }),
      {
        field: "spec",
        message:
          "Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n@@ -1 +1 @@",
      },
      "spec.storageClassName cannot change any more: it is a, and the manifest says b",
      /move the data/,
    ],
    [
      "a Secret, without its values",
      object("Secret", "s", { data: { a: "b2xk" } }),
      object("Secret", "s", { data: { a: "bmV3" } }),
      { field: "data", message: "Forbidden: field is immutable when `immutable` is set" },
      "data.a cannot change any more, and the manifest has another value",
      /new name/,
    ],
  ])("%s", (_name, live, wanted, cause, text, hint) => {
    const body = { kind: "Status", apiVersion: "v1", message: "x", details: { causes: [cause] } } as const;
    const kind = { group: "", version: "v1", kind: "x", plural: "x", namespaced: true, verbs: [], subresources: [] };
    expect(serverProblems(new ApiError(422, body), { object: wanted, kind }, live)).toEqual([
      { message: `${wanted.kind}/${wanted.metadata.name}: ${text}`, hint: expect.stringMatching(hint) },
    ]);
  });
});

describe("parseFieldPath()", () => {
  const it_ = deployment("d", {
    containers: [
      { name: "a" },
      {
        name: "b",
        ports: [
          { containerPort: 80, protocol: "TCP" },
          { containerPort: 80, protocol: "UDP" },
        ],
      },
    ],
  });
  it.each([
    ["spec.template.spec.containers[1].image", ["spec", "template", "spec", "containers", 1, "image"]],
    [
      '.spec.template.spec.containers[name="b"].ports[containerPort=80,protocol="UDP"]',
      ["spec", "template", "spec", "containers", 1, "ports", 1],
    ],
    ["spec.template.spec.containers[b].image", ["spec", "template", "spec", "containers", 1, "image"]],
    ["data[some.key]", ["data", "some.key"]],
    ['metadata.annotations["a.b/c"]', ["metadata", "annotations", "a.b/c"]],
    ["metadata.labels", ["metadata", "labels"]],
  ])("%s", (field, path) => {
    expect(parseFieldPath(field, it_)).toEqual(path);
  });
});
