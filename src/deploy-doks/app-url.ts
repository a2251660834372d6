import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import type { ReleasePorts } from "../release/ports.ts";
import type { ReleaseObject } from "../release/release-object.ts";

interface Ingress extends KubernetesObject {
  readonly spec?: {
    readonly tls?: readonly { readonly hosts?: readonly string[] }[];
    readonly rules?: readonly { readonly host?: string }[];
  };
}

interface Service extends KubernetesObject {
  readonly spec?: { readonly type?: string; readonly ports?: readonly { readonly port: number }[] };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

/**
 * Where users find the app: the host of its first Ingress that names one, else the address of its first load balancer. Addresses of
 * nodes are nobody's to know, and so an app that has nothing else has none.
 */
export async function findAppUrl(
  ports: Pick<ReleasePorts, "api" | "log">,
  objects: readonly Pick<ReleaseObject, "object">[],
): Promise<string | undefined> {
  const all = objects.map(({ object }) => object);
  const ofIngress = all.filter(({ kind }) => kind === "Ingress").map(ingressUrl);
  const found = ofIngress.find((url) => url !== undefined);
  if (found !== undefined) return found;
  const balancer = all.find(isLoadBalancer);
  return balancer === undefined ? undefined : balancerUrl(await readService(ports, balancer));
}

/** A wildcard is no place to go to. */
function ingressUrl({ spec }: Ingress): string | undefined {
  const host = spec?.rules?.map((rule) => rule.host).find((each) => each !== undefined && !each.startsWith("*"));
  if (host === undefined) return undefined;
  const isSecure = spec?.tls?.some(({ hosts = [] }) => hosts.length === 0 || hosts.includes(host)) === true;
  return URL.parse(`${isSecure ? "https" : "http"}://${host}`)?.href;
}

function isLoadBalancer(object: Service): boolean {
  return object.kind === "Service" && object.spec?.type === "LoadBalancer";
}

/** The release stands, whether or not this can be read. */
async function readService(
  { api, log }: Pick<ReleasePorts, "api" | "log">,
  { metadata }: KubernetesObject,
): Promise<Service | undefined> {
  const path = `/api/v1/namespaces/${metadata.namespace ?? ""}/services/${metadata.name}`;
  try {
    return await api.request<Service>({ method: "GET", path });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    log.debug(`the address of Service/${metadata.name} cannot be read: ${error.message}`);
    return undefined;
  }
}

function balancerUrl(service: Service | undefined): string | undefined {
  const [place] = service?.status?.loadBalancer?.ingress ?? [];
  const host = place?.hostname ?? place?.ip;
  const ports = service?.spec?.ports?.map(({ port }) => port) ?? [];
  const port = [443, 80].find((each) => ports.includes(each)) ?? ports[0];
  if (host === undefined || port === undefined) return undefined;
  const authority = host.includes(":") ? `[${host}]` : host;
  return URL.parse(`${port === 443 ? "https" : "http"}://${authority}:${port}`)?.href;
}
