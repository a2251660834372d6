import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:tls";
import { describe, expect, it } from "@jest/globals";
import { makeAuthority, makeCertificates } from "./certificates.ts";

describe("makeCertificates()", () => {
  it("makes a server certificate that its authority signed, for every host it was asked for and no other", async () => {
    const { caPem, certPem, keyPem } = await makeCertificates([
      "127.0.0.1",
      "::1",
      "fe80::1:2",
      "localhost",
      "kubernetes.default.svc",
    ]);
    const authority = new X509Certificate(caPem);
    const server = new X509Certificate(certPem);
    expect(authority.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.checkIP("127.0.0.1")).toBe("127.0.0.1");
    expect(server.checkIP("::1")).toBe("::1");
    expect(server.checkIP("fe80::1:2")).toBe("fe80::1:2");
    expect(server.checkHost("kubernetes.default.svc")).toBe("kubernetes.default.svc");
    expect(server.checkIP("127.0.0.2")).toBeUndefined();
    expect(server.checkHost("example.com")).toBeUndefined();
    expect(keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it("serves TLS that a client which trusts the authority accepts, and one that does not refuses", async () => {
    const { caPem, certPem, keyPem } = await makeCertificates(["127.0.0.1"]);
    const server = createServer({ cert: certPem, key: keyPem }, (socket) => socket.end("hello"));
    server.on("tlsClientError", () => undefined);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const trusting = connect({ host: "127.0.0.1", port: address.port, ca: caPem });
    const [data] = (await once(trusting, "data")) as [Buffer];
    expect(data.toString()).toBe("hello");
    const stranger = connect({ host: "127.0.0.1", port: address.port });
    await expect(once(stranger, "secureConnect")).rejects.toThrow(/self-signed|unable to verify/);
    trusting.destroy();
    stranger.destroy();
    server.close();
    await once(server, "close");
  });

  it("gives each call an authority of its own", async () => {
    const [first, second] = await Promise.all([makeCertificates(["localhost"]), makeCertificates(["localhost"])]);
    expect(new X509Certificate(first.certPem).verify(new X509Certificate(second.caPem).publicKey)).toBe(false);
  });
});

describe("makeAuthority()", () => {
  it("makes a client certificate that says who and of which groups, and that no server can use", async () => {
    const authority = await makeAuthority();
    const { certPem } = await authority.issue({ commonName: "system:node:a", organizations: ["system:nodes", "more"] });
    const client = new X509Certificate(certPem);
    expect(client.verify(new X509Certificate(authority.caPem).publicKey)).toBe(true);
    expect(client.subject).toBe("O=system:nodes\nO=more\nCN=system:node:a");
    expect(client.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  });
});
