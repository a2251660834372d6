import { describe, expect, it } from "@jest/globals";
import { buildxArguments, chooseCache, type BuildxOptions } from "./buildx.ts";
import { parsePlatform } from "./platform.ts";

const options: BuildxOptions = {
  image: {
    name: "ghcr.io/acme/app",
    context: "/srv/app",
    dockerfile: "/srv/app/Dockerfile",
    target: undefined,
    platforms: [],
    buildArgs: new Map(),
    secrets: new Map(),
    labels: {},
  },
  builder: undefined,
  push: true,
  cache: { from: [], to: [] },
  provenance: "mode=max",
  sbom: undefined,
  metadataFile: "/temp/meta.json",
};

describe("buildxArguments()", () => {
  it("pushes by digest and rewrites times", () => {
    expect(buildxArguments(options)).toEqual([
      "buildx",
      "build",
      "--progress=plain",
      "--file=/srv/app/Dockerfile",
      "--provenance=mode=max",
      "--output=type=image,name=ghcr.io/acme/app,push-by-digest=true,name-canonical=true,push=true,oci-mediatypes=true,rewrite-timestamp=true",
      "--metadata-file=/temp/meta.json",
      "--",
      "/srv/app",
    ]);
  });

  it("pushes nothing when it only checks", () => {
    expect(buildxArguments({ ...options, push: false })).toContain(
      "--output=type=image,name=ghcr.io/acme/app,push=false,oci-mediatypes=true,rewrite-timestamp=true",
    );
  });

  it("passes everything on, and of a secret no more than where it is", () => {
    const args = buildxArguments({
      ...options,
      builder: "own",
      sbom: "true",
      cache: { from: ["type=gha"], to: ["type=gha,mode=max"] },
      image: {
        ...options.image,
        target: "prod",
        platforms: ["linux/amd64", "linux/arm64"].map(parsePlatform),
        buildArgs: new Map([["A", "b c"]]),
        secrets: new Map([["npm,token", "NPM_TOKEN"]]),
        labels: { "a.b": "c=d" },
      },
    });
    expect(args.join("\n")).toContain(
      [
        "--builder=own",
        "--progress=plain",
        "--file=/srv/app/Dockerfile",
        "--target=prod",
        "--platform=linux/amd64,linux/arm64",
        "--build-arg",
        "A=b c",
        "--secret",
        '"id=npm,token",env=NPM_TOKEN',
        "--label",
        "a.b=c=d",
        "--cache-from",
        "type=gha",
        "--cache-to",
        "type=gha,mode=max",
        "--provenance=mode=max",
        "--sbom=true",
      ].join("\n"),
    );
  });

  it("cannot be made to take a context for an option", () => {
    expect(buildxArguments({ ...options, image: { ...options.image, context: "--push" } }).slice(-2)).toEqual([
      "--",
      "--push",
    ]);
  });
});

describe("chooseCache()", () => {
  const o = { lines: ["auto"], image: "ghcr.io/acme/app", push: true, hasGitHubCache: true };

  it.each([
    [
      "GitHub's where there is one",
      o,
      { from: ["type=gha,scope=ghcr.io/acme/app"], to: ["type=gha,scope=ghcr.io/acme/app,mode=max,ignore-error=true"] },
    ],
    [
      "the repository's own elsewhere",
      { ...o, hasGitHubCache: false },
      {
        from: ["type=registry,ref=ghcr.io/acme/app:buildcache"],
        to: [
          "type=registry,ref=ghcr.io/acme/app:buildcache,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true",
        ],
      },
    ],
    [
      "read only by a build that pushes nothing",
      { ...o, hasGitHubCache: false, push: false },
      { from: ["type=registry,ref=ghcr.io/acme/app:buildcache"], to: [] },
    ],
    ["none when it is off", { ...o, lines: ["off"] }, { from: [], to: [] }],
    [
      "what the lines say, without letting a build fail",
      { ...o, lines: ["type=gha,mode=max", "type=inline"] },
      { from: ["type=gha,mode=max"], to: ["type=gha,mode=max,ignore-error=true", "type=inline,ignore-error=true"] },
    ],
  ])("is %s", (_what, given, expected) => {
    expect(chooseCache(given)).toEqual(expected);
  });
});
