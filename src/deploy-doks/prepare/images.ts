import { SlipwayError } from "../../error.ts";
import type { Problem } from "../../error.ts";
import { isCustom } from "../../kubernetes/pod-template.ts";
import { parseReference } from "../../registry/reference.ts";
import type { ImageReference } from "../../registry/reference.ts";
import { placeAt } from "../../release/server-problems.ts";
import type { ReleaseObject } from "../../release/release-object.ts";
import { nearest } from "../../runner/nearest.ts";
import { imageFieldsOf } from "./image-fields.ts";
import type { ImageField } from "./image-fields.ts";

/** From the input `images`: the name build-push gave it, to `registry/name@sha256:…`. */
export type PinnedImages = Readonly<Record<string, string>>;

interface Entry {
  readonly name: string;
  readonly pinned: string;
  readonly repository: string;
  /** Registry and namespace, the part of the repository that other images of the same owner share; "" where it is nobody's. */
  readonly home: string;
}

/** A field that names an image, with its place in the user's files. */
interface Use extends Omit<ImageField, "image"> {
  readonly reference: ImageReference;
  readonly repository: string;
  /** Reads the file again: for messages only. */
  readonly place: () => Pick<Problem, "file" | "line">;
}

/**
 * Pins every image whose repository, or whose bare name, is that of an entry to the entry's digest. Objects are changed in place.
 * Problems are: an entry that nothing uses, since the image that was just built would not run anywhere; an image beside the entries'
 * own that no entry pins, since it would run whatever its tag says by then; and what is no image's name at all.
 */
export function pinImages(objects: readonly ReleaseObject[], images: PinnedImages): Problem[] {
  const entries = Object.entries(images).map(([name, pinned]) => entryOf(name, pinned));
  const { uses, problems } = usesIn(objects);
  const unused = new Set(entries);
  for (const use of uses) {
    const entry =
      entries.find((each) => each.repository === use.repository) ?? entries.find((each) => isBare(each, use));
    if (entry !== undefined) {
      use.pin(entry.pinned);
      unused.delete(entry);
    } else problems.push(...unpinned(use, entries));
  }
  return [...problems, ...[...unused].map((entry) => describeUnused(entry, uses))];
}

function entryOf(name: string, pinned: string): Entry {
  const repository = repositoryOf(parseReference(pinned));
  const home = repository.endsWith(`/${name}`) ? repository.slice(0, -name.length - 1) : parentOf(repository);
  // Docker's own library is everybody's.
  return { name, pinned, repository, home: home === "docker.io/library" ? "" : home };
}

function usesIn(objects: readonly ReleaseObject[]): { uses: Use[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const uses = objects.flatMap((released) =>
    imageFieldsOf(released.object).flatMap(({ image, ...field }): Use[] => {
      const place = (): ReturnType<Use["place"]> => placeAt(released, field.path);
      try {
        const reference = parseReference(image);
        return [{ ...field, reference, repository: repositoryOf(reference), place }];
      } catch (error) {
        if (!(error instanceof SlipwayError)) throw error;
        // What a custom resource calls its image may be something else altogether.
        if (isCustom(released.object)) return [];
        const hint = error.hint === undefined ? {} : { hint: error.hint };
        problems.push({ message: `${field.where}: ${error.message}`, ...hint, ...place() });
        return [];
      }
    }),
  );
  return { uses, problems };
}

/** Whether the image is written as an entry's bare name, in whatever repository. */
function isBare({ name }: Entry, { repository }: Use): boolean {
  return repository.endsWith(`/${name}`);
}

/** An image of the same owner as the entries', by a tag. With a digest it is exact already. */
function unpinned(use: Use, entries: readonly Entry[]): Problem[] {
  const home = entries.find((entry) => entry.home !== "" && use.repository.startsWith(`${entry.home}/`))?.home;
  if (home === undefined || use.reference.digest !== undefined) return [];
  const similar = nearest(lastPart(use.repository), new Set(entries.map(({ name }) => name)));
  const meant = similar === undefined ? "" : `Did you mean "${similar}"? Else `;
  const add = `${meant === "" ? "A" : "a"}dd it to the input "images", or write it with its digest`;
  const message = `${use.where}: no entry of "images" pins ${use.repository}, though it is in ${home} as those are`;
  return [{ message, hint: `${meant}${add}: a tag may be another image tomorrow.`, ...use.place() }];
}

function describeUnused({ name }: Entry, uses: readonly Use[]): Problem {
  const names = new Map(uses.map((use) => [lastPart(use.repository), use]));
  const similar = nearest(name, new Set(names.keys()));
  const message = `images: no container of the manifests uses the image "${name}"`;
  if (similar !== undefined) return { message, hint: `did you mean "${similar}"?`, ...names.get(similar)?.place() };
  return { message, hint: `the images there are ${[...names.keys()].sort().join(", ") || "none"}` };
}

/** Which objects and lines use a reference, once it is pinned: for messages about an image. */
export function placesOf(reference: string, objects: readonly ReleaseObject[]): Problem[] {
  return objects.flatMap((released) => {
    const found = imageFieldsOf(released.object).find(({ image }) => image === reference);
    return found === undefined ? [] : [{ message: found.where, ...placeAt(released, found.path) }];
  });
}

function repositoryOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
