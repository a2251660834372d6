import type { Deployment } from "../kinds.ts";

/** A Deployment `app` to create in a cluster, with one container. */
export function appDeployment(
  spec: Partial<Omit<Deployment["spec"], "selector" | "template">> = {},
  image = "web:1",
): object {
  const labels = { app: "app" };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "app" },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image, resources: { requests: { cpu: "100m" } } }] },
      },
      ...spec,
    },
  };
}

/** A patch that gives the Deployment another template. */
export function withImage(image: string): object {
  return { spec: { template: { spec: { containers: [{ name: "main", image }] } } } };
}

/** Where the objects of namespace `ns` are. */
export const at = {
  deployments: "/apis/apps/v1/namespaces/ns/deployments",
  app: "/apis/apps/v1/namespaces/ns/deployments/app",
  replicaSets: "/apis/apps/v1/namespaces/ns/replicasets",
  jobs: "/apis/batch/v1/namespaces/ns/jobs",
  pods: "/api/v1/namespaces/ns/pods",
  services: "/api/v1/namespaces/ns/services",
  configMaps: "/api/v1/namespaces/ns/configmaps",
  endpointSlices: "/apis/discovery.k8s.io/v1/namespaces/ns/endpointslices",
  autoscalers: "/apis/autoscaling/v2/namespaces/ns/horizontalpodautoscalers",
} as const;
