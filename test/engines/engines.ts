import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import { prepareBuildKit } from "./buildkit/buildkit.ts";
import { unshareArguments } from "./cluster/cluster.ts";
import { kubernetesProgram, nodePrograms } from "./cluster/prepare.ts";
import type { Workshop } from "./programs/cache.ts";
import { debianPrograms } from "./programs/debian-programs.ts";
import { goProgram } from "./programs/go-program.ts";
import { makeBaseLayers } from "./registry/base-layers.ts";
import type { UnitName, Variables } from "./unit.ts";
import type { UnitRequest } from "./units.ts";

/** What a person asks for. Control plane and node run together, as one unit. */
export const engineNames = ["control-plane", "node", "buildkit", "registry", "act"] as const;
export type EngineName = (typeof engineNames)[number];

export function isEngineName(text: string): text is EngineName {
  return (engineNames as readonly string[]).includes(text);
}

/** Which unit an engine is part of; act has none: it is a program, and nothing runs. */
export function unitOf(engine: EngineName): UnitName | undefined {
  switch (engine) {
    case "control-plane":
    case "node":
      return "cluster";
    case "act":
      return undefined;
    default:
      return engine;
  }
}

export interface PrepareOptions {
  readonly workshop: Workshop;
  /** Where NodePorts listen. */
  readonly nodeAddress: string;
  /** Where the registry listens or will listen, on 127.0.0.1. */
  readonly registryPort: number;
  /** Further ports of 127.0.0.1 that the cluster has to reach: those of other registries. */
  readonly reach?: readonly number[];
}

/** What there is to start for an engine, and what there is to tell of it already. */
export interface Prepared {
  readonly requests: readonly UnitRequest[];
  readonly variables?: Variables;
}

/**
 * Builds or fetches what an engine needs and this machine does not have.
 * @throws SlipwayError that says what is missing
 */
export async function prepare(engine: EngineName, o: PrepareOptions): Promise<Prepared> {
  requireLinux(engine);
  switch (engine) {
    case "registry":
      return { requests: [await registryRequest(o)] };
    case "control-plane":
      await requireNamespaces(o.workshop);
      return { requests: [await clusterRequest(o)] };
    case "buildkit":
      requireRoot(engine);
      return { requests: [{ unit: "buildkit", settings: await prepareBuildKit(o.workshop) }] };
    case "act":
      return { requests: [], variables: { ACT: await actProgram(o.workshop) } };
    case "node":
      requireRoot(engine);
      await requireNamespaces(o.workshop);
      return { requests: [await registryRequest(o), await clusterRequest(o, "real")] };
  }
}

async function registryRequest({ workshop, registryPort: port }: PrepareOptions): Promise<UnitRequest> {
  const wanted = { name: "registry", packages: ["docker-registry"], programs: ["docker-registry"] };
  const program = (await debianPrograms(wanted, workshop)).path("docker-registry");
  return { unit: "registry", settings: { program, port, layers: await makeBaseLayers(workshop) } };
}

async function clusterRequest(o: PrepareOptions, node: "sandbox" | "real" = "sandbox"): Promise<UnitRequest> {
  const { workshop, nodeAddress, registryPort, reach = [] } = o;
  const program = await kubernetesProgram(workshop);
  const settings = { program, nodeAddress, reach: [registryPort, ...reach] };
  if (node === "sandbox") return { unit: "cluster", settings };
  return {
    unit: "cluster",
    settings: { ...settings, node: await nodePrograms(workshop, `127.0.0.1:${registryPort}`) },
  };
}

/** A runner for workflows, without Docker. */
function actProgram(workshop: Workshop): Promise<string> {
  const module = join(import.meta.dirname, "act");
  return goProgram({ name: "act", module, package: "github.com/nektos/act", takes: "a minute" }, workshop);
}

function requireRoot(engine: EngineName): void {
  if (process.getuid?.() === 0) return;
  throw new SlipwayError(`Cannot start ${engine} because it starts containers, which takes root`, {
    code: "configuration",
    hint: "Run it as root, or do without it.",
  });
}

/** A cluster lives in namespaces of its own: root may make them, and on most systems any user may. */
async function requireNamespaces({ exec }: Workshop): Promise<void> {
  const tried = await exec("unshare", [...unshareArguments(), "--", "ip", "link", "set", "lo", "up"]).catch(
    () => undefined,
  );
  if (tried?.exitCode === 0) return;
  const said = tried === undefined ? "there is no unshare" : tried.stderr.trim();
  throw new SlipwayError(`Cannot start a cluster because this user cannot make namespaces for it: got ${said}`, {
    code: "configuration",
    hint: "Run it as root, or let users make namespaces; unshare is of util-linux, ip of iproute2. Containers often forbid both.",
  });
}

function requireLinux(engine: EngineName): void {
  if (process.platform === "linux") return;
  throw new SlipwayError(`Cannot start ${engine} because it needs Linux: got ${process.platform}`, {
    code: "configuration",
    hint: "Run it in a virtual machine or in WSL. The sandbox (npm run sandbox) needs no more than Node.",
  });
}
