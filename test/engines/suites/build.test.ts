import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Digest } from "../../../src/registry/reference.ts";
import { RegistryClient } from "../../../src/registry/registry-client.ts";
import { systemClock } from "../../../src/runner/clock.ts";
import type { MainRun } from "../../action-process.ts";
import { deployment, service } from "../../scenarios/manifest-text.ts";
import { openWorld, until } from "../../scenarios/world.ts";
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

/** Answers with what the build has put into the image. */
const server = `const { readFileSync } = require("node:fs");
require("node:http").createServer((q, s) => s.end(readFileSync("/app/made"))).listen(8080, process.env.HOST);
`;

/** Needs no RUN, so that both builders can build it. */
const plain = (base: string): string => `FROM ${base} AS base
FROM base
ARG WORD=none
ENV WORD=\${WORD}
WORKDIR /app
COPY --chmod=644 server.cjs made ./
USER 1000:1000
EXPOSE 8080
CMD ["node", "server.cjs"]
`;

const compiled = (base: string): string => `FROM ${base} AS build
WORKDIR /src
COPY made .
RUN --mount=type=secret,id=token test -s /run/secrets/token && cat made > out && echo " twice" >> out
${plain(base)}COPY --from=build /src/out made
`;

const secret = "of-the-build";

/** What is built of the files in `context`, by one of the two builders. */
async function build(context: string, inputs: Readonly<Record<string, string>>): Promise<MainRun> {
  const image = { name: "made", context, "build-args": { WORD: "hello" }, secrets: { token: "TOKEN" } };
  const images = JSON.stringify([inputs.builder === "direct" ? { ...image, secrets: undefined } : image]);
  const registry = `${world.outside.registry}/acme`;
  const env = { ...buildkit.env, TOKEN: secret, SOURCE_DATE_EPOCH: "1767323045" };
  const run = await world.act("build-push", { registry, images, provenance: "false", ...inputs }, { env });
  expect(run.annotations).toEqual([]);
  expect(run.outputs).toMatchObject({ outcome: "succeeded" });
  expect((await run.post()).exitCode).toBe(0);
  return run;
}

async function write(context: string, dockerfile: string): Promise<void> {
  const files = { Dockerfile: dockerfile, "server.cjs": server, made: "once" };
  await world.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${context}/${name}`, text])));
}

/** What users see of the image once it is deployed. */
async function answerOf({ outputs }: MainRun, { name, nodePort }: { name: string; nodePort: number }): Promise<string> {
  const script = 'require("/app/server.cjs")';
  const objects = [deployment({ image: "made", script }), service("web", nodePort)];
  const run = await world.app(name).deploy(objects, { images: outputs.images ?? "" });
  expect(run.annotations).toEqual([]);
  const url = `http://${world.outside.nodeAddress}:${nodePort}`;
  // A pod without a probe is ready before its program listens.
  const answer = (): Promise<string | undefined> =>
    fetch(url).then(
      (response) => response.text(),
      () => undefined,
    );
  return until("answer", answer);
}

/** An image's config, and the digests of its layers' contents. */
async function readImage({ outputs }: MainRun): Promise<{ config: unknown; layers: readonly string[] }> {
  const { registry } = world.outside;
  const { made = "" } = JSON.parse(outputs.digests ?? "{}") as Record<string, string>;
  const client = new RegistryClient({ registry, clock: systemClock, signal: new AbortController().signal, env: {} });
  try {
    const manifest = await client.readManifest("acme/made", made);
    const { config } = JSON.parse(manifest.bytes.toString()) as { config: { digest: Digest; size: number } };
    const text = await buffer(client.readBlob("acme/made", config));
    const image = JSON.parse(text.toString()) as { config: unknown; rootfs: { diff_ids: string[] } };
    return { config: image.config, layers: image.rootfs.diff_ids };
  } finally {
    client.close();
  }
}

describe("build-push", () => {
  it("builds with BuildKit what a node pulls and runs, and keeps the build's secret out of it", async () => {
    await write("with-run", compiled(world.image));
    const run = await build("with-run", { builder: "docker", provenance: "mode=max" });
    expect(`${run.stdout}${run.stderr}${run.summary}`).not.toContain(secret);
    expect(await answerOf(run, { name: "compiled", nodePort: 30_091 })).toBe("once twice\n");
  });

  it("assembles without a daemon what a node pulls and runs", async () => {
    await write("without-run", plain(world.image));
    const run = await build("without-run", { builder: "direct" });
    expect(await answerOf(run, { name: "assembled", nodePort: 30_092 })).toBe("once");
  });

  it("makes the same layers and config of one Dockerfile, whichever builds it", async () => {
    await write("both", plain(world.image));
    const [direct, docker] = [await build("both", { builder: "direct" }), await build("both", { builder: "docker" })];
    expect(await readImage(direct)).toEqual(await readImage(docker));
  });

  it("gives one digest for one source", async () => {
    await write("again", compiled(world.image));
    const first = await build("again", { builder: "docker", cache: "off" });
    const second = await build("again", { builder: "docker", cache: "off" });
    expect(second.outputs.digests).toBe(first.outputs.digests);
  });
});
