import type { Json } from "../../../src/kubernetes/object.ts";
import { goPlain, goSyntax, goType } from "./go-format.ts";
import { isMap } from "./json.ts";
import { fieldElement, indexElement, itemElement, printElement, printPath, type PathElement } from "./path-element.ts";
import { shapeOf, type ListType, type MapType, type Scalar, type Type } from "./type.ts";

/**
 * What is wrong with an object that is to be applied, in the server's words; undefined when nothing is. Found are fields
 * that the schema does not have (of each map only the first), values of a wrong type, and list items with the same key.
 */
export function typeProblems(type: Type, value: Json): string | undefined {
  const walk = new ValidationWalk();
  walk.validate(type, value);
  const [first, ...others] = walk.problems;
  if (first === undefined) return undefined;
  return others.length === 0 ? first : ["errors:", ...walk.problems.map((problem) => `  ${problem}`)].join("\n");
}

class ValidationWalk {
  readonly problems: string[] = [];
  readonly #path: PathElement[] = [];

  validate(type: Type, value: Json): void {
    const { map, list, scalar } = type;
    switch (shapeOf(type, value)) {
      case "map":
        if (map !== undefined) this.#map(map, value);
        break;
      case "list":
        if (list !== undefined) this.#list(list, value);
        break;
      case "scalar":
        if (scalar !== undefined) this.#scalar(scalar, value);
        break;
    }
  }

  #map(map: MapType, value: Json): void {
    if (value === null) return;
    if (!isMap(value)) {
      this.#problem(`expected map, got &{${goPlain(value)}}`);
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      const type = map.fields.get(key)?.type ?? map.rest;
      if (type === undefined) {
        this.#below(fieldElement(key), () => this.#problem("field not declared in schema"));
        return;
      }
      this.#below(fieldElement(key), () => this.validate(type, item));
    }
  }

  #list(list: ListType, value: Json): void {
    if (value === null) return;
    if (!Array.isArray(value)) {
      this.#problem(`expected list, got &{${goPlain(value)}}`);
      return;
    }
    const seen = new Set<PathElement>();
    for (const [index, item] of value.entries()) {
      const found = list.kind === "atomic" ? { element: indexElement(index) } : itemElement(list, item);
      if ("problem" in found) {
        this.#problem(`element ${index}: ${found.problem}`);
        return;
      }
      if (seen.has(found.element)) this.#problem(`duplicate entries for key ${printElement(found.element)}`);
      seen.add(found.element);
      this.#below(found.element, () => this.validate(list.items, item));
    }
  }

  #scalar(scalar: Scalar, value: Json): void {
    if (value === null) return;
    switch (scalar) {
      case "numeric":
        if (typeof value !== "number") this.#problem(`expected numeric (int or float), got ${goType(value)}`);
        break;
      case "string":
        if (typeof value !== "string") {
          this.#problem(`expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`);
        }
        break;
      case "boolean":
        if (typeof value !== "boolean") this.#problem(`expected boolean, got &{${goPlain(value)}}`);
        break;
      case "untyped":
        if (typeof value === "object") this.#problem(`expected any scalar, got &{${goPlain(value)}}`);
        break;
    }
  }

  #below(element: PathElement, visit: () => void): void {
    this.#path.push(element);
    visit();
    this.#path.pop();
  }

  #problem(text: string): void {
    const path = printPath(this.#path);
    this.problems.push(path === "" ? text : `${path}: ${text}`);
  }
}
