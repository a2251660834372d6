import { join } from "node:path";
import { formatDuration } from "../src/runner/duration.ts";
import { median } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { countOf, difference, openStage } from "./stage.ts";
import type { MeasuredRun, Stage } from "./stage.ts";

export const title = "build: the example's two images by `builder: direct`, nothing changed since the last time";

const rounds = 9;
const workspace = join(import.meta.dirname, "../examples/backstage");

export async function measure(): Promise<Figure[]> {
  const stage = await openStage();
  try {
    const first = await build(stage);
    const before = await stage.sandbox.registryCounts();
    const runs: MeasuredRun[] = [];
    for (let round = 0; round < rounds; round++) runs.push(await build(stage));
    const counts = difference(await stage.sandbox.registryCounts(), before);
    const wall = median(runs.map(({ wallMs }) => wallMs));
    const processor = median(runs.map(({ usage }) => usage.processorMs));
    const uploads = Object.entries(counts).filter(([kind]) => kind.includes(" upload "));
    const blobs = uploads.reduce((sum, [, count]) => sum + count, 0);
    const requests = countOf(counts, "") / rounds;
    return [
      {
        name: "whole process",
        value: wall,
        unit: "milliseconds",
        atMost: 1_000,
        note: `the first time ${formatDuration(first.wallMs)}; processor time ${formatDuration(processor)}`,
      },
      {
        name: "uploads begun",
        value: blobs,
        unit: "blobs",
        atMost: 0,
        note: `${requests.toFixed(0)} requests to the registry`,
      },
    ];
  } finally {
    await stage.close();
  }
}

function build(stage: Stage): Promise<MeasuredRun> {
  const { registry, digitaloceanToken } = stage.sandbox;
  const image = (name: string, dockerfile: string): string =>
    `- name: ${name}\n  context: backend\n  dockerfile: backend/${dockerfile}\n  build-args: { BASE: "${registry}/library/node:24-slim" }`;
  return stage.act({
    action: "build-push",
    workspace,
    inputs: {
      registry: `${registry}/sandbox`,
      "digitalocean-token": digitaloceanToken,
      builder: "direct",
      images: [image("backstage-server", "Dockerfile.server"), image("backstage-auth", "Dockerfile.auth")].join("\n"),
    },
  });
}
