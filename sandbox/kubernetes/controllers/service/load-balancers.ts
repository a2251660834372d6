import { changesOf } from "../controller.ts";
import type { Controller } from "../controller.ts";
import { serviceKind } from "../kinds.ts";
import { keyOf } from "../store.ts";

/** Plays the cloud: a Service of type LoadBalancer gets its address, at once. */
export function loadBalancerController(address: string): Controller {
  return {
    name: "service-controller",
    async prepare({ cluster, record }) {
      const services = await cluster.store(serviceKind);
      const reconcile = async (key: string): Promise<undefined> => {
        const service = services.get(key);
        if (service === undefined || service.metadata.deletionTimestamp !== undefined) return;
        const isWanted = service.spec.type === "LoadBalancer";
        const isThere = (service.status?.loadBalancer?.ingress ?? []).length > 0;
        if (isWanted === isThere) return;
        const loadBalancer = isWanted ? { ingress: [{ ip: address, ipMode: "VIP" }] } : {};
        await cluster.replace(serviceKind, { ...service, status: { ...service.status, loadBalancer } }, "status");
        if (!isWanted) return;
        record(service, { type: "Normal", reason: "EnsuredLoadBalancer", message: "Ensured load balancer" });
      };
      return { sources: [changesOf(services, (service) => [keyOf(service)])], reconcile };
    },
  };
}
