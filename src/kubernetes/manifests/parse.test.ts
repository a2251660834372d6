import { describe, expect, it } from "@jest/globals";
import { exactInteger } from "../exact-json.ts";
import { parseManifests } from "./parse.ts";

const variables = new Map([
  ["REPLICAS", "3"],
  ["FLAG", "true"],
  ["EVIL", "a\nkind: Pod"],
]);
const parse = (text: string): ReturnType<typeof parseManifests> =>
  parseManifests(text, { file: "app.yaml", variables });
const configMap = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  key: ${data}\n`;
const valueOf = (data: string): unknown => {
  const { manifests, problems } = parse(configMap(data));
  expect(problems).toEqual([]);
  return (manifests[0]?.object.data as Record<string, unknown>).key;
};

describe("parseManifests() gives plain scalars the values that kubectl gives them", () => {
  it.each<[string, unknown]>([
    ["0644", 420],
    ["0o644", 420],
    ["-0O17", -15],
    ["0b101", 5],
    ["0x1_F", 31],
    ["08", 8],
    ["1_000", 1000],
    ["1_000.5", 1000.5],
    [".5", 0.5],
    ["._5", "._5"],
    ["1e400", "1e400"],
    ["9007199254740993", exactInteger(9007199254740993n)],
    ["-9223372036854775808", exactInteger(-(2n ** 63n))],
    ["1e3", 1000],
    ["yes", true],
    ["on", true],
    ["y", true],
    ["No", false],
    ["off", false],
    ["12:30:45", "12:30:45"],
    ["2001-01-01", "2001-01-01"],
    ["~", null],
    ['"yes"', "yes"],
    ["'0644'", "0644"],
    ["! yes", "yes"],
    ["!!str 0644", "0644"],
    ["!!int '0644'", 420],
    ["!!binary aGVsbG8=", "hello"],
  ])("%s", (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  it("reads yes and on as keys like kubectl does", () => {
    expect(
      parse("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { on: x }\n").manifests[0]?.object.data,
    ).toEqual({
      true: "x",
    });
  });

  it.each([
    ["0644", "420"],
    ["1.10", "1.1"],
    ["1e3", "1000"],
    ["0.00001", "1e-05"],
    ["9007199254740993", "9007199254740993"],
  ])("makes the key %s the text %s", (key, text) => {
    const { object } =
      parse(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { ${key}: x }\n`).manifests[0] ?? {};
    expect(object?.data).toEqual({ [text]: "x" });
  });

  it("merges << maps, the first of a list winning, over the keys above and under those below", () => {
    const text = `x: &one { a: 1, b: 1 }\ny: &two { b: 2, c: 2 }\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { c: 0, <<: [*one, *two], a: 0 }\n`;
    expect(parse(text).manifests[0]?.object.data).toEqual({ a: 0, b: 1, c: 2 });
  });
});

describe("parseManifests() substitutes variables", () => {
  it.each<[string, unknown]>([
    ["${REPLICAS}", 3],
    ['"${REPLICAS}"', "3"],
    ["${FLAG}", true],
    ["v${REPLICAS}-x", "v3-x"],
    ["$${REPLICAS}", "${REPLICAS}"],
    ["$(REPLICAS)", "$(REPLICAS)"],
    ['"${REPLICAS:-1}"', "${REPLICAS:-1}"],
    ["${EVIL}", "a\nkind: Pod"],
  ])("%s", (text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  it("names an unknown variable, its line and the nearest known one", () => {
    expect(parse(configMap("${REPLICA}")).problems).toEqual([
      {
        message: "${REPLICA} has no value",
        hint: expect.stringContaining("did you mean ${REPLICAS}?"),
        file: "app.yaml",
        line: 5,
      },
    ]);
  });
});

describe("parseManifests() finds objects", () => {
  it("takes Lists apart, passes over empty documents, and keeps each object's line", () => {
    const text = `---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: s }\n  - apiVersion: v1\n    kind: ConfigMapList\n    items:\n      - { apiVersion: v1, kind: ConfigMap, metadata: { name: c }, data: { a: b } }\n`;
    const { manifests, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(manifests.map(({ object, source }) => [object.kind, source.line])).toEqual([
      ["Secret", 7],
      ["ConfigMap", 13],
    ]);
    expect(manifests[1]?.source.locate(["data", "a"])).toBe(13);
  });

  it("leaves out what only a server may set", () => {
    const text =
      configMap("x").replace(
        "{ name: a }",
        "{ name: a, uid: u, resourceVersion: '1', managedFields: [], creationTimestamp: null, annotations: { a: b, kubectl.kubernetes.io/last-applied-configuration: '{}' } }",
      ) + "status: {}\n";
    expect(parse(text).manifests[0]?.object).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", annotations: { a: "b" } },
      data: { key: "x" },
    });
  });

  it("locates a field, or its nearest parent that is written down", () => {
    const [manifest] = parse(
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\nspec:\n  containers:\n    - name: a\n      image: b\n",
    ).manifests;
    expect(manifest?.source.locate(["spec", "containers", 0, "image"])).toBe(8);
    expect(manifest?.source.locate(["spec", "containers", 0, "env", 3])).toBe(7);
    expect(manifest?.source.locate(["status"])).toBe(1);
  });

  it("gives the items of a typed list the kind that the list says", () => {
    const text = `{"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":""},"items":[{"metadata":{"name":"a"}}]}`;
    expect(parse(text).manifests.map(({ object }) => object)).toEqual([
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } },
    ]);
  });

  it("reads JSON objects that follow each other, as jq prints them, indented by tabs", () => {
    const one = (name: string): string =>
      JSON.stringify(
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { k: "}{ \u2028 \ud83d\ude00" } },
        null,
        "\t",
      );
    const { manifests, problems } = parse(`${one("a")}\n${one("b")}\n`);
    expect(problems).toEqual([]);
    expect(
      manifests.map(({ source, object }) => [object.metadata.name, source.line, source.locate(["data", "k"])]),
    ).toEqual([
      ["a", 1, 8],
      ["b", 11, 18],
    ]);
  });

  it("locates what aliases, merges and variables bring where it is written", () => {
    const text = `x: &x\n  port: 1\ny: &y { image: i }\napiVersion: v1\nkind: Thing\nmetadata: { name: a }\nspec:\n  <<: *y\n  one: *x\n  \${FLAG}: 5\n  0644: 6\n`;
    const [manifest] = parse(text).manifests;
    expect(manifest?.object.spec).toEqual({ image: "i", one: { port: 1 }, true: 5, 420: 6 });
    const lines = [["image"], ["one", "port"], ["true"], ["420"]].map((path) =>
      manifest?.source.locate(["spec", ...path]),
    );
    expect(lines).toEqual([3, 2, 10, 11]);
  });

  it("reads closing brackets wherever kubectl does", () => {
    expect(valueOf("[\n    a,\n  ]")).toEqual(["a"]);
  });

  it("leaves ${NAME} alone where there are no variables to speak of", () => {
    const { manifests, problems } = parseManifests(configMap("${HOME}"), { file: "a.yaml" });
    expect([manifests[0]?.object.data, problems]).toEqual([{ key: "${HOME}" }, []]);
  });

  it("reads files with CRLF and a byte order mark", () => {
    expect(parse(`\uFEFF${configMap("x").replaceAll("\n", "\r\n")}`).manifests).toHaveLength(1);
  });
});

describe("parseManifests() names what is wrong, with its line", () => {
  it.each([
    ["broken YAML", "a: [1", 1, "not valid YAML"],
    ["a tab", "a:\n\tb: c", 2, "Tabs are not allowed"],
    ["a tag of one's own", "a: 1\nb: !evil x", 2, "the tag !evil means nothing to Kubernetes"],
    ["a tag that does not fit", "a: 1\nb: !!int x", 2, "the tag !!int does not go with this value"],
    ["a key twice", "apiVersion: v1\nkind: A\nkind: B\nmetadata: { name: x }", 3, 'the key "kind" is there twice'],
    ["no apiVersion", "kind: Pod\nmetadata: { name: x }", 1, "apiVersion is missing"],
    ["no kind", "apiVersion: v1\nmetadata: { name: x }", 1, "kind is missing"],
    ["no name", "apiVersion: v1\nkind: Pod\n", 1, "Pod has no metadata.name"],
    [
      "generateName",
      "apiVersion: v1\nkind: Pod\nmetadata: { generateName: x- }",
      1,
      "generateName instead of metadata.name",
    ],
    [
      "a name that is a number",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: 1 }",
      1,
      "metadata.name of Pod is not a name: got 1",
    ],
    ["a list", "- a", 1, "not a Kubernetes object"],
    [
      "a prototype key",
      "apiVersion: v1\n__proto__: { a: b }\nkind: Pod\nmetadata: { name: x }",
      2,
      '"__proto__" is not allowed',
    ],
    ["an integer of more than 64 bits", configMap("9223372036854775808"), 5, "too large to be kept exactly"],
    ["infinity", configMap(".inf"), 5, "no number that JSON can hold"],
    ["an alias without an anchor", "a: *b", 1, "b"],
    ["an alias of itself", "a: &a [*a]", 1, "*a stands inside of what it stands for"],
    ["an alias of what comes below", "a: *b\nb: &b 1", 1, "*b has no anchor above it"],
    ["a control character", configMap('"\u0007"'), 5, "the character U+0007"],
    [
      "a byte order mark in the middle",
      `${configMap("x")}---\n\uFEFF${configMap("x")}`,
      7,
      "byte order mark (U+FEFF) in the middle",
    ],
    ["a line separator, where kubectl ends the line", configMap("a\u2028b"), 5, "the character U+2028"],
    [
      "an empty item, which a template has left",
      "apiVersion: v1\nkind: Pod\nmetadata: { name: x }\nspec:\n  containers:\n    -\n",
      6,
      "spec.containers[0] is empty",
    ],
    [
      "a map for a list",
      "apiVersion: batch/v1\nkind: Job\nmetadata: { name: x }\nspec:\n  template:\n    spec: { volumes: { a: b } }\n",
      6,
      "spec.template.spec.volumes is not a list",
    ],
    [
      "labels that are a list",
      "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  labels: [a]\n",
      5,
      "metadata.labels is not a map",
    ],
    [
      "what is for kustomize",
      "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization",
      1,
      "is for kustomize",
    ],
    ["more than etcd takes", configMap("x".repeat(1_600_000)), 1, "has more than 1.5 MiB"],
    ["20,000 open brackets", "[".repeat(20_000), 1, "brackets are open"],
  ])("%s", (_name, text, line, message) => {
    expect(parse(text).problems).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(message), line, file: "app.yaml" }),
    );
  });

  it("refuses a bomb of aliases", () => {
    const layers = Array.from(
      { length: 7 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(", ")}]`,
    );
    const { problems } = parse(["l0: &l0 [x]", ...layers].join("\n"));
    expect(problems[0]?.message).toContain("expand to more than 200000 values");
  });
});
