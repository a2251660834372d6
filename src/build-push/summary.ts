import type { Outcome } from "../error.ts";
import { code, escapeMarkdown, table } from "../report/markdown.ts";
import { outcomeHeading } from "../report/outcome-heading.ts";
import { formatDuration } from "../runner/duration.ts";
import { pinned } from "./built-image.ts";
import type { TaggedImage } from "./push-tags.ts";

export interface BuildReport {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly builder: string;
  readonly push: boolean;
  readonly images: readonly TaggedImage[];
}

/** What was built, for the job summary. */
export function buildSummary(report: BuildReport): string {
  const { images, push } = report;
  const title = push ? "Build and push" : "Build, not pushed";
  const rows = images.map((image) => [
    code(image.plan.name),
    image.tags.map(code).join(" "),
    code(shortDigest(image.digest)),
    image.size === undefined ? "" : formatSize(image.size),
    layersText(image),
    formatDuration(image.durationMs),
  ]);
  const headers = ["Image", push ? "Tags" : "Tags it would get", "Digest", "Size", "Layers", "Time"];
  const pull = images.map((image) => `- ${escapeMarkdown(image.plan.name)}: ${code(pinned(image))}`);
  return [outcomeHeading({ ...report, title }), table(headers, rows), ...(push ? [pull.join("\n")] : [])].join("\n\n");
}

/** Enough of a digest to tell it from others. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha\d+:/, "").slice(0, 12);
}

/** Bytes as a person reads them: "512 B", "24.6 kB", "130 MB". */
export function formatSize(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ""}`;
}

/** How much was sent: the part of a build that takes the network's time. */
export function layersText({ layers, traffic }: Pick<TaggedImage, "layers" | "traffic">): string {
  if (layers === undefined) return "";
  if (traffic === undefined) return `${layers}`;
  const { uploaded, reused, uploadedBytes } = traffic;
  if (uploaded === 0) return `${reused} reused`;
  return `${uploaded} uploaded (${formatSize(uploadedBytes)})${reused === 0 ? "" : `, ${reused} reused`}`;
}
