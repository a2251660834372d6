import { writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { RegistryClient } from "../../../src/registry/registry-client.ts";
import { systemClock } from "../../../src/runner/clock.ts";
import { Parts } from "../parts.ts";
import type { Unit, UnitOptions } from "../unit.ts";
import { pushImage } from "./base-layers.ts";
import type { BaseLayers } from "./base-layers.ts";

export interface RegistrySettings {
  /** The path of docker-registry. */
  readonly program: string;
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  readonly layers: BaseLayers;
}

/** What holds the namespaces of a pod on a real node: it sleeps. */
export const pauseImage = "slipway/pause:1";

/** Starts the distribution registry, empty but for what stands in for the official Node image and for Kubernetes' pause image. */
export async function startRegistry(settings: RegistrySettings, { folder, supervisor }: UnitOptions): Promise<Unit> {
  const { port, program, layers } = settings;
  const registry = `127.0.0.1:${port}`;
  const config = join(folder, "config.yml");
  await writeFile(config, configuration(folder, registry));
  const parts = new Parts(supervisor, join(folder, "logs"));
  await parts.start({ name: "docker-registry", file: program, args: ["serve", config] });
  await parts.until("answer of the registry", () => answers(`http://${registry}/v2/`), 20_000);
  const client = new RegistryClient({ registry, clock: systemClock, signal: new AbortController().signal, env: {} });
  const node = { layers: [layers.shell, layers.node], config: { Cmd: ["node"] } };
  await pushImage(node, { client, repository: "library/node", tag: "24-slim" });
  const pause = { layers: [layers.shell], config: { Entrypoint: ["/bin/sleep", String(2 ** 31 - 1)] } };
  const [repository = "", tag = ""] = pauseImage.split(":");
  await pushImage(pause, { client, repository, tag });
  client.close();
  return { variables: { REGISTRY: registry }, ended: parts.ended, close: () => Promise.resolve() };
}

function configuration(folder: string, address: string): string {
  return `version: 0.1
log: { accesslog: { disabled: true }, level: warn }
storage:
  filesystem: { rootdirectory: ${JSON.stringify(join(folder, "storage"))} }
  delete: { enabled: true }
http: { addr: ${address} }
`;
}

function answers(url: string): Promise<true> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      response.resume();
      resolve(true);
    }).on("error", reject);
  });
}
