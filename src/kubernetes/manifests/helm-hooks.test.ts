import { describe, expect, it } from "@jest/globals";
import { translateHelmHooks } from "./helm-hooks.ts";
import { parseManifests } from "./parse.ts";

const templates: Readonly<Record<string, string>> = {
  Job: "apiVersion: batch/v1\nkind: Job\n",
  Pod: "apiVersion: v1\nkind: Pod\n",
  Deployment: "apiVersion: apps/v1\nkind: Deployment\n",
  ConfigMap: "apiVersion: v1\nkind: ConfigMap\n",
};

function translate(kind: string, annotations: string): ReturnType<typeof translateHelmHooks> {
  const spec = kind === "Deployment" ? "spec: { template: { spec: { containers: [] } } }\n" : "";
  const text = `${templates[kind] ?? ""}metadata:\n  name: x\n  annotations:\n    ${annotations.split("; ").join("\n    ")}\n${spec}`;
  return translateHelmHooks(parseManifests(text, { file: "a.yaml" }));
}

describe("translateHelmHooks()", () => {
  it.each([
    ["pre-install", "pre-deploy"],
    ["pre-install,pre-upgrade", "pre-deploy"],
    ["post-install, post-upgrade", "post-deploy"],
    ["pre-upgrade,post-rollback,test", "pre-deploy,post-rollback"],
    ["pre-rollback", "pre-rollback"],
  ])("makes %s of a Job %s", (words, expected) => {
    const { manifests, problems } = translate(
      "Job",
      `helm.sh/hook: "${words}"; helm.sh/hook-delete-policy: hook-succeeded; a: b`,
    );
    expect(problems).toEqual([]);
    expect(manifests[0]?.object.metadata.annotations).toEqual({ a: "b", "slipway.dev/hook": expected });
  });

  it("keeps the order that weights give", () => {
    const { manifests } = translate("Job", 'helm.sh/hook: pre-upgrade; helm.sh/hook-weight: "-5"');
    expect(manifests[0]?.object.metadata.annotations?.["slipway.dev/wave"]).toBe("-5");
  });

  it.each(["test", "test-success", "pre-delete", "post-delete,test"])("leaves out what only %s would run", (words) => {
    expect(translate("Job", `helm.sh/hook: "${words}"`)).toEqual({ manifests: [], problems: [] });
  });

  it("makes an object of the release of what a hook needs", () => {
    const { manifests, problems } = translate(
      "ConfigMap",
      'helm.sh/hook: pre-install; helm.sh/hook-weight: "-9"; a: b',
    );
    expect(problems).toEqual([]);
    expect(manifests[0]?.object.metadata.annotations).toEqual({ a: "b" });
  });

  it.each([
    ["Job", "crd-install", 'Slipway has no hook like Helm\'s "crd-install"'],
    ["Job", "pre-instal", 'Slipway has no hook like Helm\'s "pre-instal"'],
    ["Pod", "pre-install", "Pod x cannot be a hook, because only a Job can"],
    ["Deployment", "pre-install", "Deployment x cannot be a hook, because only a Job can"],
  ])("refuses a %s with %s by name, at its line", (kind, words, message) => {
    const { manifests, problems } = translate(kind, `helm.sh/hook: ${words}`);
    expect(manifests).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining(message), file: "a.yaml", line: 6 }),
    ]);
  });
});
