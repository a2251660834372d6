import type { Digest } from "../registry/reference.ts";
import { normalise, type Platform } from "./platform.ts";

/** How a container of the image starts. Names as in the OCI image specification and Docker's extension of it. */
export interface RuntimeConfig {
  User?: string;
  ExposedPorts?: Record<string, object>;
  Env?: string[];
  Entrypoint?: string[] | undefined;
  Cmd?: string[] | undefined;
  Volumes?: Record<string, object>;
  WorkingDir?: string;
  Labels?: Record<string, string>;
  StopSignal?: string;
  ArgsEscaped?: boolean;
  Healthcheck?: {
    Test?: string[];
    Interval?: number;
    Timeout?: number;
    StartPeriod?: number;
    StartInterval?: number;
    Retries?: number;
  };
  OnBuild?: string[];
  Shell?: string[];
}

export interface History {
  readonly created?: string;
  readonly created_by?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly empty_layer?: boolean;
}

/** An image's config document. */
export interface ImageConfig {
  created?: string;
  author?: string;
  readonly architecture: string;
  readonly os: string;
  readonly "os.version"?: string;
  readonly "os.features"?: string[];
  readonly variant?: string;
  readonly config: RuntimeConfig;
  readonly rootfs: { readonly type: "layers"; readonly diff_ids: Digest[] };
  readonly history: History[];
}

/** A config that somebody else made. */
export type ForeignConfig = Pick<ImageConfig, "architecture" | "os"> & Partial<ImageConfig>;

export const defaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** What FROM scratch starts with. */
export function emptyConfig({ os, architecture, variant }: Platform): ImageConfig {
  return {
    architecture,
    os,
    ...(variant === undefined ? {} : { variant }),
    config: { WorkingDir: "/", Env: [defaultPath] },
    rootfs: { type: "layers", diff_ids: [] },
    history: [],
  };
}

/** What FROM an image starts with: what is known of its config, with a PATH in any case. What older builders left in it is left out. */
export function configOf(document: ForeignConfig): ImageConfig {
  const { author, architecture, os, variant, rootfs } = document;
  const runtime = Object.fromEntries(Object.entries(document.config ?? {}).filter(([key]) => runtimeKeys.has(key)));
  const config = structuredClone(runtime) as RuntimeConfig;
  if (!config.Env?.some((pair) => pair.startsWith("PATH="))) config.Env = [...(config.Env ?? []), defaultPath];
  return {
    ...(author === undefined ? {} : { author }),
    ...normalise({ os, architecture, ...(variant === undefined ? {} : { variant }) }),
    ...(document["os.version"] === undefined ? {} : { "os.version": document["os.version"] }),
    ...(document["os.features"] === undefined ? {} : { "os.features": document["os.features"] }),
    config,
    rootfs: { type: "layers", diff_ids: [...(rootfs?.diff_ids ?? [])] },
    history: [...(document.history ?? [])],
  };
}

const runtimeKeys: ReadonlySet<string> = new Set<keyof RuntimeConfig>([
  "User",
  "ExposedPorts",
  "Env",
  "Entrypoint",
  "Cmd",
  "Volumes",
  "WorkingDir",
  "Labels",
  "StopSignal",
  "ArgsEscaped",
  "Healthcheck",
  "OnBuild",
  "Shell",
]);

/** The bytes of a config. Equal configs have equal bytes: maps are in the order of their keys, and what is empty is left out. */
export function encodeConfig(image: ImageConfig, epoch: number): Buffer {
  const { config, history, rootfs, ...rest } = image;
  const lasting = history.map((entry) => ({ ...entry, created: entry.created ?? isoTime(epoch) }));
  const created = lasting.at(-1)?.created ?? isoTime(epoch);
  return Buffer.from(
    JSON.stringify(sorted({ ...rest, created, config: withoutEmpty(config), rootfs, history: lasting })),
  );
}

/** A time as RFC 3339 has it, without parts of seconds. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function withoutEmpty(config: RuntimeConfig): RuntimeConfig {
  const isEmpty = (value: unknown): boolean =>
    value === "" ||
    value === 0 ||
    value === false ||
    (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined && !isEmpty(value)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
