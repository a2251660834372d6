import { describe, expect, it } from "@jest/globals";
import { credentialsIn, hider, shownAddress } from "./credentials.ts";

const secret = "s3cr3t/t0ken+with=all?sorts&more";

describe("credentialsIn()", () => {
  it.each([
    ["a bearer token", { Authorization: `Bearer ${secret}` }],
    ["a user's password", { "proxy-authorization": `Basic ${Buffer.from(`ann:${secret}`).toString("base64")}` }],
    ["a key", { "X-Api-Key": secret }],
    ["a session", { cookie: `theme=dark; session=${secret}` }],
  ])("finds %s in the headers", (_name, headers) => {
    expect(credentialsIn(headers, new URL("https://shop.example.com/"))).toContain(secret);
  });

  it("finds a parameter of the address", () => {
    expect(
      credentialsIn({}, new URL(`https://shop.example.com/?page=2&access_token=${encodeURIComponent(secret)}`)),
    ).toEqual([secret]);
  });

  it("leaves everything else alone", () => {
    const headers = { accept: "application/json", host: "shop.example.com", "x-forwarded-proto": "https" };
    expect(credentialsIn(headers, new URL("https://shop.example.com/?page=2"))).toEqual([]);
  });
});

describe("hider()", () => {
  const bytes = Buffer.from(secret);
  it.each([
    ["as it is", secret],
    ["in JSON", JSON.stringify({ echo: secret })],
    ["in JSON inside of JSON", JSON.stringify(JSON.stringify({ echo: `"${secret}` }))],
    ["in an address", `/login?next=${encodeURIComponent(secret)}`],
    ["in base64", bytes.toString("base64")],
    ["in base64url", bytes.toString("base64url")],
    ["in base64 with something before it", Buffer.from(`ann:${secret}`).toString("base64")],
    ["in hexadecimal", bytes.toString("hex")],
  ])("hides a credential %s", (_name, text) => {
    const shown = hider([secret])(text);
    expect(shown).toContain("***");
    expect(shown).not.toContain(secret.slice(0, 6));
    expect(shown).not.toContain(bytes.toString("base64").slice(4, 20));
  });

  it.each([
    '{"user":"ann","access_token":"eyJhbGciOi"}',
    JSON.stringify('{"sessionId": "eyJhbGciOi", "page": 2}'),
    JSON.stringify(JSON.stringify({ password: "eyJhbGciOi" })),
  ])("hides a credential of the service's own: %s", (text) => {
    expect(hider([])(text)).not.toContain("eyJhbGciOi");
  });

  it("does not take long over any text", () => {
    const started = performance.now();
    for (const piece of ["key", "token\\\\", 'token"   ', "auth"]) hider([secret])(piece.repeat(1024 * 256));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("shownAddress()", () => {
  it("hides parameters that look like credentials", () => {
    expect(shownAddress(new URL("https://shop.example.com/a?page=2&token=abc&sig=d"))).toBe(
      "https://shop.example.com/a?page=2&token=***&sig=***",
    );
  });
});
