import type { ScriptedFault } from "../sandbox/faults.ts";
import { sandboxProcess } from "./sandbox-process.ts";

/**
 * Where scenarios play. `sandbox`: all of it is the sandbox. `control-plane`: a real control plane whose node is the sandbox's kubelet.
 * `node`: a real control plane and a real node, which pulls from a real registry.
 */
export const worlds = ["sandbox", "control-plane", "node"] as const;
export type WorldName = (typeof worlds)[number];

/** What lies around the actions in a scenario: a cluster, a registry and a cloud. */
export interface Outside {
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  /** `host:port`; holds `library/node:24-slim`. */
  readonly registry: string;
  /** `host:port/namespace` of the cloud's own registry, which gives nothing to strangers; on the sandbox a part of `registry`. */
  readonly cloudRegistry: string;
  /** The cloud's API, which knows the cluster as `sandbox`. */
  readonly digitaloceanApiUrl: string;
  readonly digitaloceanToken: string;
  /** Where NodePorts listen. */
  readonly nodeAddress: string;
  /** Resolves when no namespace of this name is left over from an earlier file. */
  untilNamespaceIsFree(name: string): Promise<void>;
  addFault(fault: ScriptedFault): Promise<void>;
  clearFaults(): Promise<void>;
  /** Makes the API server forget its history, so that a watch which resumes is answered 410. */
  compact(): Promise<void>;
  /** Cuts every connection to the API server, watches too. */
  disconnect(): Promise<void>;
  /** How many requests came to each service by which method, such as `kubernetes PATCH`. */
  requestCounts(): Promise<Readonly<Record<string, number>>>;
  /** Resolves when it is gone though nobody has stopped it. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** The world that SLIPWAY_WORLD names; the sandbox, if nothing does. */
export const worldName: WorldName = readWorldName(process.env.SLIPWAY_WORLD ?? "");

/** Starts what the scenarios of one file play in. `nodeAddress` is a random one of loopback, if not given. */
export async function openOutside(options: { readonly nodeAddress?: string } = {}): Promise<Outside> {
  if (worldName === "sandbox") {
    const sandbox = await sandboxProcess(options);
    const ended = new Promise<void>((resolve) => sandbox.process.once("exit", () => resolve()));
    const untilNamespaceIsFree = (): Promise<void> => Promise.resolve();
    return { ...sandbox, ended, untilNamespaceIsFree, cloudRegistry: `${sandbox.registry}/sandbox` };
  }
  // Real engines are heavy: nobody else loads what starts them.
  const { openEngines } = await import("./engines/outside.ts");
  return openEngines(worldName, options);
}

function readWorldName(given: string): WorldName {
  const known = worlds.find((world) => world === given);
  if (known !== undefined || given === "") return known ?? "sandbox";
  throw new Error(`SLIPWAY_WORLD is one of ${worlds.join(", ")}: got ${given}`);
}
