import type { KubernetesObject } from "../kubernetes/object.ts";

/** What has to be there before the next wave starts. Whatever is not named goes last, all together. */
const waves: readonly (readonly string[])[] = [
  ["Namespace"],
  ["CustomResourceDefinition"],
  [
    "ResourceQuota",
    "LimitRange",
    "PriorityClass",
    "StorageClass",
    "NetworkPolicy",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ServiceAccount",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
  ],
  ["ConfigMap", "Secret", "PersistentVolume", "PersistentVolumeClaim"],
];

/** Sorts into waves, empty ones left out; inside a wave the order is kept. */
export function inWaves<T extends { readonly object: KubernetesObject }>(objects: readonly T[]): T[][] {
  const sorted: T[][] = Array.from({ length: waves.length + 1 }, () => []);
  for (const each of objects) {
    const wave = waves.findIndex((kinds) => kinds.includes(each.object.kind));
    sorted.at(wave)?.push(each);
  }
  return sorted.filter((wave) => wave.length > 0);
}
