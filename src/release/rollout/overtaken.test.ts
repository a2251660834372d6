import { describe, expect, it } from "@jest/globals";
import { deployment } from "../../../test/build/objects.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { overtaken, overtakenFields } from "./overtaken.ts";

const containers = { "f:containers": { 'k:{"name":"app"}': { ".": {}, "f:name": {}, "f:image": {} } } };
const fieldsV1 = { "f:spec": { "f:replicas": {}, "f:template": { "f:spec": containers } } };

/** As it was applied, or as somebody has made it since. */
function live(generation: number, change: (pods: Pods) => void = () => undefined): KubernetesObject {
  const it = deployment("web");
  it.metadata.generation = generation;
  it.metadata.managedFields = [
    { manager: "slipway", operation: "Apply", fieldsV1, time: "2026-01-01T00:00:00Z" },
    { manager: "kubectl-set", operation: "Update", time: "2026-01-03T00:00:00Z" },
    { manager: "kubectl-edit", operation: "Update", time: "2026-01-02T00:00:00Z" },
    { manager: "kube-controller-manager", operation: "Update", subresource: "status", time: "2026-01-09T00:00:00Z" },
  ];
  change((it.spec as { template: Pods }).template);
  return it;
}

interface Pods {
  metadata?: { annotations: Record<string, string> };
  spec: { containers: { name: string; image: string }[] };
}

describe("overtakenFields()", () => {
  it.each<[string, KubernetesObject, number]>([
    ["what was applied", live(1), 0],
    ["replicas that an autoscaler has chosen", { ...live(2), spec: { ...(live(2).spec as object), replicas: 5 } }, 0],
    ["the mark of a restart", live(2, (pods) => (pods.metadata = { annotations: { restartedAt: "now" } })), 0],
    ["a sidecar that somebody injects", live(2, (pods) => pods.spec.containers.push({ name: "side", image: "s" })), 0],
    ["another image", live(2, (pods) => pods.spec.containers.forEach((one) => (one.image = "theirs"))), 1],
    ["a container that is gone", live(2, (pods) => pods.spec.containers.splice(0, 1, { name: "b", image: "b" })), 2],
  ])("finds in %s no more than what is not ours any more", (_name, seen, count) => {
    expect(overtakenFields(live(1), seen)).toHaveLength(count);
  });

  it("says who wrote last, and what: it is neither a success nor a failure of ours", () => {
    const seen = live(2, (pods) => pods.spec.containers.forEach((one) => (one.image = "theirs")));
    const error = overtaken("r7", seen, overtakenFields(live(1), seen));
    expect(error.outcome).toBe("unknown");
    expect(error.message).toBe(
      "Cannot tell whether r7 comes up because somebody else (kubectl-set) has changed Deployment/web since it was applied: got spec.template.spec.containers[app].image: shop/app:v1 → theirs",
    );
  });
});
