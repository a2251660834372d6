import type { Traffic } from "../image/push-image.ts";
import type { Digest } from "../registry/reference.ts";
import type { ImagePlan } from "./plan.ts";

/** An image that was built and, unless the build only checks, is in its repository under its digest. */
export interface BuiltImage {
  readonly plan: ImagePlan;
  readonly digest: Digest;
  /** Bytes that a node has to fetch for one platform. Unknown for what Docker built and did not push. */
  readonly size?: number;
  readonly layers?: number;
  /** What was sent; unknown for what Docker pushed. */
  readonly traffic?: Traffic;
  readonly durationMs: number;
}

/** Builds one image, and pushes it by digest unless the build only checks. */
export type Build = (plan: ImagePlan) => Promise<Omit<BuiltImage, "plan" | "durationMs">>;

/** `registry/repository@sha256:…` */
export function pinned({ plan, digest }: Pick<BuiltImage, "plan" | "digest">): string {
  return `${plan.registry}/${plan.repository}@${digest}`;
}
