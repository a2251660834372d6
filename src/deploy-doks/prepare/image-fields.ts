import type { FieldPath } from "../../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import { containersOf, isCustom, podTemplateOf, podTemplatePath } from "../../kubernetes/pod-template.ts";
import { nameOf } from "../../release/release-object.ts";

/** A field that names an image. */
export interface ImageField {
  readonly image: string;
  readonly path: FieldPath;
  /** Where that is, for a person: `Deployment/web, container app`. */
  readonly where: string;
  /** Writes another image into the object itself. */
  readonly pin: (image: string) => void;
}

/** What custom resources call a field that names an image: most of them so, CloudNativePG, Zalando's postgres-operator. */
const customNames: ReadonlySet<string> = new Set(["image", "imageName", "dockerImage"]);

/**
 * Every field of an object that names an image: those of its containers, init containers and image volumes; in a custom resource, each
 * text at any depth that stands under one of the names in use.
 */
export function imageFieldsOf(object: KubernetesObject): ImageField[] {
  if (isCustom(object)) return customFields(nameOf(object), object, []);
  const template = podTemplateOf(object);
  if (template === undefined) return [];
  const base = podTemplatePath(object) ?? [];
  const containers = containersOf(template).flatMap(({ container, path }) =>
    field(container, "image", { path: [...base, ...path], where: `${nameOf(object)}, container ${container.name}` }),
  );
  const volumes = (template.spec?.volumes ?? []).flatMap(({ image }, index) => {
    const path = [...base, "spec", "volumes", index, "image"];
    return field(image ?? {}, "reference", { path, where: `${nameOf(object)}, volume ${index}` });
  });
  return [...containers, ...volumes];
}

function field<Key extends string>(
  holder: Partial<Record<Key, string>>,
  key: Key,
  { path, where }: Pick<ImageField, "path" | "where">,
): ImageField[] {
  const image: unknown = holder[key];
  if (typeof image !== "string") return [];
  return [{ image, path: [...path, key], where, pin: (pinned) => Object.assign(holder, { [key]: pinned }) }];
}

function customFields(name: string, value: unknown, path: FieldPath): ImageField[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => customFields(name, item, [...path, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const where = `${name}, ${[...path, key].join(".")}`;
    if (typeof inner === "string" && customNames.has(key)) return field(value, key, { path, where });
    return customFields(name, inner, [...path, key]);
  });
}
