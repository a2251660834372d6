import { describe, expect, it } from "@jest/globals";
import { anonymous, toRegistryError } from "./registry-error.ts";

const push = { doing: "push the image registry.digitalocean.com/acme/app:v1", as: 'as "docr" (digitalocean-token)' };
const digitalOcean = { ...push, registry: "registry.digitalocean.com" };

describe("toRegistryError()", () => {
  it("translates what DigitalOcean answers when a plan has no room for another repository", () => {
    const error = toRegistryError(digitalOcean, { status: 403, headers: {} }, "failed to fetch oauth token: 403");
    expect(error.message).toBe(
      'Cannot push the image registry.digitalocean.com/acme/app:v1 because registry.digitalocean.com does not allow it as "docr" ' +
        "(digitalocean-token): got 403 failed to fetch oauth token: 403",
    );
    expect(error.hint).toContain("limits how many repositories there may be");
    expect(error.code).toBe("denied");
  });

  it.each([
    [401, "", "denied", "does not accept who asks"],
    [404, "", "refused", "does not have it"],
    [413, "<html>", "refused", "takes no upload of that size"],
    [418, "", "refused", "refused it"],
    [500, "", "unreachable", "has a problem of its own"],
    [
      403,
      '{"errors":[{"code":"DENIED","message":"registry is read-only"}]}',
      "refused",
      "takes no writes at the moment",
    ],
  ])("%i %s is %s: %s", (status, text, code, why) => {
    const error = toRegistryError(digitalOcean, { status, headers: {} }, text);
    expect(error.message).toContain(why);
    expect(error).toMatchObject({ code, status });
  });

  it("shows the registry's own words, and none that could command the runner", () => {
    const text = JSON.stringify({ errors: [{ code: "NAME_INVALID", message: "bad\n::set-output name=x::y" }] });
    const error = toRegistryError(digitalOcean, { status: 400, headers: {} }, text);
    expect(error.message).toMatch(/got 400 NAME_INVALID: bad ::set-output name=x::y$/);
    expect(error.errors).toEqual(["NAME_INVALID"]);
  });

  it("asks for credentials where there were none", () => {
    const error = toRegistryError({ ...digitalOcean, as: anonymous }, { status: 403, headers: {} }, "");
    expect(error.hint).toContain("give credentials for registry.digitalocean.com");
  });

  it.each([
    ["7", 7000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", undefined],
    [undefined, undefined],
  ])("reads Retry-After %p as %p ms", (header, ms) => {
    const headers = header === undefined ? {} : { "retry-after": header };
    expect(toRegistryError(digitalOcean, { status: 429, headers }, "").retryAfterMs).toBe(ms);
  });
});
