import type { Problem } from "../../error.ts";
import type { Discovery } from "../../kubernetes/discovery.ts";
import type { Manifest } from "../../kubernetes/manifests/manifest.ts";
import type { KubernetesObject } from "../../kubernetes/object.ts";
import type { ReleaseObject } from "../../release/release-object.ts";
import { markAutoscaled } from "./autoscaled.ts";
import { hashConfiguration } from "./config-hash.ts";
import { pinImages } from "./images.ts";
import type { PinnedImages } from "./images.ts";
import { resolveKinds } from "./kinds.ts";
import { labelObjects } from "./labels.ts";
import { encodeSecretData } from "./secret-data.ts";

export interface PrepareOptions {
  readonly app: string;
  readonly namespace: string;
  readonly discovery: Discovery;
  readonly manifests: readonly Manifest[];
  /** Secrets made of inputs: they stand in no file. */
  readonly secrets: readonly KubernetesObject[];
  readonly images: PinnedImages;
  /** The autoscalers that its namespaces have already. */
  readonly autoscalers: readonly KubernetesObject[];
}

/** Makes a release of manifests: kinds and namespaces, images by digest, Secrets' data, labels, config hashes, autoscaled replicas. */
export function prepareRelease(options: PrepareOptions): { objects: ReleaseObject[]; problems: Problem[] } {
  const secrets = options.secrets.map((object) => ({ object }));
  const { objects, problems } = resolveKinds([...options.manifests, ...secrets], options);
  problems.push(...pinImages(objects, options.images));
  encodeSecretData(objects);
  labelObjects(objects, options.app);
  hashConfiguration(objects);
  return { objects: markAutoscaled(objects, options.autoscalers), problems };
}
