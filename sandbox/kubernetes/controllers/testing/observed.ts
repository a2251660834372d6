import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { KubernetesObject } from "../../../../src/kubernetes/object.ts";

/** What was done to a real Kubernetes 1.34.4 cluster: objects made and changed, seconds waited. */
export type Given =
  { readonly create: KubernetesObject } | { readonly patch: string; readonly body: object } | { readonly wait: number };

/** One distinct state of an object, or an event, as a client saw it. ReplicaSets and pods are renamed rs1, p1; times are `<time>`. */
export interface Seen {
  readonly at: number;
  /** `deployment/app`, `replicaset/app-rs1`, `pod/app-rs1-p1`, `event`. */
  readonly what: string;
  readonly generation?: number;
  readonly deleting?: boolean;
  readonly gone?: boolean;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
  readonly message?: string;
  /** Of an event: `ReplicaSet/app-rs1`. */
  readonly about?: string;
  readonly from?: string;
}

export interface Scenario {
  readonly scenario: string;
  readonly given: readonly Given[];
  readonly seen: readonly Seen[];
}

/** The recorded scenarios, by name. */
export function readObserved(): ReadonlyMap<string, Scenario> {
  const file = new URL("../../data/observed-1.34.jsonl.gz", import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const scenarios = lines.map((line) => JSON.parse(line) as Scenario);
  return new Map(scenarios.map((scenario) => [scenario.scenario, scenario]));
}
