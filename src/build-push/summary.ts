import type { Outcome, Problem, SlipwayError } from "../error.ts";
import { code, table } from "../report/markdown.ts";
import { outcomeHeading } from "../report/outcome-heading.ts";
import { problemList } from "../report/problem-list.ts";
import { formatDuration } from "../runner/duration.ts";
import { pinned } from "./built-image.ts";
import type { TaggedImage } from "./push-tags.ts";

/** How the step ended. */
export interface BuildStep {
  readonly outcome: Outcome;
  readonly durationMs: number;
  readonly push: boolean;
}

/** What was built, for the job summary. */
export function buildSummary(step: BuildStep, images: readonly TaggedImage[]): string {
  const headers = ["Image", step.push ? "Tags" : "Tags it would get", "Digest", "Size", "Layers", "Time"];
  const rows = images.map((image) => [
    code(image.plan.name),
    image.tags.map(code).join(" "),
    code(shortDigest(image.digest)),
    image.size === undefined ? "" : formatSize(image.size),
    layersText(image),
    formatDuration(image.durationMs),
  ]);
  const names = images.map((image) => `- ${code(pinned(image))}`);
  return [headingOf(step), table(headers, rows), ...(step.push ? [names.join("\n")] : [])].join("\n\n");
}

/** Why nothing was built, or nothing was tagged. */
export function failureSummary(step: BuildStep, error: SlipwayError): string {
  const { message, hint, problems } = error;
  const shown: readonly Problem[] =
    problems.length > 0 ? problems : [{ message, ...(hint === undefined ? {} : { hint }) }];
  return [headingOf(step), problemList(shown)].join("\n\n");
}

function headingOf(step: BuildStep): string {
  return outcomeHeading({ ...step, title: step.push ? "Build and push" : "Build, not pushed" });
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
