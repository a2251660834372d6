import { describe, expect, it } from "@jest/globals";
import { deployment, released } from "../../test/build/objects.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { StatusCause } from "../kubernetes/api-error.ts";
import { parseManifests } from "../kubernetes/manifests/parse.ts";
import { parseFieldPath, serverProblems } from "./server-problems.ts";

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
    expect(problems(403, "exceeded quota: q")).toEqual([["Deployment/d: exceeded quota: q", 1]]);
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
    ["data[some.key]", ["data", "some.key"]],
    ["metadata.labels", ["metadata", "labels"]],
  ])("%s", (field, path) => {
    expect(parseFieldPath(field, it_)).toEqual(path);
  });
});
