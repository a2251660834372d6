import { describe, expect, it } from "@jest/globals";
import { stringify } from "yaml";
import { SlipwayError } from "../error.ts";
import { readKubeconfig } from "./access.ts";

const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const key = "-----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY-----\n";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const secret = "s3cr3t-token-value";

interface Parts {
  cluster?: object;
  user?: object;
  context?: object;
  whole?: object;
}
/** A kubeconfig as DigitalOcean hands it out, with another context in it, and with the given parts instead. */
function kubeconfig({ cluster, user, context, whole }: Parts = {}): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    preferences: {},
    "current-context": "do-nyc1-shop",
    contexts: [
      { name: "other", context: { cluster: "gone", user: "gone" } },
      { name: "do-nyc1-shop", context: context ?? { cluster: "do-nyc1-shop", user: "admin", namespace: "shop" } },
    ],
    clusters: [
      {
        name: "do-nyc1-shop",
        cluster: cluster ?? {
          server: "https://c1.k8s.ondigitalocean.com/",
          "certificate-authority-data": base64(certificate),
        },
      },
    ],
    users: [
      { name: "other", user: { exec: { command: "doctl" } } },
      { name: "admin", user: user ?? { token: secret } },
    ],
    ...whole,
  });
}

function refusalOf(text: string): SlipwayError {
  try {
    readKubeconfig(text);
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("readKubeconfig()", () => {
  it("takes the current context's server, CA, token and namespace, and does not mind the other entries", () => {
    expect(readKubeconfig(kubeconfig())).toEqual({
      server: "https://c1.k8s.ondigitalocean.com",
      ca: certificate,
      token: secret,
      namespace: "shop",
    });
  });

  it("takes client certificates, a server name, and JSON", () => {
    const text = kubeconfig({
      cluster: { server: "https://10.0.0.1", "tls-server-name": "kubernetes", "insecure-skip-tls-verify": false },
      user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key), exec: null },
    });
    expect(readKubeconfig(text)).toEqual({
      server: "https://10.0.0.1",
      tlsServerName: "kubernetes",
      clientCertificate: certificate,
      clientKey: key,
      namespace: "shop",
    });
    const json = { cluster: { server: "https://h" }, name: "c" };
    const user = { name: "u", user: { token: "t" } };
    const context = { name: "x", context: { cluster: "c", user: "u" } };
    expect(
      readKubeconfig(JSON.stringify({ clusters: [json], users: [user], contexts: [context], "current-context": "x" })),
    ).toEqual({ server: "https://h", token: "t" });
  });

  const server = { server: "https://h" };
  const table: readonly (readonly [what: string, text: string, message: string, hint: string])[] = [
    [
      "a command",
      kubeconfig({ user: { exec: { command: "doctl" } } }),
      'user "admin" gets its credentials from a command',
      "ServiceAccount",
    ],
    ["an auth provider", kubeconfig({ user: { "auth-provider": { name: "gcp" } } }), "auth provider", "ServiceAccount"],
    [
      "a password",
      kubeconfig({ user: { username: "a", password: secret } }),
      'user "admin" logs in with a password',
      "ServiceAccount",
    ],
    ["a token file", kubeconfig({ user: { tokenFile: "/etc/passwd" } }), "names a file", "ServiceAccount"],
    [
      "the older key of a token file",
      kubeconfig({ user: { "token-file": "/etc/passwd" } }),
      "(token-file)",
      "ServiceAccount",
    ],
    [
      "a certificate file",
      kubeconfig({ user: { "client-certificate": "/a" } }),
      "(client-certificate)",
      "`client-certificate-data`",
    ],
    ["a key file", kubeconfig({ user: { "client-key": "/a" } }), "names a file", "--flatten"],
    [
      "a CA file",
      kubeconfig({ cluster: { ...server, "certificate-authority": "/a" } }),
      'cluster "do-nyc1-shop" names a file',
      "--flatten",
    ],
    [
      "no TLS verification",
      kubeconfig({ cluster: { ...server, "insecure-skip-tls-verify": true } }),
      "turns off TLS verification",
      "tls-server-name",
    ],
    [
      "a proxy",
      kubeconfig({ cluster: { ...server, "proxy-url": "http://p" } }),
      "has a proxy of its own",
      "HTTPS_PROXY",
    ],
    [
      "another identity",
      kubeconfig({ user: { token: secret, as: "root" } }),
      "a key that is not understood (as)",
      "Slipway knows token",
    ],
    ["no credentials", kubeconfig({ user: {} }), "neither a token nor a client certificate", "--flatten"],
    [
      "a certificate without its key",
      kubeconfig({ user: { "client-certificate-data": base64(certificate) } }),
      "neither a token",
      "",
    ],
    ["a token that is a number", kubeconfig({ user: { token: 123 } }), 'token of user "admin" is not a string', ""],
    [
      "a CA that is not base64",
      kubeconfig({ cluster: { ...server, "certificate-authority-data": "%%%" } }),
      "is not base64",
      "copy it again",
    ],
    [
      "a CA that is not PEM",
      kubeconfig({ cluster: { ...server, "certificate-authority-data": base64("x") } }),
      "is not PEM",
      "copy it again",
    ],
    ["no server", kubeconfig({ cluster: {} }), 'cluster "do-nyc1-shop" is incomplete', ""],
    ["no current context", kubeconfig({ whole: { "current-context": "" } }), "it has no current-context", ""],
    [
      "an unknown context",
      kubeconfig({ whole: { "current-context": "do-nyc1-shp" } }),
      'no context "do-nyc1-shp"',
      "do-nyc1-shop",
    ],
    ["an unknown user", kubeconfig({ context: { cluster: "do-nyc1-shop", user: "amin" } }), 'no user "amin"', "admin"],
    [
      "a context without a cluster",
      kubeconfig({ context: { user: "admin" } }),
      'context "do-nyc1-shop" is incomplete',
      "",
    ],
    ["no lists", "current-context: a\nkind: Config", 'no context "a"', ""],
    ["a path", "/home/me/.kube/config", "one line of text, such as a path", "content of a kubeconfig"],
    ["base64", base64(kubeconfig()), "encoded in base64", "as it is"],
    ["nothing", "  \n", "it is empty", ""],
    ["no YAML", `users:\n  - {token: ${secret}\n  bad: [`, "it is not YAML: see its line", ""],
    ["a list", `- a\n- b: ${secret}\n`, "it is not a map", ""],
    ["an alias bomb", "a: &a [x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c]", "it is not YAML", ""],
  ];
  it.each(table)("refuses %s", (_, text, message, hint) => {
    const error = refusalOf(text);
    expect(error.message).toContain("Cannot use the kubeconfig because ");
    expect(error.message).toContain(message);
    expect(error.hint ?? "").toContain(hint);
    expect(`${error.message} ${error.hint ?? ""} ${String(error.cause)}`).not.toContain(secret);
  });
});
