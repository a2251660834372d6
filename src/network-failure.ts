/** Why no usable answer came, in words. `sent` is false when the request certainly never left this machine. */
export interface NetworkFailure {
  readonly why: string;
  readonly hint: string;
  /** Whether waiting a little may mend it. */
  readonly transient: boolean;
  readonly sent: boolean;
}

/** Thrown by our own clients where a limit of theirs was reached; explained like the errors of the system. */
export class SilenceError extends Error {
  readonly code: "SLIPWAY_CONNECT_TIMEOUT" | "SLIPWAY_SILENCE";
  constructor(code: SilenceError["code"]) {
    super("no sign of life in time");
    this.code = code;
  }
}

type Row = readonly [codes: RegExp, failure: NetworkFailure];

const checkAddress = "Check the address, and that the other side runs and lets this runner in.";
const checkFirewall = "A firewall or an allow-list may keep this runner out; the other side may also be overloaded.";
const checkCa =
  "Check that the address and the CA certificate belong together; an extra CA can be given by NODE_EXTRA_CA_CERTS.";

/** Codes of Node.js (`errno`, OpenSSL's X509 results, its own ERR_* names) by what they mean for a person. */
const table: readonly Row[] = [
  [/^ECONNREFUSED$/, row("nothing listens there (connection refused)", checkAddress, "transient", "unsent")],
  [/^ENOTFOUND$/, row("DNS does not know that name", "Check the spelling of the address.", "transient", "unsent")],
  [/^EAI_/, row("DNS did not answer", "Check the network and DNS of this runner.", "transient", "unsent")],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/,
    row("there is no route to it", "Check the network and proxy settings of this runner.", "transient", "unsent"),
  ],
  [/^SLIPWAY_CONNECT_TIMEOUT$/, row("no connection could be made in time", checkFirewall, "transient", "unsent")],
  [/^(SLIPWAY_SILENCE|ETIMEDOUT|ESOCKETTIMEDOUT)$/, row("it went silent", checkFirewall, "transient", "sent")],
  [/^(ECONNRESET|EPIPE|ECONNABORTED)$/, row("the connection was cut", checkFirewall, "transient", "sent")],
  [
    /^ERR_PROXY/,
    row("the proxy refused the connection", "Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.", "final", "unsent"),
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, row("its certificate is for another name", checkCa, "final", "unsent")],
  [/^CERT_HAS_EXPIRED$/, row("its certificate has expired", "The other side has to renew it.", "final", "unsent")],
  [
    /^CERT_NOT_YET_VALID$/,
    row("its certificate is not valid yet", "Check the clocks of both sides.", "final", "unsent"),
  ],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|INVALID_CA|ERR_OSSL)/,
    row("its certificate is not signed by a CA that is trusted here", checkCa, "final", "unsent"),
  ],
  [/^(EPROTO|ERR_SSL_)/, row("it does not speak TLS as expected", checkAddress, "final", "unsent")],
  [/^HPE_HEADER_OVERFLOW$/, row("its headers are larger than 16 KiB", checkAddress, "final", "sent")],
  [/^HPE_/, row("what it answered is not HTTP", checkAddress, "final", "sent")],
];

function row(why: string, hint: string, lasts: "transient" | "final", reached: "sent" | "unsent"): NetworkFailure {
  return { why, hint, transient: lasts === "transient", sent: reached === "sent" };
}

/** Explains an error of `node:http` or `node:https`. `undefined` where it is none: then it is a bug and must not be hidden. */
export function explainNetworkFailure(error: unknown): NetworkFailure | undefined {
  const { code, message } = isSystemError(error) ? error : { code: "", message: "" };
  const failure = table.find(([codes]) => codes.test(code))?.[1];
  if (failure === undefined) return undefined;
  // Here the message has words that tell more; those of plain system errors would only repeat the address.
  const isTelling = /^(EPROTO|ERR_SSL_|ERR_PROXY|HPE_|ERR_TLS)/.test(code);
  return isTelling ? { ...failure, why: `${failure.why}: ${firstLine(message)}` } : failure;
}

/** By shape, since the errors of Node.js are not of our `Error` where tests run in a context of their own. */
function isSystemError(error: unknown): error is { readonly code: string; readonly message: string } {
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

function firstLine(text: string): string {
  return (text.split("\n", 1)[0] ?? "").slice(0, 200);
}
