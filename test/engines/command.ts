import { SlipwayError } from "../../src/error.ts";
import { formatDuration } from "../../src/runner/duration.ts";
import { createExec } from "../../src/runner/exec.ts";
import { removeCgroups } from "./cluster/cgroup.ts";
import { engineNames, isEngineName, prepare, unitOf } from "./engines.ts";
import type { EngineName, PrepareOptions } from "./engines.ts";
import { checkoutInstance } from "./instance.ts";
import type { Instance } from "./instance.ts";
import { unitNames } from "./unit.ts";
import type { UnitName, Variables } from "./unit.ts";
import type { UnitRequest } from "./units.ts";

const help = `Usage: npm run engines -- up|down|status [${engineNames.join("] [")}]

Real software in place of the sandbox, on this machine's loopback. What is missing is built or fetched into
the user's cache, which takes minutes the first time and nothing later. Without names: all of it.

  control-plane  etcd, API server, controllers and scheduler of Kubernetes, with the sandbox's kubelet as node
  node           in its place containerd, kubelet and kube-proxy; needs root
  buildkit       buildkitd and buildx; needs root
  registry       the distribution registry
  act            a runner for workflows

up      starts them and prints KUBECONFIG=… and the like, for a shell; they stay until "down"
down    stops them and leaves nothing behind but the cache
status  says which are up, and prints the same lines
`;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const [verb = "help", ...given] = process.argv.slice(2);
  const names = given.filter(isEngineName);
  const unknown = given.find((name) => !isEngineName(name));
  if (unknown !== undefined || !["up", "down", "status"].includes(verb)) {
    tell(unknown === undefined ? help : `There is no engine ${unknown}.\n\n${help}`);
    process.exitCode = verb.endsWith("help") ? 0 : 2;
    return;
  }
  if (verb === "up") await up(names);
  else if (verb === "down") await down(names);
  else await status(names);
}

async function up(names: readonly EngineName[]): Promise<void> {
  const { signal } = stopOnSignals();
  const exec = createExec({ env: process.env, signal });
  const instance = checkoutInstance();
  const started: UnitName[] = [];
  try {
    const registryPort = await instance.registryPort();
    const prepared = await prepareAll(names, { workshop: { tell, exec }, nodeAddress: "127.0.0.1", registryPort });
    print(prepared.variables);
    for (const request of prepared.requests) {
      const { unit } = request;
      const isUp = (await instance.variables(unit)) !== undefined;
      const begin = performance.now();
      if (!isUp) started.push(unit);
      print(await instance.start(request, { stays: true, signal }));
      tell(isUp ? `${unit}: is up already` : `${unit}: up in ${formatDuration(performance.now() - begin)}`);
    }
  } catch (error) {
    await stop(instance, started);
    throw error;
  }
}

/** Aborted by Ctrl-C, and by whatever else asks the process to end. */
function stopOnSignals(): AbortController {
  const stop = new AbortController();
  const reason = new SlipwayError("Stopped before all was up: what had been started is down again", {
    code: "cancelled",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => stop.abort(reason));
  return stop;
}

/** All that is named has to be there. If nothing is named, what this machine cannot do is told and left out. */
async function prepareAll(
  names: readonly EngineName[],
  options: PrepareOptions,
): Promise<{ requests: readonly UnitRequest[]; variables: Variables }> {
  const requests = new Map<UnitName, UnitRequest>();
  let variables: Variables = {};
  for (const name of names.length > 0 ? names : engineNames) {
    try {
      const prepared = await prepare(name, options);
      for (const request of prepared.requests) requests.set(request.unit, request);
      variables = { ...variables, ...prepared.variables };
    } catch (error) {
      if (names.length > 0 || !(error instanceof SlipwayError)) throw error;
      tell(`${name}: left out. ${[error.message, error.hint].filter((part) => part !== undefined).join(". ")}`);
    }
  }
  return { requests: unitNames.flatMap((unit) => requests.get(unit) ?? []), variables };
}

async function down(names: readonly EngineName[]): Promise<void> {
  const instance = checkoutInstance();
  const stopped = await stop(instance, unitsOf(names));
  for (const unit of unitsOf(names)) tell(`${unit}: ${stopped.includes(unit) ? "stopped" : "was not up"}`);
}

/** Stops units, those that use others first, and with the last of them forgets the instance. Resolves to those that were up. */
async function stop(instance: Instance, units: readonly UnitName[]): Promise<UnitName[]> {
  const stopped: UnitName[] = [];
  for (const unit of unitNames.toReversed()) {
    if (units.includes(unit) && (await instance.stop(unit))) stopped.push(unit);
  }
  await removeCgroups();
  const left = await Promise.all(unitNames.map((unit) => instance.variables(unit)));
  if (left.every((variables) => variables === undefined)) await instance.close();
  return stopped;
}

async function status(names: readonly EngineName[]): Promise<void> {
  const instance = checkoutInstance();
  for (const unit of unitsOf(names)) {
    const variables = await instance.variables(unit);
    tell(`${unit}: ${variables === undefined ? "down" : "up"}`);
    print(variables ?? {});
  }
}

/** The units of the engines that are named, or all of them. */
function unitsOf(names: readonly EngineName[]): UnitName[] {
  const wanted = new Set((names.length > 0 ? names : engineNames).map(unitOf));
  return unitNames.filter((unit) => wanted.has(unit));
}

function print(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`${name}=${value}\n`);
}

try {
  await main();
} catch (error) {
  const known = error instanceof SlipwayError;
  const hint = known && error.hint !== undefined ? `\n${error.hint}` : "";
  tell(known ? error.message + hint : String(error instanceof Error ? error.stack : error));
  process.exitCode = 1;
}
