import { describe, expect, it } from "@jest/globals";
import * as v from "valibot";
import { SlipwayError, type Problem } from "../error.ts";
import {
  boolean, dnsLabel, duration, hidden, integer, json, lines, oneOf, optional, readInputs, required, secret, text, yaml,
  type InputSpec,
} from "./inputs.ts"; // prettier-ignore

/** A runner whose workflow gave these inputs; `masked` collects what it was told to hide. */
function runnerWith(given: Readonly<Record<string, string>>): {
  input(name: string): string;
  mask(secret: string): void;
  masked: string[];
} {
  const masked: string[] = [];
  return { input: (name) => (given[name] ?? "").trim(), mask: (value) => masked.push(value), masked };
}

async function problemsOf(given: Readonly<Record<string, string>>, spec: InputSpec): Promise<readonly Problem[]> {
  const error: unknown = await readInputs(runnerWith(given), spec).catch((thrown: unknown) => thrown);
  if (!(error instanceof SlipwayError)) throw new Error("expected a SlipwayError");
  expect(error.code).toBe("configuration");
  return error.problems;
}

const imagesSchema = v.array(
  v.union([
    v.string(),
    v.strictObject({
      name: v.string(),
      dockerfile: v.optional(v.string()),
      builder: v.optional(v.picklist(["docker", "direct"])),
      "build-args": v.optional(v.record(v.string(), v.string())),
    }),
  ]),
);

describe("readInputs()", () => {
  it("returns values under the names that action.yml gives them", async () => {
    const runner = runnerWith({
      app: "shop",
      timeout: "1h30m",
      "dry-run": "False",
      manifests: "a.yaml\n\n  k8s/ \n",
      token: "s3cr3t",
    });
    const spec = {
      app: required(dnsLabel()),
      timeout: required(duration()),
      "dry-run": required(boolean()),
      manifests: required(lines()),
      token: optional(secret()),
      url: optional(text()),
      kubeconfig: optional(hidden()),
    };
    const inputs = await readInputs(runner, spec);
    const typed: { readonly timeout: number; readonly url: string | undefined; readonly manifests: readonly string[] } =
      inputs;
    expect(typed).toEqual({
      app: "shop",
      timeout: 5_400_000,
      "dry-run": false,
      manifests: ["a.yaml", "k8s/"],
      token: "s3cr3t",
      url: undefined,
      kubeconfig: undefined,
    });
    expect(runner.masked).toEqual(["s3cr3t"]);
  });

  it("reports all problems of all inputs at once", async () => {
    const problems = await problemsOf(
      { timeout: "10 min", prune: "yes", "on-failure": "rolback", images: "- dockerfil: x\n  nam: y" },
      {
        app: required(text()),
        timeout: required(duration()),
        prune: required(boolean()),
        "on-failure": required(oneOf("rollback", "leave")),
        images: required(yaml(() => imagesSchema)),
      },
    );
    expect(problems).toEqual([
      { message: "Input app is required and was not given", hint: 'Give it under "with:".' },
      { message: 'Input timeout is not a duration: got "10 min"', hint: "Write it like 90s, 10m, 1h30m or 500ms." },
      { message: 'Input prune is neither true nor false: got "yes"', hint: "Write true or false." },
      {
        message: 'Input on-failure is not one of the known words: got "rolback"',
        hint: "Did you mean rollback? Write rollback or leave.",
      },
      { message: "Input images, line 1: name is missing", hint: "Add name." },
      {
        message: "Input images, line 1: the key dockerfil is not known",
        hint: "Did you mean dockerfile? Known here: name, dockerfile, builder, build-args.",
      },
      {
        message: "Input images, line 2: the key nam is not known",
        hint: "Did you mean name? Known here: name, dockerfile, builder, build-args.",
      },
    ]);
  });

  it("masks the secrets it could read although another input is wrong", async () => {
    const runner = runnerWith({ token: "s3cr3t", timeout: "soon" });
    await expect(readInputs(runner, { timeout: required(duration()), token: required(secret()) })).rejects.toThrow(
      SlipwayError,
    );
    expect(runner.masked).toEqual(["s3cr3t"]);
  });
});

describe("parsers", () => {
  const table: { name: string; spec: InputSpec; right: string[]; wrong: string[] }[] = [
    { name: "boolean()", spec: { x: required(boolean()) }, right: ["true", "True", "FALSE"], wrong: ["yes", "1", "tRue", "on", "'true'"] },
    {
      name: "integer()",
      spec: { x: required(integer({ min: -2, max: 10 })) },
      right: ["0", "10", "-2"],
      wrong: ["11", "-3", "5x", "1.5", "1e1", "0x5", "+1"],
    },
    {
      name: "duration()",
      spec: { x: required(duration()) },
      right: ["500ms", "90s", "10m", "1h", "1h30m", "120h"],
      wrong: ["10", "0s", "1.5h", "5 m", "-5s", "30m1h", "m", "121h"],
    },
    {
      name: "dnsLabel()",
      spec: { x: required(dnsLabel()) },
      right: ["a", "shop-2", "a".repeat(63)],
      wrong: ["Shop", "-a", "a-", "a_b", "a.b", "a".repeat(64)],
    },
    { name: "oneOf()", spec: { x: required(oneOf("rollback", "leave")) }, right: ["leave"], wrong: ["Leave", "rollback, leave"] },
    { name: "json()", spec: { x: required(json(() => v.record(v.string(), v.string()))) }, right: ['{"a":"b"}'], wrong: ["a: b", "{a: b}", '{"a":1}', '{"a":"b","a":"c"}', "{"] },
    { name: "yaml()", spec: { x: required(yaml(() => v.array(v.string()))) }, right: ["[a, 'b']", "- a", "&x [a]"], wrong: ["a", "- [", "- 1", "*x", "- a\n---\n- b", "{a: 1, a: 2}"] },
  ]; // prettier-ignore

  it.each(table)("$name takes what is right and nothing else", async ({ spec, right, wrong }) => {
    for (const given of right) await expect(readInputs(runnerWith({ x: given }), spec)).resolves.toBeDefined();
    for (const given of wrong)
      expect({ given, problems: (await problemsOf({ x: given }, spec)).length }).toEqual({ given, problems: 1 });
  });

  it("show no more of a long value than its start", async () => {
    const [problem] = await problemsOf({ x: "y".repeat(500) }, { x: required(boolean()) });
    expect(problem?.message).toHaveLength("Input x is neither true nor false: got ".length + 81);
  });
});

describe("yaml()", () => {
  it("finds each mistake at its line", async () => {
    const images = [
      "- plain",
      "- name: server",
      "  builder: dokcer",
      "- name: auth",
      "  build-args:",
      "    PORT: 8080",
      "- &base",
      "  name: 7",
      "- *base",
    ].join("\n");
    expect(await problemsOf({ images }, { images: required(yaml(() => imagesSchema)) })).toEqual([
      {
        message: 'Input images, line 3: builder is not "docker" or "direct": got "dokcer"',
        hint: 'Write "docker" or "direct".',
      },
      {
        message: "Input images, line 6: PORT is not text: got 8080",
        hint: "Put it in quotes.",
      },
      { message: "Input images, line 8: name is not text: got 7", hint: "Put it in quotes." },
      { message: "Input images, line 8: name is not text: got 7", hint: "Put it in quotes." },
    ]);
  });

  it("names the line of a syntax error and of a key given twice", async () => {
    const spec = { x: required(yaml(() => v.record(v.string(), v.string()))) };
    expect(await problemsOf({ x: "a: b\nc: [d" }, spec)).toMatchObject([
      { message: expect.stringMatching(/^Input x, line \d: this is not YAML$/) },
    ]);
    expect(await problemsOf({ x: "a: b\nc: d\na: e" }, spec)).toEqual([
      { message: "Input x, line 3: this is not YAML", hint: "Map keys must be unique." },
    ]);
    expect(await problemsOf({ x: "[".repeat(5_000) }, spec)).toHaveLength(3);
  });

  it("keeps scalars as written where asked to, so that versions stay whole", async () => {
    const spec = { x: required(yaml(() => v.record(v.string(), v.string()), { scalars: "as-written" })) };
    const given = runnerWith({ x: "version: 1.10\nport: 08080\nflag: true\nnone: ~\nempty:\nquoted: '1'" });
    await expect(readInputs(given, spec)).resolves.toEqual({
      x: { version: "1.10", port: "08080", flag: "true", none: "~", empty: "", quoted: "1" },
    });
  });

  it("says what a rule of the schema says", async () => {
    const schema = v.array(
      v.strictObject({ status: v.pipe(v.number(), v.maxValue(599, "HTTP knows no status above 599")) }),
    );
    expect(await problemsOf({ x: "- status: 200\n- status: 700" }, { x: required(yaml(() => schema)) })).toEqual([
      {
        message: "Input x, line 2: status is not allowed: got 700",
        hint: "HTTP knows no status above 599.",
      },
    ]);
  });

  it("does not take its own or a prototype's names for known keys", async () => {
    const spec = { x: required(yaml(() => v.strictObject({ name: v.string() }))) };
    const problems = await problemsOf({ x: "name: a\nconstructor: b\n__proto__: {c: d}\ntoString: e" }, spec);
    expect(problems.map(({ message }) => message)).toEqual([
      "Input x, line 2: the key constructor is not known",
      "Input x, line 3: the key __proto__ is not known",
      "Input x, line 4: the key toString is not known",
    ]);
  });

  it("refuses aliases that multiply without end", async () => {
    const bomb = [
      "a: &a [x, x, x, x, x, x, x, x, x]",
      ..."bcdefgh".split("").map((name, n) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[n]}`).join(", ")}]`),
    ].join("\n");
    expect(await problemsOf({ x: bomb }, { x: required(yaml(() => v.unknown())) })).toHaveLength(1);
  });
});

describe("an input with secrets", () => {
  const loginsSchema = v.array(v.strictObject({ registry: v.string(), password: v.pipe(v.string(), v.minLength(20)) }));
  const spec = {
    logins: required(yaml(() => loginsSchema, { secretsOf: (logins) => logins.map(({ password }) => password) })),
  };

  it("has its leaves masked, and nothing else", async () => {
    const runner = runnerWith({ logins: "- {registry: ghcr.io, password: hunter2hunter2hunter2}" });
    await readInputs(runner, spec);
    expect(runner.masked).toEqual(["hunter2hunter2hunter2"]);
  });

  it.each([
    ["a value of the wrong type", "- registry: ghcr.io\n  password: 12345678"],
    ["a value that a rule forbids", "- registry: ghcr.io\n  password: hunter2"],
    ["a list that is a text", "hunter2"],
    ["broken YAML", "- registry: ghcr.io\n  password: [hunter2"],
    ["broken YAML around an alias", "- registry: ghcr.io\n  password: *hunter2"],
    ["a tag", "- registry: ghcr.io\n  password: !hunter2 x"],
  ])("never shows %s", async (_, logins) => {
    const problems = await problemsOf({ logins }, spec);
    expect(problems).not.toHaveLength(0);
    expect(JSON.stringify(problems)).not.toMatch(/hunter|12345678/);
  });
});
