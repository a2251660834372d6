import { describe, expect, it } from "@jest/globals";
import { explainNetworkFailure } from "./network-failure.ts";

/** As Node.js makes them. What a test can bring about with a server of its own is tested where it is used. */
const systemError = (code: string, message = code): Error => Object.assign(new Error(message), { code });

describe("explainNetworkFailure()", () => {
  it.each<[string, string, { transient: boolean; sent: boolean }]>([
    ["ENOTFOUND", "DNS does not know that name", { transient: true, sent: false }],
    ["EAI_AGAIN", "DNS did not answer", { transient: true, sent: false }],
    ["EHOSTUNREACH", "there is no route to it", { transient: true, sent: false }],
    ["ECONNREFUSED", "nothing listens there (connection refused)", { transient: true, sent: false }],
    ["ECONNRESET", "the connection was cut", { transient: true, sent: true }],
    ["CERT_HAS_EXPIRED", "its certificate has expired", { transient: false, sent: false }],
  ])("%s", (code, why, rest) => {
    expect(explainNetworkFailure(systemError(code))).toMatchObject({ why, ...rest });
  });

  it("adds the words of errors whose code says little", () => {
    expect(explainNetworkFailure(systemError("HPE_INVALID_CONSTANT", "Parse Error: Expected HTTP/\nmore"))?.why).toBe(
      "what it answered is not HTTP: Parse Error: Expected HTTP/",
    );
  });

  it("knows nothing of what is no network error", () => {
    expect(explainNetworkFailure(new TypeError("a bug"))).toBeUndefined();
    expect(explainNetworkFailure(undefined)).toBeUndefined();
  });
});
