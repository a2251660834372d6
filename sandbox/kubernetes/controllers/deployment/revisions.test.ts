import { describe, expect, it } from "@jest/globals";
import { deployment, replicaSet } from "../testing/builders.ts";
import { expired, findRevisions, newestAnnotations, wasScaled } from "./revisions.ts";
import { templateHash } from "./template-hash.ts";

const revision = (number: string) => ({ "deployment.kubernetes.io/revision": number });

describe("findRevisions()", () => {
  it("finds the ReplicaSet of the same template, whatever its hash label says", () => {
    const same = replicaSet({ name: "same", image: "web:1" });
    same.spec.template.metadata = { labels: { app: "app", "pod-template-hash": "x" } };
    const other = replicaSet({ name: "other", image: "web:2" });
    expect(findRevisions(deployment(), [other, same])).toEqual({ newest: same, older: [other] });
  });
});

describe("newestAnnotations()", () => {
  it("counts the first revision as 1", () => {
    expect(newestAnnotations(deployment(), { newest: undefined, older: [] })).toEqual(revision("1"));
  });

  it("brings a ReplicaSet that is used again above all others, and remembers what it was", () => {
    const newest = replicaSet({ name: "again", annotations: revision("1") });
    const older = [replicaSet({ name: "b", annotations: revision("2") })];
    expect(newestAnnotations(deployment(), { newest, older })).toEqual({
      ...revision("3"),
      "deployment.kubernetes.io/revision-history": "1",
    });
  });

  it("takes the Deployment's annotations over, but not those about itself", () => {
    const given = deployment();
    given.metadata.annotations = {
      "kubernetes.io/change-cause": "why",
      "kubectl.kubernetes.io/last-applied-configuration": "{}",
      ...revision("9"),
    };
    expect(newestAnnotations(given, { newest: undefined, older: [] })).toEqual({
      "kubernetes.io/change-cause": "why",
      ...revision("1"),
    });
  });
});

describe("wasScaled()", () => {
  it.each([
    { desired: "2", replicas: 2, expected: false },
    { desired: "3", replicas: 2, expected: true },
    { desired: "3", replicas: 0, expected: false },
  ])("is $expected for a ReplicaSet of $replicas made for $desired", ({ desired, replicas, expected }) => {
    const newest = replicaSet({ replicas, annotations: { "deployment.kubernetes.io/desired-replicas": desired } });
    expect(wasScaled(deployment({ replicas: 2 }), { newest, older: [] })).toBe(expected);
  });
});

describe("expired()", () => {
  it("names the oldest revisions beyond the limit, but none that still has pods", () => {
    const older = ["3", "1", "2"].map((number) => replicaSet({ name: `r${number}`, annotations: revision(number) }));
    const busy = replicaSet({ name: "r0", replicas: 1, annotations: revision("0") });
    const found = expired(deployment({ revisionHistoryLimit: 1 }), [...older, busy]);
    expect(found.map(({ metadata }) => metadata.name)).toEqual(["r1", "r2"]);
  });
});

describe("templateHash()", () => {
  const template = deployment().spec.template;

  it("depends on what the template says and not on the order of its fields", () => {
    const turned = { spec: template.spec, metadata: template.metadata ?? {} };
    expect(templateHash(turned)).toBe(templateHash(template));
  });

  it("can end the name of an object", () => {
    expect(templateHash(template)).toMatch(/^[a-z0-9]+$/);
  });
});
