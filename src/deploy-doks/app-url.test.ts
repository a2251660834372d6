import { describe, expect, it } from "@jest/globals";
import { silentLog } from "../../test/silent-log.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { KubernetesApi } from "../kubernetes/api.ts";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { findAppUrl } from "./app-url.ts";

function ingress(spec: unknown): KubernetesObject {
  return { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: "web", namespace: "shop" }, spec };
}

function service(type: string): KubernetesObject {
  return { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "shop" }, spec: { type } };
}

/** Asks for the address of an app whose Service the cluster has like `live`. */
async function urlOf(objects: readonly KubernetesObject[], live?: object): Promise<string | undefined> {
  const request = ({ path }: { readonly path: string }): Promise<unknown> => {
    expect(path).toBe("/api/v1/namespaces/shop/services/web");
    if (live !== undefined) return Promise.resolve(live);
    return Promise.reject(new ApiError(403, undefined));
  };
  const api = { request } as unknown as KubernetesApi;
  return findAppUrl(
    { api, log: silentLog },
    objects.map((object) => ({ object })),
  );
}

const balancer = (place: object, ...ports: readonly number[]): object => ({
  spec: { ports: ports.map((port) => ({ port })) },
  status: { loadBalancer: { ingress: [place] } },
});

describe("findAppUrl()", () => {
  it.each<[string, unknown, string | undefined]>([
    ["the first host that is none of all", { rules: [{}, { host: "*.a.test" }, { host: "b.test" }] }, "http://b.test/"],
    [
      "https for a host with a certificate",
      { rules: [{ host: "a.test" }], tls: [{ hosts: ["a.test"] }] },
      "https://a.test/",
    ],
    ["https where the certificate is for all", { rules: [{ host: "a.test" }], tls: [{}] }, "https://a.test/"],
    ["http where it is for another", { rules: [{ host: "a.test" }], tls: [{ hosts: ["b.test"] }] }, "http://a.test/"],
    ["nothing without a host", { rules: [{}] }, undefined],
    ["nothing of what is no host", { rules: [{ host: "a b" }] }, undefined],
  ])("takes of an Ingress %s", async (_, spec, url) => {
    expect(await urlOf([service("ClusterIP"), ingress(spec)])).toBe(url);
  });

  it.each<[string, object, string | undefined]>([
    ["https first", balancer({ ip: "192.0.2.1" }, 80, 443), "https://192.0.2.1/"],
    ["then http", balancer({ hostname: "lb.test", ip: "192.0.2.1" }, 9090, 80), "http://lb.test/"],
    ["then any port", balancer({ ip: "2001:db8::1" }, 8080), "http://[2001:db8::1]:8080/"],
    ["nothing where it has no address yet", { spec: { ports: [{ port: 80 }] } }, undefined],
  ])("takes of a load balancer %s", async (_, live, url) => {
    expect(await urlOf([ingress({ rules: [{}] }), service("LoadBalancer")], live)).toBe(url);
  });

  it("finds none where there is none, or where it may not be read", async () => {
    expect(await urlOf([service("NodePort")])).toBeUndefined();
    expect(await urlOf([service("LoadBalancer")])).toBeUndefined();
  });
});
