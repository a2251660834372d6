import { request } from "node:https";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "@jest/globals";
import { makeAuthority } from "../../certificates.ts";
import type { KeyPair } from "../../certificates.ts";
import type { HttpServer } from "../../http.ts";
import { startLogServer } from "./log-server.ts";

let server: HttpServer | undefined;

afterEach(() => server?.close());

describe("the kubelet's server over TLS", () => {
  it("answers an API server that shows its certificate, and nobody else", async () => {
    const authority = await makeAuthority();
    const tls = await authority.issue({ commonName: "system:node:a", hosts: ["127.0.0.1"] });
    const apiServer = await authority.issue({ commonName: "kube-apiserver" });
    const stranger = await (await makeAuthority()).issue({ commonName: "kube-apiserver" });
    server = await startLogServer({
      address: "127.0.0.1",
      tls: { ...tls, clientCaPem: authority.caPem },
      find: () => undefined,
    });
    const url = `https://${server.address}/containerLogs/ns/pod/app`;
    expect(await get(url, authority.caPem, apiServer)).toBe("pod does not exist");
    await expect(get(url, authority.caPem, stranger)).rejects.toThrow();
    await expect(get(url, authority.caPem)).rejects.toThrow();
  });
});

function get(url: string, ca: string, client?: KeyPair): Promise<string> {
  return new Promise((resolve, reject) => {
    request(url, { ca, cert: client?.certPem, key: client?.keyPem, agent: false }, (response) => {
      text(response).then(resolve, reject);
    })
      .on("error", reject)
      .end();
  });
}
