import { describe, expect, it } from "@jest/globals";
import { object } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { nameOf } from "../release-object.ts";
import type { ReleaseObject } from "../release-object.ts";
import { inSteps, orderProblems } from "./waves.ts";
import type { Placed } from "./waves.ts";

type Annotations = Readonly<Record<"wave" | "depends-on" | "hook", string>>;

/** An object of the release that is `KIND/NAME`, ordered by these annotations. */
function placed(name: string, annotations: Partial<Annotations> = {}, rest: Partial<KubernetesObject> = {}): Placed {
  const [kind = "", ...words] = name.split("/");
  const it = object(kind, words.join("/"), rest);
  if (kind === "Job") it.apiVersion = "batch/v1";
  const entries = Object.entries(annotations).map(([key, value]) => [`slipway.dev/${key}`, value] as const);
  it.metadata.annotations = Object.fromEntries(entries);
  return { released: release(it) };
}

function release(it: KubernetesObject): ReleaseObject {
  const kind = { group: "", version: "v1", kind: it.kind, plural: "x", namespaced: true, verbs: [], subresources: [] };
  const locate = (path: readonly (string | number)[]): number => (path.length === 0 ? 1 : 5);
  return { object: it, kind, source: { file: "app.yaml", line: 1, locate } };
}

const nameOfPlaced = ({ released }: Placed): string => nameOf(released.object);

/** Each step as a line: what is applied, and after `<` what has to be current. */
function steps(all: readonly Placed[], direction: "deploy" | "rollback" = "deploy"): string[] {
  return inSteps(all, direction).map(({ members, after }) => {
    const waited = after.length === 0 ? "" : ` < ${after.map(nameOfPlaced).join(" ")}`;
    return members.map(nameOfPlaced).join(" ") + waited;
  });
}

describe("inSteps()", () => {
  it.each<[string, readonly Placed[], readonly string[]]>([
    [
      "puts first what others stand on, and waits for kinds alone; Services begin before workloads",
      ["Deployment/web", "Secret/s", "CustomResourceDefinition/c", "Role/r", "Namespace/n", "Service/web"].map((name) =>
        placed(name),
      ),
      [
        "Namespace/n",
        "CustomResourceDefinition/c",
        "Role/r < CustomResourceDefinition/c",
        "Secret/s < CustomResourceDefinition/c",
        "Service/web Deployment/web < CustomResourceDefinition/c",
      ],
    ],
    [
      "starts a wave when all before it are current, and runs hooks around them",
      [
        placed("Job/after", { hook: "post-deploy" }),
        placed("Deployment/late", { wave: "2" }),
        placed("Deployment/web"),
        placed("StatefulSet/db", { wave: "-1" }),
        placed("Job/migrate", { hook: "pre-deploy" }),
        placed("ConfigMap/early", { wave: "-5" }),
        placed("ConfigMap/late", { wave: "2" }),
      ],
      [
        "ConfigMap/early",
        "Job/migrate",
        "StatefulSet/db < Job/migrate",
        "Deployment/web < Job/migrate StatefulSet/db",
        "ConfigMap/late < Job/migrate StatefulSet/db Deployment/web",
        "Deployment/late < Job/migrate StatefulSet/db Deployment/web",
        "Job/after < Job/migrate StatefulSet/db Deployment/web ConfigMap/late Deployment/late",
      ],
    ],
    [
      "orders hooks among themselves",
      [placed("Job/b", { hook: "pre-deploy", wave: "1" }), placed("Job/a", { hook: "pre-deploy" })],
      ["Job/a", "Job/b < Job/a"],
    ],
    [
      "makes what depends on something wait for that alone",
      [
        placed("Deployment/web", { "depends-on": "StatefulSet/db, Job/seed" }),
        placed("Deployment/other"),
        placed("Job/seed", { "depends-on": "StatefulSet/db" }),
        placed("StatefulSet/db"),
      ],
      ["Deployment/other StatefulSet/db", "Job/seed < StatefulSet/db", "Deployment/web < StatefulSet/db Job/seed"],
    ],
    [
      "moves what a hook needs before it, with the Service that leads there",
      [
        placed("Job/migrate", { hook: "pre-deploy", "depends-on": "StatefulSet/db" }),
        placed("StatefulSet/db", { wave: "3" }, { spec: { template: { metadata: { labels: { app: "db" } } } } }),
        placed("Service/db", {}, { spec: { selector: { app: "db" } } }),
        placed("Service/web", {}, { spec: { selector: { app: "web" } } }),
        placed("Deployment/web"),
      ],
      [
        "Service/db StatefulSet/db",
        "Job/migrate < StatefulSet/db",
        "Service/web Deployment/web < Service/db StatefulSet/db Job/migrate",
      ],
    ],
  ])("%s", (_name, all, expected) => {
    expect(steps(all)).toEqual(expected);
  });

  it("runs in a rollback the hooks for rollbacks", () => {
    const all = [placed("Deployment/web"), placed("Job/undo", { hook: "pre-rollback,post-deploy" })];
    expect(steps(all, "rollback")).toEqual(["Job/undo", "Deployment/web < Job/undo"]);
    expect(steps(all, "deploy")).toEqual(["Deployment/web", "Job/undo < Deployment/web"]);
  });

  it("takes a Job that has started as good enough for the hooks at the end, unless they depend on it", () => {
    const all = [
      placed("Job/backfill"),
      placed("Deployment/late", { wave: "1" }),
      placed("Job/seed"),
      placed("Job/after", { hook: "post-deploy", "depends-on": "Job/seed" }),
    ];
    const complete = inSteps(all, "deploy").map((step) => [...step.complete].map(nameOfPlaced));
    expect(complete).toEqual([[], ["Job/backfill", "Job/seed"], ["Job/seed"]]);
  });

  it("orders thousands of objects that depend on one another in no time", () => {
    const all = Array.from({ length: 2_000 }, (_, index) => {
      const needs = [1, 2, 3].map((back) => `Deployment/d${index - back}`).filter((name) => !name.includes("-"));
      return placed(`Deployment/d${index}`, { "depends-on": needs.join(" ") });
    });
    const started = performance.now();
    expect(inSteps(all, "deploy")).toHaveLength(2_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe("orderProblems()", () => {
  it.each<[string, readonly Placed[], readonly string[]]>([
    ["nothing is wrong", [placed("Deployment/a", { "depends-on": "Job/b", wave: "-1" }), placed("Job/b")], []],
    [
      "a wave is no whole number",
      [placed("Job/a", { wave: "1.5" })],
      ['Job/a: slipway.dev/wave is a whole number: got "1.5"'],
    ],
    [
      "a name is in no manifest",
      [placed("Deployment/web", { "depends-on": "StatefulSet/postgers" }), placed("StatefulSet/postgres")],
      ["Deployment/web depends on StatefulSet/postgers, which is in no manifest of this release"],
    ],
    [
      "everything waits for everything",
      [
        placed("Deployment/a", { "depends-on": "Deployment/b" }),
        placed("Deployment/b", { "depends-on": "Deployment/c" }),
        placed("Deployment/c", { "depends-on": "Deployment/a" }),
      ],
      [
        "Deployment/a would wait for itself: Deployment/a waits for Deployment/b waits for Deployment/c waits for Deployment/a",
      ],
    ],
    [
      "something waits for what runs after everything",
      [placed("Deployment/a", { "depends-on": "Job/b" }), placed("Job/b", { hook: "post-deploy" })],
      ["Deployment/a depends on Job/b, which runs after everything else"],
    ],
    ["there is no such hook", [placed("Job/a", { hook: "pre-install" })], ['Job/a: there is no hook "pre-install"']],
    ["a hook is no Job", [placed("Pod/a", { hook: "pre-deploy" })], ["Pod/a cannot be a hook, because only a Job can"]],
  ])("finds, where %s, just that", (_name, all, expected) => {
    const problems = orderProblems(all.map(({ released }) => released));
    expect(problems.map(({ message }) => message)).toEqual(expected);
    expect(problems.every(({ file, line }) => file === "app.yaml" && line === 5)).toBe(true);
  });
});
