import { SlipwayError } from "../error.ts";

/** How to reach one API server and as whom. Everything is content, nothing is a path. */
export interface Connection {
  /** `https://host:port/prefix`; `http:` only on loopback. */
  readonly server: string;
  /** PEM. Without it the system's CAs count, with NODE_EXTRA_CA_CERTS. */
  readonly ca?: string;
  readonly token?: string;
  /** PEM, together with `clientKey`. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  /** The name its certificate must have, where that is not the host of `server`. */
  readonly tlsServerName?: string;
  /** Where namespaced objects go that name no namespace. */
  readonly namespace?: string;
}

export interface Address {
  /** Scheme, host and port, for messages. */
  readonly origin: string;
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** What stands before each request's path; "" for most. */
  readonly prefix: string;
}

/** Takes a server's URL apart. Throws `configuration` for what must not or cannot be asked. */
export function parseServer(server: string): Address {
  const url = URL.parse(server);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw configuration(`Cannot connect to the cluster because its server is not an https:// URL: got ${server}`);
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw configuration(`Cannot connect to ${url.origin} because its URL holds more than host, port and path`);
  }
  const secure = url.protocol === "https:";
  if (!secure && !isLoopback(url.hostname)) {
    throw configuration(`Cannot connect to ${url.origin} because credentials would travel unencrypted over http`);
  }
  return {
    origin: url.origin,
    secure,
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 443 : 80),
    prefix: url.pathname.replace(/\/+$/, ""),
  };
}

/** Whether a URL's host name can only mean this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The header that carries the token. A broken token is refused here, where the message cannot show it. */
export function authorization(token: string | undefined): { readonly authorization?: string } {
  if (token === undefined) return {};
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw configuration("Cannot connect to the cluster because its token holds characters that no token has");
  }
  return { authorization: `Bearer ${token}` };
}

function configuration(message: string): SlipwayError {
  return new SlipwayError(message, { code: "configuration", hint: "Mend this entry of the kubeconfig." });
}
