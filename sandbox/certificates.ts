import { createHash, generateKeyPair, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { isIP } from "node:net";
import { promisify } from "node:util";

/** What a TLS server on this machine needs, all PEM. `caPem` is what its clients trust; its key is forgotten once it has signed. */
export interface Certificates {
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const lifetimeDays = 30;

/** A certificate and its key, PEM. */
export interface KeyPair {
  readonly certPem: string;
  readonly keyPem: string;
}

/** Signs certificates (EC P-256, RFC 5280); its own key never leaves this process. */
export interface Authority {
  readonly caPem: string;
  /**
   * A new key pair with its certificate: a server's where there are `hosts` (IPv4 and IPv6 addresses and DNS names), else a client's.
   * To Kubernetes, a client's common name is its user, its organisations are its groups.
   */
  issue(o: {
    readonly commonName: string;
    readonly organizations?: readonly string[];
    readonly hosts?: readonly string[];
  }): Promise<KeyPair>;
}

const newKeys = promisify(generateKeyPair);

/**
 * A certificate authority that exists for this call only, and one server certificate of it that is valid for `hosts`. The two dozen
 * lines of DER below take a millisecond, where loading a certificate library takes longer than all the rest of the sandbox's start.
 */
export async function makeCertificates(hosts: readonly string[]): Promise<Certificates> {
  const authority = await makeAuthority();
  const server = await authority.issue({ commonName: hosts[0] ?? "localhost", hosts });
  return { caPem: authority.caPem, ...server };
}

/** A new certificate authority. */
export async function makeAuthority(): Promise<Authority> {
  const { privateKey, publicKey } = await newKeys("ec", { namedCurve: "P-256" });
  // One name for each authority, so that a client which trusts several sandboxes finds the right one.
  const issuer = `Slipway sandbox ${randomBytes(4).toString("hex")}`;
  const signer = { name: issuer, key: privateKey, publicKey };
  const caPem = certificate({ subject: name(issuer), publicKey, signer, extensions: authorityExtensions() });
  return {
    caPem,
    async issue({ commonName, organizations, hosts }) {
      const keys = await newKeys("ec", { namedCurve: "P-256" });
      const certPem = certificate({
        subject: name(commonName, organizations),
        publicKey: keys.publicKey,
        signer,
        extensions: hosts === undefined ? leafExtensions(oid.clientAuth) : serverExtensions(hosts),
      });
      return { certPem, keyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
    },
  };
}

interface CertificateOptions {
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: { readonly name: string; readonly key: KeyObject; readonly publicKey: KeyObject };
  readonly extensions: readonly Buffer[];
}

function certificate(options: CertificateOptions): string {
  const { signer } = options;
  const now = Date.now();
  const extensions = [
    ...options.extensions,
    extension(oid.subjectKeyIdentifier, der(0x04, keyIdentifier(options.publicKey))),
    extension(oid.authorityKeyIdentifier, sequence(der(0x80, keyIdentifier(signer.publicKey)))),
  ];
  const body = sequence(
    der(0xa0, integer(Buffer.of(2))), // version 3
    integer(randomBytes(16)),
    ecdsaWithSha256,
    name(signer.name),
    // An hour back, for a client whose clock is a little behind.
    sequence(time(now - 3_600_000), time(now + lifetimeDays * 86_400_000)),
    options.subject,
    options.publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signed = sequence(body, ecdsaWithSha256, bitString(sign("sha256", body, signer.key)));
  const lines = signed.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

/** An authority with no authority below it. */
function authorityExtensions(): Buffer[] {
  return [
    extension(oid.basicConstraints, sequence(der(0x01, Buffer.of(0xff)), integer(Buffer.of(0))), "critical"),
    extension(oid.keyUsage, der(0x03, Buffer.of(1, 0b0000_0110)), "critical"), // keyCertSign, cRLSign
  ];
}

function serverExtensions(hosts: readonly string[]): Buffer[] {
  const names = extension(oid.subjectAlternativeName, sequence(...hosts.map(alternativeName)));
  return [...leafExtensions(oid.serverAuth), names];
}

function leafExtensions(usage: Buffer): Buffer[] {
  return [
    extension(oid.basicConstraints, sequence(), "critical"),
    extension(oid.keyUsage, der(0x03, Buffer.of(7, 0b1000_0000)), "critical"), // digitalSignature
    extension(oid.extendedKeyUsage, sequence(usage)),
  ];
}

function alternativeName(host: string): Buffer {
  return isIP(host) === 0 ? der(0x82, Buffer.from(host, "ascii")) : der(0x87, addressBytes(host));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const groups = (part: string | undefined): string[] => (part === undefined || part === "" ? [] : part.split(":"));
  const before = groups(head);
  const after = groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  return Buffer.from([...before, ...zeros, ...after].map((group) => group.padStart(4, "0")).join(""), "hex");
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}

// The few types of ASN.1 that a certificate is made of, in DER (X.690).

const oid = {
  commonName: der(0x06, Buffer.from("550403", "hex")),
  organization: der(0x06, Buffer.from("55040a", "hex")),
  subjectKeyIdentifier: der(0x06, Buffer.from("551d0e", "hex")),
  keyUsage: der(0x06, Buffer.from("551d0f", "hex")),
  subjectAlternativeName: der(0x06, Buffer.from("551d11", "hex")),
  basicConstraints: der(0x06, Buffer.from("551d13", "hex")),
  authorityKeyIdentifier: der(0x06, Buffer.from("551d23", "hex")),
  extendedKeyUsage: der(0x06, Buffer.from("551d25", "hex")),
  serverAuth: der(0x06, Buffer.from("2b06010505070301", "hex")),
  clientAuth: der(0x06, Buffer.from("2b06010505070302", "hex")),
  ecdsaWithSha256: der(0x06, Buffer.from("2a8648ce3d040302", "hex")),
};

const ecdsaWithSha256 = sequence(oid.ecdsaWithSha256);

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.from(content.length.toString(16).padStart(4, "0"), "hex");
  const significant = length[0] === 0 ? length.subarray(1) : length;
  return Buffer.concat([Buffer.of(tag, 0x80 | significant.length), significant, content]);
}

function sequence(...contents: Buffer[]): Buffer {
  return der(0x30, ...contents);
}

/** A positive INTEGER: the first bit is the sign, and superfluous leading zeros are not allowed. */
function integer(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.of(0) : bytes.subarray(first);
  return der(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.of(0), bytes);
}

function name(commonName: string, organizations: readonly string[] = []): Buffer {
  const part = (id: Buffer, text: string): Buffer => der(0x31, sequence(id, der(0x0c, Buffer.from(text))));
  return sequence(...organizations.map((each) => part(oid.organization, each)), part(oid.commonName, commonName));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\.\d+|[-:T]/g, "");
  return der(0x17, Buffer.from(digits.slice(2), "ascii"));
}

function extension(id: Buffer, value: Buffer, critical?: "critical"): Buffer {
  const flag = critical === undefined ? [] : [der(0x01, Buffer.of(0xff))];
  return sequence(id, ...flag, der(0x04, value));
}
