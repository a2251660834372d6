import { startCluster } from "./cluster.ts";
import { allFaults, kills, scriptOf } from "./faults.ts";
import type { NamedFault } from "./faults.ts";
import type { Sighting } from "./fault-proxy.ts";
import type { Flow, FlowName } from "./flows.ts";
import { judgeFaulted, judgeNext } from "./judge.ts";
import type { Finding } from "./judge.ts";
import { play } from "./play.ts";
import { playProcess } from "./play-process.ts";
import { readState } from "./state.ts";

/** One fault at one request of one flow. */
export interface Case {
  readonly flow: Flow;
  readonly at: Sighting;
  readonly fault: NamedFault;
  /** Where the run with the fault is played. */
  readonly by: "simulation" | "process";
}

/** The same for another process. */
export interface CaseName {
  readonly flow: FlowName;
  readonly at: Sighting;
  readonly fault: string;
  readonly by: Case["by"];
}

export interface CaseResult {
  readonly flow: FlowName;
  readonly by: Case["by"];
  /** The request and the fault. */
  readonly name: string;
  /** `false`: the request did not come this time. */
  readonly reached: boolean;
  /** "killed", or what the run told. */
  readonly outcome: string;
  readonly findings: readonly Finding[];
}

/** Every fault at every request of the flow, and a kill at every write. */
export function casesOf(flow: Flow): Case[] {
  return flow.sightings.flatMap((at) => {
    const fitting = allFaults.filter(({ fits }) => fits?.(at) !== false);
    return fitting.map((fault) => ({ flow, at, fault, by: "simulation" }));
  });
}

/** Every kind of fault once: the flows take turns, and it comes early in one and late in another. */
export function sampleOf(flows: readonly Flow[]): Case[] {
  return allFaults.flatMap((fault, index) => {
    const turned = [...flows.slice(index % flows.length), ...flows.slice(0, index % flows.length)];
    const fitting = turned.map((flow) => casesOf(flow).filter((each) => each.fault === fault));
    const cases = fitting.find(({ length }) => length > 0) ?? [];
    const place = Math.floor(((index + 0.5) / allFaults.length) * cases.length);
    return cases.slice(place, place + 1);
  });
}

/** How many of each flow are played by processes: enough to see that they come to the same as simulations. */
const faultsOfProcesses = 4;

/** Those of the flow's cases that real processes play: every kill, and some of the faults that need no long wait in real time. */
export function processCasesOf(flow: Flow): Case[] {
  const cases = casesOf(flow);
  const isKill = ({ fault }: Case): boolean => kills.includes(fault);
  const isQuick = ({ fault: { fault, lastsMs } }: Case): boolean =>
    lastsMs === undefined && !["silent", "mute", "late"].includes(fault.kind);
  // In real time a hook may have ended before it is watched.
  const isSure = ({ at }: Case): boolean => !/watch=true|\/log/.test(at.what);
  const others = cases.filter((each) => isQuick(each) && isSure(each) && !isKill(each));
  return [...cases.filter(isKill), ...spread(others, faultsOfProcesses)].map((each) => ({ ...each, by: "process" }));
}

/** So many of them, evenly spread. */
function spread(cases: readonly Case[], count: number): Case[] {
  const step = Math.max(1, cases.length / count);
  return Array.from(
    { length: Math.min(count, cases.length) },
    (_, index) => cases[Math.floor((index + 0.5) * step)],
  ).filter((each) => each !== undefined);
}

/** Plays the flow with the fault, then once more without, and judges what came of both. */
export async function playCase(played: Case): Promise<CaseResult> {
  const { flow, at, fault, by } = played;
  const cluster = await startCluster(flow.before);
  try {
    const { script, reached } = scriptOf(at, fault);
    const { told } = await (by === "process" ? playProcess : play)(cluster, flow.call(3001), script);
    const findings = judgeFaulted(played, told, await readState(cluster));
    const next = await play(cluster, flow.call(3002), () => undefined);
    findings.push(...judgeNext(flow, next, await readState(cluster)));
    const name = `${at.what} #${at.nth}, ${fault.name}`;
    return { flow: flow.name, by, name, reached: reached(), outcome: told?.outcome ?? "killed", findings };
  } finally {
    await cluster.stop();
  }
}
