import type { Problem } from "../../error.ts";
import { containersOf, podTemplateOf, podTemplatePath } from "../../kubernetes/pod-template.ts";
import { nearest } from "../../runner/nearest.ts";
import { nameOf } from "../../release/release-object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";

/** From the input `images`: the name build-push gave it, to `registry/name@sha256:…`. */
export type PinnedImages = Readonly<Record<string, string>>;

/**
 * Pins every container image whose repository, or whose bare name, is that of an entry to the entry's digest. Objects are changed
 * in place. An entry that matches no container is a problem: the image that was just built would not run anywhere.
 */
export function pinImages(objects: readonly ReleaseObject[], images: PinnedImages): Problem[] {
  const entries = Object.entries(images).map(([name, reference]) => ({
    name,
    reference,
    repository: repositoryOf(reference),
    used: false,
  }));
  const names = new Set<string>();
  for (const { object } of objects) {
    const template = podTemplateOf(object);
    for (const { container } of template === undefined ? [] : containersOf(template)) {
      if (typeof container.image !== "string") continue;
      const repository = repositoryOf(container.image);
      names.add(bareName(repository));
      const entry =
        entries.find((each) => each.repository === repository) ??
        entries.find((each) => each.name === bareName(repository));
      if (entry === undefined) continue;
      container.image = entry.reference;
      entry.used = true;
    }
  }
  return entries.filter(({ used }) => !used).map(({ name }) => unused(name, names));
}

function unused(name: string, names: ReadonlySet<string>): Problem {
  const similar = nearest(name, names);
  return {
    message: `images: no container of the manifests uses the image "${name}"`,
    hint:
      similar === undefined
        ? `the images there are ${[...names].sort().join(", ") || "none"}`
        : `did you mean "${similar}"?`,
  };
}

/** Which object and line use a reference: for messages about an image. */
export function placesOf(reference: string, objects: readonly ReleaseObject[]): Problem[] {
  return objects.flatMap(({ object, source }) => {
    const template = podTemplateOf(object);
    const found =
      template === undefined
        ? undefined
        : containersOf(template).find(({ container }) => container.image === reference);
    if (found === undefined) return [];
    const path = [...(podTemplatePath(object) ?? []), ...found.path, "image"];
    const place = source === undefined ? {} : { file: source.file, line: source.locate?.(path) ?? source.line };
    return [{ message: `${nameOf(object)}, container ${found.container.name}`, ...place }];
  });
}

/** `registry:5000/acme/server:v1@sha256:…` without tag and digest. */
function repositoryOf(reference: string): string {
  const [name = ""] = reference.split("@");
  const colon = name.lastIndexOf(":");
  return colon > name.lastIndexOf("/") ? name.slice(0, colon) : name;
}

function bareName(repository: string): string {
  return repository.slice(repository.lastIndexOf("/") + 1);
}
