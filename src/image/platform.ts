import { SlipwayError } from "../error.ts";

/** What an image runs on, normalised: `linux`, `arm64`, and a variant only where it is not the usual one. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

const architectures: Readonly<Record<string, string>> = {
  x86_64: "amd64",
  "x86-64": "amd64",
  aarch64: "arm64",
  armhf: "arm",
  i386: "386",
};

/** Reads `linux/arm64/v8`. @throws SlipwayError `configuration` where it is no platform. */
export function parsePlatform(text: string): Platform {
  const [os = "", architecture = "", variant = "", ...more] = text.toLowerCase().split("/");
  if (
    !/^[a-z0-9]+$/.test(os) ||
    !/^[a-z0-9_-]+$/.test(architecture) ||
    !/^[a-z0-9.]*$/.test(variant) ||
    more.length > 0
  ) {
    throw new SlipwayError(`"${text}" is not a platform`, {
      code: "configuration",
      hint: "Write it like linux/amd64 or linux/arm64.",
    });
  }
  return normalise({ os, architecture, variant });
}

/** The form in which equal platforms look alike (containerd/platforms). */
export function normalise(platform: {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}): Platform {
  const architecture = architectures[platform.architecture] ?? platform.architecture;
  const variant = usualVariant(architecture, (platform.variant ?? "").replace(/^(?=\d)/, "v"));
  return { os: platform.os, architecture, ...(variant === "" ? {} : { variant }) };
}

function usualVariant(architecture: string, variant: string): string {
  if (architecture === "arm") return variant === "" ? "v7" : variant;
  const usual: Readonly<Record<string, string>> = { arm64: "v8", amd64: "v1" };
  return usual[architecture] === variant ? "" : variant;
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return `${os}/${architecture}${variant === undefined ? "" : `/${variant}`}`;
}

/**
 * Of `offered` the one that runs on `wanted` and makes the most of it: the same, else the newest older variant (arm/v6 on arm/v7).
 */
export function bestFor<T extends { readonly platform: Platform }>(
  wanted: Platform,
  offered: readonly T[],
): T | undefined {
  const limit = version(wanted);
  return offered
    .filter(({ platform }) => platform.os === wanted.os && platform.architecture === wanted.architecture)
    .filter(({ platform }) => version(platform) <= limit)
    .reduce<T | undefined>(
      (best, one) => (best && version(best.platform) >= version(one.platform) ? best : one),
      undefined,
    );
}

function version({ architecture, variant }: Platform): number {
  const usual: Readonly<Record<string, string>> = { arm64: "v8", amd64: "v1" };
  return Number((variant ?? usual[architecture] ?? "v0").slice(1));
}
