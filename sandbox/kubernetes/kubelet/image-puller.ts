import { STATUS_CODES } from "node:http";
import { SlipwayError } from "../../../src/error.ts";
import { registryUrl } from "../../../src/registry/address.ts";
import type { Credentials } from "../../../src/registry/access.ts";
import { manifestName, parseReference } from "../../../src/registry/reference.ts";
import type { ImageReference } from "../../../src/registry/reference.ts";
import { RegistryError } from "../../../src/registry/registry-error.ts";
import { goDuration } from "./back-off.ts";
import type { BackOff } from "./back-off.ts";
import { ContainerError } from "./container-error.ts";
import type { Image, ImageSource, ImageStore } from "./image-store.ts";
import type { Container } from "./pod.ts";
import { systemErrorCode } from "../system-error.ts";

export type Tell = (type: "Normal" | "Warning", reason: string, message: string) => void;

export interface EnsureImageOptions {
  readonly container: Container;
  /** Keeps the back-off of one pod apart from that of others. */
  readonly pod: string;
  readonly credentials: (reference: ImageReference) => Promise<readonly Credentials[]>;
  readonly tell: Tell;
}

export interface ImagePullerOptions {
  readonly store: ImageStore;
  readonly backOff: BackOff;
  readonly source: (registry: string, credentials: Credentials | undefined) => ImageSource & { close(): void };
}

/** Gets containers their images as their pull policy says, with the events and the back-off of the kubelet's image manager. */
export class ImagePuller {
  readonly #options: ImagePullerOptions;
  readonly #lastErrors = new Map<string, string>();

  constructor(options: ImagePullerOptions) {
    this.#options = options;
  }

  /** @throws ContainerError */
  async ensure(o: EnsureImageOptions): Promise<Image> {
    const { container, tell } = o;
    const reference = readReference(container.image, tell);
    const present = this.#options.store.find(reference);
    if (present !== undefined && container.imagePullPolicy !== "Always") {
      tell("Normal", "Pulled", `Container image "${container.image}" already present on machine`);
      return present;
    }
    if (container.imagePullPolicy === "Never") {
      const message = `Container image "${tagged(container.image)}" is not present with pull policy of Never`;
      tell("Warning", "ErrImageNeverPull", message);
      throw new ContainerError("ErrImageNeverPull", message);
    }
    return this.#pull(reference, o);
  }

  async #pull(reference: ImageReference, o: EnsureImageOptions): Promise<Image> {
    const image = tagged(o.container.image);
    const key = `${o.pod}_${image}`;
    const { backOff } = this.#options;
    const lastTry = backOff.updatedAt(key);
    if (lastTry !== undefined && backOff.holds(key, { failedAt: lastTry, now: Date.now() })) {
      const message = `Back-off pulling image "${image}"`;
      o.tell("Normal", "BackOff", message);
      throw new ContainerError("ImagePullBackOff", `${message}: ${this.#lastErrors.get(key) ?? ""}`);
    }
    o.tell("Normal", "Pulling", `Pulling image "${image}"`);
    const start = Date.now();
    try {
      const pulled = await this.#pullWithAny(reference, await o.credentials(reference));
      const took = goDuration(Date.now() - start);
      const size = `Image size: ${pulled.size} bytes.`;
      o.tell(
        "Normal",
        "Pulled",
        `Successfully pulled image "${image}" in ${took} (${took} including waiting). ${size}`,
      );
      return pulled;
    } catch (error) {
      const message = pullProblem(image, reference, error);
      o.tell("Warning", "Failed", `Failed to pull image "${image}": ${message}`);
      backOff.next(key, { failedAt: Date.now(), now: Date.now() });
      this.#lastErrors.set(key, `ErrImagePull: ${message}`);
      throw new ContainerError("ErrImagePull", message);
    }
  }

  /** Every credential is tried, as the kubelet does; without any, the registry is asked as nobody. */
  async #pullWithAny(reference: ImageReference, credentials: readonly Credentials[]): Promise<Image> {
    let refusal: unknown;
    for (const each of credentials.length === 0 ? [undefined] : credentials) {
      const source = this.#options.source(reference.registry, each);
      try {
        return await this.#options.store.pull(reference, source);
      } catch (error) {
        refusal = error;
      } finally {
        source.close();
      }
    }
    throw refusal;
  }
}

function readReference(image: string, tell: Tell): ImageReference {
  try {
    return parseReference(image);
  } catch {
    const isCase = canParse(image.toLowerCase());
    const rule = isCase ? `: repository name (${image.replace(/[:@].*$/, "")}) must be lowercase` : "";
    const problem = `couldn't parse image name "${image}": invalid reference format${rule}`;
    const message = `Failed to apply default image tag "${image}": ${problem}`;
    tell("Warning", "InspectFailed", message);
    throw new ContainerError("InvalidImageName", message);
  }
}

function canParse(image: string): boolean {
  try {
    parseReference(image);
    return true;
  } catch {
    return false;
  }
}

function tagged(image: string): string {
  const { tag, digest } = parseReference(image);
  return tag === undefined && digest === undefined ? `${image}:latest` : image;
}

/** A failed pull in the words of containerd, which is what users find in their events. */
function pullProblem(image: string, reference: ImageReference, error: unknown): string {
  const resolving = `failed to pull and unpack image "${image}": failed to resolve reference "${image}"`;
  const name = manifestName(reference);
  const url = `${registryUrl(reference.registry).href}v2/${reference.repository}/manifests/${name}`;
  if (error instanceof RegistryError) {
    const status = `${error.status} ${STATUS_CODES[error.status] ?? ""}`.trim();
    if (error.status === 404) return `rpc error: code = NotFound desc = ${resolving}: ${image}: not found`;
    if (error.status !== 401 && error.status !== 403)
      return `${resolving}: unexpected status from HEAD request to ${url}: ${status}`;
    const [, reason] = /\berror="([^"]*)"/.exec(error.challenge ?? "") ?? [];
    // The registry has given a token to whoever asks, but this image to nobody.
    if (reason !== undefined)
      return `${resolving}: pull access denied, repository does not exist or may require authorization: server message: ${reason}: authorization failed`;
    return `${resolving}: pulling from host ${reference.registry} failed with status code [manifests ${name}]: ${status}`;
  }
  const cause = error instanceof SlipwayError ? error.cause : undefined;
  if (systemErrorCode(cause) === "ECONNREFUSED") {
    return `${resolving}: failed to do request: Head "${url}": dial tcp ${reference.registry}: connect: connection refused`;
  }
  return `failed to pull and unpack image "${image}": ${error instanceof Error ? error.message : String(error)}`;
}
