import { randomInt } from "node:crypto";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createExec } from "../../src/runner/exec.ts";
import { prepare } from "./engines.ts";
import { freePort } from "./free-port.ts";
import { Instance } from "./instance.ts";
import type { Variables } from "./unit.ts";

/** Where a cluster runs, and what is agreed with it beforehand. */
export interface Place {
  readonly folder: string;
  /** Where its NodePorts listen. */
  readonly nodeAddress: string;
  /** Of 127.0.0.1, which the cluster reaches: the cloud's registry listens there. */
  readonly cloudPort: number;
}

/** A world of real engines. */
export type EngineWorld = "control-plane" | "node";

/** Says where the clusters are that the files of a test run share, one for each of jest's workers. */
const variable = "SLIPWAY_SHARED_CLUSTERS";

/** For one who has it alone. */
export async function newPlace(nodeAddress = randomLoopback()): Promise<Place> {
  return { folder: await mkdtemp(join(tmpdir(), "slipway-engines-")), nodeAddress, cloudPort: await freePort() };
}

/** The one that this worker's files take turns in, if there is one. */
export function sharedPlace(): Place | undefined {
  const places = JSON.parse(process.env[variable] ?? "[]") as Place[];
  return places[Number(process.env.JEST_WORKER_ID) - 1];
}

/** Starts the engines of a place. They end with this process, whatever becomes of it. Resolves to what they tell. */
export async function startEngines(world: EngineWorld, place: Place, signal?: AbortSignal): Promise<Variables> {
  const instance = new Instance(place.folder);
  const ending = signal ?? new AbortController().signal;
  const { requests } = await prepare(world, {
    workshop: {
      tell: (line) => void process.stderr.write(`${line}\n`),
      exec: createExec({ env: process.env, signal: ending }),
    },
    nodeAddress: place.nodeAddress,
    registryPort: await instance.registryPort(),
    reach: [place.cloudPort],
  });
  let variables: Variables = {};
  for (const request of requests) {
    variables = { ...variables, ...(await instance.start(request, { stays: false, signal: ending })) };
  }
  return variables;
}

/** Ends what runs there. */
export function closePlace({ folder }: Place): Promise<void> {
  return new Instance(folder).close();
}

/** Starts a cluster for each of jest's workers. `env` tells them. */
export async function startSharedClusters(
  world: EngineWorld,
  { workers, signal }: { readonly workers: number; readonly signal: AbortSignal },
): Promise<{ readonly env: Record<string, string>; close(): Promise<void> }> {
  const places = await Promise.all(Array.from({ length: workers }, () => newPlace()));
  const close = async (): Promise<void> => {
    await Promise.all(places.map(closePlace));
  };
  try {
    // All of them, so that none is left on its way when another one fails.
    const started = await Promise.allSettled(places.map((place) => startEngines(world, place, signal)));
    for (const each of started) if (each.status === "rejected") throw each.reason;
    return { env: { [variable]: JSON.stringify(places) }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Of no sandbox's pods: these have addresses of 127.16.0.0 and above. */
function randomLoopback(): string {
  return `127.${randomInt(2, 16)}.${randomInt(0, 256)}.${randomInt(1, 255)}`;
}
