import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import { afterEach, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../../sandbox/certificates.ts";
import { failure } from "../../test/failure.ts";
import { fastClock } from "../../test/fast-clock.ts";
import { answer, hostileServer } from "../../test/hostile-server.ts";
import type { Behaviour } from "../../test/hostile-server.ts";
import type { ApiRequest } from "./api.ts";
import { connect } from "./client.ts";
import type { ConnectOptions, Connection, KubernetesClient } from "./client.ts";

const get: ApiRequest = { method: "GET", path: "/api/v1/pods" };

const cleanups: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function client(connection: Connection, options: ConnectOptions = {}): KubernetesClient {
  const made = connect(connection, { clock: fastClock(), ...options });
  cleanups.push(() => made.close());
  return made;
}

describe("TLS", () => {
  const setUpTls = async (hosts: string[]) => {
    const { caPem: ca, certPem: cert, keyPem: key } = await makeCertificates(hosts);
    const greet: Behaviour = (_, response) => {
      const peer = response.socket instanceof TLSSocket ? response.socket.getPeerCertificate() : undefined;
      answer(response, 200, { ok: true, ...(peer?.subject && { peer: peer.subject.CN }) });
    };
    const server = await hostileServer(greet, { cert, key, requestCert: true, rejectUnauthorized: false });
    cleanups.push(() => server.close());
    return { server: server.url, ca };
  };

  it("trusts the given CA and nobody else", async () => {
    const { server, ca } = await setUpTls(["127.0.0.1"]);
    expect(await client({ server, ca }).request(get)).toEqual({ ok: true });
    const { caPem: other } = await makeCertificates(["127.0.0.1"]);
    for (const connection of [{ server }, { server, ca: other }]) {
      const error = await failure(client(connection).request(get));
      expect(error.message).toContain("not signed by a CA that is trusted here");
      expect(error.message).not.toContain("tried");
    }
  });

  it("checks the name, or the one that tlsServerName gives", async () => {
    const { server, ca } = await setUpTls(["kubernetes.default"]);
    expect((await failure(client({ server, ca }).request(get))).message).toContain("certificate is for another name");
    expect(await client({ server, ca, tlsServerName: "kubernetes.default" }).request(get)).toEqual({ ok: true });
  });

  it("shows a client certificate", async () => {
    const { server, ca } = await setUpTls(["127.0.0.1"]);
    const { certPem: clientCertificate, keyPem: clientKey } = await makeCertificates(["me"]);
    const api = client({ server, ca, clientCertificate, clientKey });
    expect(await api.request(get)).toEqual({ ok: true, peer: "me" });
  });

  it("says that the other side does not speak it", async () => {
    const server = await hostileServer(() => undefined);
    cleanups.push(() => server.close());
    const error = await failure(client({ server: server.url.replace("http:", "https:") }).request(get));
    expect(error.message).toContain("does not speak TLS as expected");
  });

  it("gives up on a handshake that does not go on", async () => {
    const mute = net.createServer(() => undefined).listen(0, "127.0.0.1");
    await once(mute, "listening");
    const sockets: net.Socket[] = [];
    mute.on("connection", (socket) => sockets.push(socket));
    cleanups.push(() => {
      mute.close();
      sockets.forEach((socket) => socket.destroy());
    });
    const { port } = mute.address() as AddressInfo;
    const error = await failure(client({ server: `https://127.0.0.1:${port}` }).request(get));
    expect(error.message).toContain("no connection could be made in time");
  });
});

describe("a proxy", () => {
  it("carries the requests that NO_PROXY does not exempt", async () => {
    const { caPem, certPem, keyPem } = await makeCertificates(["127.0.0.1"]);
    const origin = await hostileServer((_, response) => answer(response, 200, { ok: true }), {
      cert: certPem,
      key: keyPem,
    });
    cleanups.push(() => origin.close());
    const asked: string[] = [];
    const proxy = http.createServer().listen(0, "127.0.0.1");
    await once(proxy, "listening");
    proxy.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(request.url ?? "");
      const onward = net.connect(Number(new URL(origin.url).port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
        socket.pipe(onward).pipe(socket);
      });
      for (const end of [socket, onward]) end.on("error", () => undefined);
    });
    cleanups.push(() => void proxy.close());
    const env = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const connection = { server: origin.url, ca: caPem };
    expect(await client(connection, { env }).request(get)).toEqual({ ok: true });
    expect(asked).toEqual([new URL(origin.url).host]);
    expect(await client(connection, { env: { ...env, NO_PROXY: "127.0.0.1" } }).request(get)).toEqual({ ok: true });
    expect(asked).toHaveLength(1);
  });

  it("that refuses is named as the reason", async () => {
    const proxy = http.createServer().listen(0, "127.0.0.1");
    await once(proxy, "listening");
    proxy.on("connect", (_, socket: net.Socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    cleanups.push(() => void proxy.close());
    const env = { https_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    const error = await failure(client({ server: "https://cluster.example" }, { env }).request(get));
    expect(error.message).toContain("the proxy refused the connection");
  });
});
