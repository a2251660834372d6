import { describe, expect, it } from "@jest/globals";
import { seededRandom } from "../../../test/seeded-random.ts";
import {
  difference,
  FieldSetBuilder,
  fromFieldsV1,
  has,
  intersection,
  paths,
  recursiveDifference,
  toFieldsV1,
  union,
  type FieldSet,
} from "./field-set.ts";
import { printPath } from "./path-element.ts";

const elements = ["f:a", "f:b", 'k:{"name":"x"}', 'k:{"name":"y"}', 'v:"z"', "v:2"];

/** Random sets over few elements, so that they overlap. */
function randomSet(random: () => number): FieldSet {
  const builder = new FieldSetBuilder();
  const pick = (): string => elements[Math.floor(random() * elements.length)] ?? "f:a";
  for (let count = random() * 12; count > 0; count--) {
    builder.add(Array.from({ length: 1 + Math.floor(random() * 3) }, pick));
  }
  return builder.build();
}

const random = seededRandom(1);
const triples = Array.from({ length: 200 }, () => [randomSet(random), randomSet(random), randomSet(random)] as const);

describe("field sets", () => {
  it("union and intersection do not depend on the order", () => {
    for (const [a, b] of triples) {
      expect(union(a, b)).toEqual(union(b, a));
      expect(intersection(a, b)).toEqual(intersection(b, a));
    }
  });

  it("union and intersection do not depend on the grouping, and distribute", () => {
    for (const [a, b, c] of triples) {
      expect(union(union(a, b), c)).toEqual(union(a, union(b, c)));
      expect(intersection(a, union(b, c))).toEqual(union(intersection(a, b), intersection(a, c)));
    }
  });

  it("a set is what it shares with another and what it does not", () => {
    for (const [a, b] of triples) {
      expect(union(difference(a, b), intersection(a, b))).toEqual(a);
      expect(intersection(difference(a, b), b).size).toBe(0);
      expect(difference(a, a).size).toBe(0);
    }
  });

  it("a recursive difference leaves nothing below what it takes away", () => {
    for (const [a, b] of triples) {
      const left = [...paths(recursiveDifference(a, b))];
      for (const path of left) for (const end of path.keys()) expect(has(b, path.slice(0, end + 1))).toBe(false);
      const taken = [...paths(a)].length - left.length;
      expect(taken).toBeGreaterThanOrEqual([...paths(intersection(a, b))].length);
    }
  });

  it("survives being written as FieldsV1 and read again", () => {
    for (const [a] of triples) expect(fromFieldsV1(toFieldsV1(a))).toEqual(a);
  });

  it("writes fields, then keys, then values, each in order, and numbers before strings", () => {
    const fields = {
      "v:10": {},
      "v:2": {},
      'v:"1"': {},
      'k:{"port":80}': {},
      'k:{"port":9}': {},
      "f:b": {},
      "f:a": { ".": {}, "f:x": {} },
    };
    expect(JSON.stringify(toFieldsV1(fromFieldsV1(fields)))).toBe(
      JSON.stringify({
        "f:a": { ".": {}, "f:x": {} },
        "f:b": {},
        'k:{"port":9}': {},
        'k:{"port":80}': {},
        "v:2": {},
        "v:10": {},
        'v:"1"': {},
      }),
    );
  });

  it("prints paths as the server does", () => {
    const set = fromFieldsV1({
      "f:spec": { "f:ports": { 'k:{"port":80,"protocol":"TCP"}': {} }, "f:tags": { 'v:"a"': {} } },
    });
    expect([...paths(set)].map(printPath)).toEqual(['.spec.ports[port=80,protocol="TCP"]', '.spec.tags[="a"]']);
  });
});
