import { describe, expect, it } from "@jest/globals";
import type { KubernetesObject } from "../kubernetes/object.ts";
import { hideSecrets } from "./hide-secrets.ts";

function secret(values: Readonly<Record<string, string | Buffer>>, kind = "Secret"): KubernetesObject {
  const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString("base64")] as const);
  return { apiVersion: "v1", kind, metadata: { name: "database", namespace: "shop" }, data: Object.fromEntries(data) };
}

function hidden(object: KubernetesObject): string[] {
  const told: string[] = [];
  hideSecrets({ hide: (each) => void told.push(each) }, { app: "shop-web", objects: [{ object }] }, [object]);
  return told;
}

describe("hideSecrets()", () => {
  it.each<{ name: string; object: KubernetesObject; told: string[] }>([
    { name: "a value", object: secret({ password: "hunter-two" }), told: ["hunter-two"] },
    { name: "a value as it was written", object: { ...secret({}), stringData: { a: "hunter2" } }, told: ["hunter2"] },
    { name: "no ConfigMap", object: secret({ colour: "crimson" }, "ConfigMap"), told: [] },
    { name: "nothing that is told by its name anyway", object: secret({ user: "shop", host: "database" }), told: [] },
    { name: "no plain address", object: secret({ url: "https://shop.example.com:8443/" }), told: [] },
    { name: "an address with a path", object: secret({ a: "https://a.test/T0/B1" }), told: ["https://a.test/T0/B1"] },
    { name: "bytes as base64", object: secret({ store: Buffer.from([0xff, 0xfe, 0]) }), told: ["//4A"] },
    {
      name: "the password within an address",
      object: secret({ url: "postgres://shop:hunter2@db/shop" }),
      told: ["postgres://shop:hunter2@db/shop", "hunter2"],
    },
    {
      name: "passwords within files",
      object: secret({
        a: `{"auths":{"r":{"username":"u","password":"p4ss w0rd"}}}`,
        b: "PORT=80\nAPI_KEY='k3y'\nDB_PASSWORD=dr0wssap\n",
        c: "db:\n  user: u\n  password: y4ml\n  token:\n",
      }),
      told: [
        `{"auths":{"r":{"username":"u","password":"p4ss w0rd"}}}`,
        "p4ss w0rd",
        "PORT=80\nAPI_KEY='k3y'\nDB_PASSWORD=dr0wssap\n",
        "k3y",
        "dr0wssap",
        "db:\n  user: u\n  password: y4ml\n  token:\n",
        "y4ml",
      ],
    },
  ])("hides $name", ({ object, told }) => {
    expect(hidden(object)).toEqual(told);
  });

  it("hides no part of an image's name", () => {
    const template = { spec: { containers: [{ name: "db", image: "docker.io/library/postgres:18" }] } };
    const object = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "db" }, spec: { template } };
    const told: string[] = [];
    const ports = { hide: (each: string) => void told.push(each) };
    hideSecrets(ports, { app: "shop", objects: [{ object }] }, [secret({ user: "postgres", password: "hunter-two" })]);
    expect(told).toEqual(["hunter-two"]);
  });
});
