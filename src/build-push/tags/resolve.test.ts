import { describe, expect, it } from "@jest/globals";
import { newerRelease, resolveTags, type TagContext } from "./resolve.ts";
import { parseRule } from "./rule.ts";

const push: TagContext = {
  ref: "refs/heads/main",
  sha: "860c1904a1ce19322e91ac35af1ab07466440c37",
  eventName: "push",
  payload: { repository: { default_branch: "main" } },
  commitTime: new Date("2020-01-09T12:00:00Z"),
  now: new Date("2020-01-10T00:30:00Z"),
};
const branch = { ...push, ref: "refs/heads/my/branch" };
const pull = {
  ...push,
  ref: "refs/pull/2/merge",
  eventName: "pull_request",
  payload: { pull_request: { base: { ref: "main" } } },
};
const schedule = { ...push, eventName: "schedule" };

function tag(name: string): TagContext {
  return { ...push, ref: `refs/tags/${name}` };
}

function tagsOf(context: TagContext, ...lines: string[]): string[] {
  const { names, latest } = resolveTags(
    lines.map(parseRule).filter((rule) => rule !== undefined),
    context,
  );
  return latest === undefined ? [...names] : [...names, "latest"];
}

const semver = "type=semver,pattern={{version}}";

describe("resolveTags()", () => {
  it.each<[TagContext, string[], string[]]>([
    [
      push,
      ["type=sha,format=long", "type=ref,event=branch", semver, "type=ref,event=pr"],
      ["main", "sha-860c1904a1ce19322e91ac35af1ab07466440c37"],
    ],
    [pull, ["type=sha", "type=ref,event=pr", "type=ref,event=branch"], ["pr-2", "sha-860c190"]],
    [branch, ["type=ref,event=branch"], ["my-branch"]],
    [tag("v1.2.3"), ["type=ref,event=tag"], ["v1.2.3", "latest"]],
    [
      tag("v1.2.3"),
      [semver, "type=semver,pattern={{major}}.{{minor}}", "type=semver,pattern=v{{major}}"],
      ["1.2.3", "1.2", "v1", "latest"],
    ],
    [tag("v1.2.3"), ["type=semver,pattern={{raw}}"], ["v1.2.3", "latest"]],
    [tag("v2.0.8-beta.67"), [semver, "type=semver,pattern={{major}}"], ["2.0.8-beta.67"]],
    [tag("v2.0.8-beta.67"), ["type=semver,pattern={{raw}}"], ["v2.0.8-beta.67"]],
    [tag("p1/v1.2.3"), ["type=semver,pattern={{version}},match=v(\\d.\\d.\\d)$"], ["1.2.3", "latest"]],
    [push, ["type=semver,pattern={{version}},value=v3.4.5"], ["3.4.5", "latest"]],
    [tag("1.2.3rc2"), ["type=pep440,pattern={{major}}.{{minor}}"], ["1.2.3rc2"]],
    [
      tag("v1.2.3"),
      ["type=pep440,pattern={{version}}", "type=pep440,pattern={{major}}.{{minor}}"],
      ["1.2.3", "1.2", "latest"],
    ],
    [tag("v2.0.8-beta.67"), ["type=match,pattern=v(\\d.\\d),group=1"], ["2.0", "latest"]],
    [tag("20200110-RC2"), ["type=match,pattern=\\d+"], ["20200110", "latest"]],
    [tag("20200110-RC2"), ["type=match,pattern=/rc(\\d)/i,group=1"], ["2", "latest"]],
    [push, ["type=edge"], ["edge"]],
    [branch, ["type=edge"], []],
    [branch, ["type=edge,branch=my/branch"], ["edge"]],
    [schedule, ["type=schedule"], ["nightly"]],
    [schedule, ["type=schedule,pattern={{date 'YYYYMMDD-HHmmss' tz='Asia/Tokyo'}}"], ["20200110-093000"]],
    [push, ["type=schedule"], []],
    [push, ["foo", "type=raw,bar", '"type=raw","value=baz"'], ["foo", "bar", "baz"]],
    [push, ["type=raw,value={{branch}}-{{sha}}-{{commit_date 'YYYYMMDD'}}"], ["main-860c190-20200109"]],
    [pull, ["type=raw,value=to-{{base_ref}}"], ["to-main"]],
    [
      push,
      ["type=raw,value=x,enable={{is_default_branch}}", "type=raw,value=y,enable={{is_not_default_branch}}"],
      ["x"],
    ],
    [push, ["type=sha,prefix=", "type=sha,prefix={{branch}}-,suffix=-x"], ["860c190", "main-860c190-x"]],
    [push, ["type=sha", "type=raw,value=first,priority=2000"], ["first", "sha-860c190"]],
    [push, ["type=raw,a b!c", "type=raw,a-b-c"], ["a-b-c"]],
    [push, ["# a comment", "", "type=sha # and one behind"], ["sha-860c190"]],
    [push, ['type=raw,"value=a,b"'], ["a-b"]],
    // What comes first decides about latest.
    [tag("v1.2.3"), ["type=sha,priority=2000", semver], ["sha-860c190", "1.2.3"]],
  ])("%j with %j gives %j", (context, lines, expected) => {
    expect(tagsOf(context, ...lines)).toEqual(expected);
  });

  it("notes a git tag that is no version", () => {
    const rule = parseRule(semver);
    const { names, notes } = resolveTags(rule === undefined ? [] : [rule], tag("release-seven"));
    expect(names).toEqual([]);
    expect(notes).toEqual([`${semver}: "release-seven" is not a version as semver.org has it`]);
  });

  it.each([
    ["type=ref,event=branch", { ...push, ref: `refs/heads/${"x".repeat(129)}` }, "a tag that no registry takes"],
    ["type=raw,value=.hidden", push, 'got ".hidden"'],
    ["type=sha,enable=maybe", push, 'enable is neither true nor false: got "maybe"'],
    ["type=raw,value={{brunch}}", push, "Did you mean {{branch}}?"],
    ["type=raw,value={{> partial}}", push, "is not an expression that is known here"],
    ["type=raw,value={{date}}", push, "has no format"],
    ["type=raw,value={{date 'YYYY' zone='x'}}", push, "unknown option zone"],
    ["type=match,pattern=(", tag("v1"), "Unterminated group"],
    ["type=semver,pattern={{verison}}", tag("v1.2.3"), "Did you mean {{version}}?"],
  ])("refuses %s", (line, context, why) => {
    expect(() => tagsOf(context, line)).toThrow(why);
  });
});

describe("parseRule()", () => {
  it.each([
    ["type=semvar,pattern=x", "Did you mean semver?"],
    ["type=ref", "lacks event="],
    ["type=ref,event=push", 'event is not one of the known words: got "push"'],
    ["type=semver", "lacks pattern="],
    ["type=sha,formt=long", "Did you mean format?"],
    ["type=sha,format=medium", "Known: short, long."],
    ["type=sha,priority=high", "priority is not a number"],
    ["type=match,pattern=x,group=one", "group is not a number"],
  ])("refuses %s", (line, why) => {
    expect(() => parseRule(line)).toThrow(why);
  });
});

describe("newerRelease()", () => {
  const release = { prefix: "", suffix: "", version: [1, 2, 3] };

  it.each([
    [["1.2.2", "1.1.9", "latest", "main"], undefined],
    [["1.2.3"], undefined],
    [["1.2.4"], "1.2.4"],
    [["1.10.0"], "1.10.0"],
    [["v2.0.0"], "v2.0.0"],
    [["2.0.0-rc.1", "2", "20300101", "sha-123"], undefined],
  ])("among %j is %p", (existing, expected) => {
    expect(newerRelease(release, existing)).toBe(expected);
  });

  it("compares those of the same prefix and suffix only", () => {
    const app = { ...release, prefix: "app-", suffix: "-slim" };
    expect(newerRelease(app, ["9.9.9", "app-9.9.9", "lib-9.9.9-slim"])).toBeUndefined();
    expect(newerRelease(app, ["app-1.3.0-slim"])).toBe("app-1.3.0-slim");
  });

  it("knows none where the name is not made of numbers", () => {
    expect(newerRelease({ ...release, version: [] }, ["9.9.9"])).toBeUndefined();
  });
});
