import { isDeepStrictEqual } from "node:util";
import { controllerReference } from "../cluster.ts";
import type { Draft } from "../cluster.ts";
import { changesOf } from "../controller.ts";
import type { Context, Controller } from "../controller.ts";
import { endpointSliceKind, podKind, serviceKind } from "../kinds.ts";
import type { EndpointSlice, Pod, Service } from "../kinds.ts";
import { hasLabels } from "../../label-selector.ts";
import { keyOf } from "../store.ts";
import type { Store } from "../store.ts";
import { endpointGroups } from "./endpoints.ts";
import type { EndpointGroup } from "./endpoints.ts";

const serviceLabel = "kubernetes.io/service-name";
const managerLabel = "endpointslice.kubernetes.io/managed-by";
const manager = "endpointslice-controller.k8s.io";

interface Parts extends Context {
  readonly services: Store<Service>;
  readonly pods: Store<Pod>;
  readonly slices: Store<EndpointSlice>;
}

/** Keeps the EndpointSlices of Services that pick their pods by labels. */
export const endpointSliceController: Controller = {
  name: "endpoint-slice-controller",
  async prepare(context) {
    const [services, pods, slices] = await Promise.all([
      context.cluster.store(serviceKind),
      context.cluster.store(podKind),
      context.cluster.store(endpointSliceKind),
    ]);
    const parts = { ...context, services, pods, slices };
    return {
      sources: [
        changesOf(services, (service) => [keyOf(service)]),
        changesOf(pods, (pod) => servicesOf(parts, pod)),
        changesOf(slices, (slice) => serviceKeyOf(slice)),
      ],
      reconcile: (key) => sync(parts, key),
    };
  },
};

/** The Services that pick the pod, and those that still list it: its labels may have changed. */
function servicesOf({ services, slices }: Parts, pod: Pod): string[] {
  const { namespace, labels, uid } = pod.metadata;
  const picking = services.list(namespace).filter(({ spec }) => spec.selector && hasLabels(labels, spec.selector));
  const listing = slices
    .list(namespace)
    .filter(({ endpoints }) => endpoints?.some((each) => each.targetRef.uid === uid));
  return [...picking.map(keyOf), ...listing.flatMap(serviceKeyOf)];
}

function serviceKeyOf({ metadata }: EndpointSlice): string[] {
  const service = metadata.labels?.[serviceLabel];
  const isOurs = metadata.labels?.[managerLabel] === manager;
  return service === undefined || !isOurs ? [] : [`${metadata.namespace ?? ""}/${service}`];
}

async function sync({ cluster, services, pods, slices }: Parts, key: string): Promise<undefined> {
  const service = services.get(key);
  if (service?.spec.selector === undefined || service.metadata.deletionTimestamp !== undefined) return;
  const { namespace } = service.metadata;
  const groups = endpointGroups(service, pods.list(namespace));
  const existing = slices.list(namespace).filter((slice) => serviceKeyOf(slice).includes(key));
  // Kubernetes leaves an empty slice behind where no pod is left.
  const wanted = groups.length > 0 ? groups : [{ ports: null, endpoints: null }];
  const writes = wanted.map(async (group, index) => {
    const slice = existing[index];
    if (slice === undefined) await cluster.create(endpointSliceKind, newSlice(service, group));
    else if (!isDeepStrictEqual(contentOf(slice), contentOf(group))) {
      await cluster.replace(endpointSliceKind, { ...slice, ...group });
    }
  });
  const surplus = existing.slice(wanted.length).map((slice) => cluster.delete(endpointSliceKind, slice));
  await Promise.all([...writes, ...surplus]);
}

type Content = EndpointGroup | Pick<EndpointSlice, "ports" | "endpoints">;

function contentOf({ ports, endpoints }: Content): object {
  return { ports: ports ?? [], endpoints: endpoints ?? [] };
}

function newSlice(service: Service, { ports, endpoints }: Content): Draft<EndpointSlice> {
  const { name, namespace, labels } = service.metadata;
  return {
    metadata: {
      generateName: `${name}-`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...labels, [serviceLabel]: name, [managerLabel]: manager },
      ownerReferences: [controllerReference(serviceKind, service)],
    },
    addressType: "IPv4",
    endpoints,
    ports,
  };
}
