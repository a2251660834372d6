import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { MainRun } from "../../action-process.ts";
import { openWorld } from "../../scenarios/world.ts";
import type { World } from "../../scenarios/world.ts";
import { startBuildKit } from "../buildkit/start.ts";
import type { BuildKit } from "../buildkit/start.ts";

let world: World;
let buildkit: BuildKit;
beforeAll(async () => {
  [world, buildkit] = await Promise.all([openWorld(), startBuildKit()]);
});
afterAll(async () => {
  await Promise.all([world.close(), buildkit.stop()]);
});

/** Builds by BuildKit in front of the sandbox's registry, with a credential that its cloud gives out, and keeps the cache there. */
async function build(): Promise<MainRun> {
  const { cloudRegistry, digitaloceanToken } = world.outside;
  await world.write({
    "made/Dockerfile": `FROM ${world.image} AS base\nFROM base AS files\nCOPY made /app/made\nFROM base\nCOPY --from=files /app /app\n`,
    "made/made": "once",
  });
  const run = await world.act(
    "build-push",
    {
      registry: cloudRegistry,
      "digitalocean-token": digitaloceanToken,
      images: JSON.stringify([{ name: "made", context: "made" }]),
      builder: "docker",
      provenance: "mode=max",
      cache: `type=registry,ref=${cloudRegistry}/cache,mode=max`,
      tags: "type=raw,value=one",
    },
    { env: { ...buildkit.env, SOURCE_DATE_EPOCH: "1767323045" } },
  );
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toMatchObject({ outcome: "succeeded" });
  return run;
}

describe("BuildKit in front of the sandbox's registry", () => {
  it("pulls, pushes an image with its provenance, and keeps a cache there that the next build uses", async () => {
    const first = await build();
    expect(JSON.parse(first.outputs.tags ?? "")).toEqual({ made: [`${world.outside.cloudRegistry}/made:one`] });
    const second = await build();
    expect(`${second.stdout}${second.stderr}`).toMatch(/CACHED/);
    expect((await second.post()).exitCode).toBe(0);
  });
});
