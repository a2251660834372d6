import { describe, expect, it } from "@jest/globals";
import { canonicalRegistry, formatReference, isTag, manifestName, parseReference } from "./reference.ts";

const digest = `sha256:${"a".repeat(64)}` as const;

describe("parseReference()", () => {
  it.each([
    ["node", "docker.io/library/node"],
    ["node:24-slim", "docker.io/library/node:24-slim"],
    ["acme/app", "docker.io/acme/app"],
    ["index.docker.io/node", "docker.io/library/node"],
    ["localhost/app", "localhost/app"],
    ["localhost:5000/app:1", "localhost:5000/app:1"],
    ["127.0.0.1:5000/team/app", "127.0.0.1:5000/team/app"],
    ["[::1]:5000/app", "[::1]:5000/app"],
    ["registry.digitalocean.com/acme/app@" + digest, `registry.digitalocean.com/acme/app@${digest}`],
    [`ghcr.io/acme/app:v1@${digest}`, `ghcr.io/acme/app:v1@${digest}`],
    ["ghcr.io/a__b/c-d.e/f--g", "ghcr.io/a__b/c-d.e/f--g"],
  ])("reads %s as %s", (text, whole) => {
    expect(formatReference(parseReference(text))).toBe(whole);
  });

  it.each([
    ["Acme/App", "capital letters"],
    ["ghcr.io/acme/", "not the name of a repository"],
    ["", "not the name of a repository"],
    ["ghcr.io/acme/app:", "is not a tag"],
    ["ghcr.io/acme/app:-x", "is not a tag"],
    [`app:${"x".repeat(129)}`, "is not a tag"],
    ["app@sha256:123", "is not a digest"],
    ["app@md5:abc", "is not a digest"],
    ["ghcr.io/a/../b", "not the name of a repository"],
    [`ghcr.io/${"a".repeat(250)}`, "longer than 255"],
    ["a b", "not the name of a repository"],
  ])("refuses %s", (text, why) => {
    expect(() => parseReference(text)).toThrow(why);
  });
});

describe("isTag()", () => {
  it.each([
    ["v1.2.3", true],
    ["_x", true],
    ["x".repeat(128), true],
    ["x".repeat(129), false],
    [".x", false],
    ["-x", false],
    ["a/b", false],
    ["", false],
  ])("%s: %s", (tag, expected) => {
    expect(isTag(tag)).toBe(expected);
  });
});

describe("manifestName()", () => {
  it("is the digest before the tag, and latest without either", () => {
    expect(manifestName(parseReference(`app:1@${digest}`))).toBe(digest);
    expect(manifestName(parseReference("app:1"))).toBe("1");
    expect(manifestName(parseReference("app"))).toBe("latest");
  });
});

describe("canonicalRegistry()", () => {
  it("knows the names of Docker Hub", () => {
    expect(["index.docker.io", "registry-1.docker.io", "docker.io", "ghcr.io"].map(canonicalRegistry)).toEqual([
      "docker.io",
      "docker.io",
      "docker.io",
      "ghcr.io",
    ]);
  });
});
