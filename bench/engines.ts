import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesClient } from "../src/kubernetes/client.ts";
import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { startCloud } from "../test/engines/cloud.ts";
import { bareClient, helm, kubectl, slipway } from "./contestants.ts";
import type { Contestant, Deployed } from "./contestants.ts";
import { openControlPlane } from "./control-plane.ts";
import type { ControlPlane } from "./control-plane.ts";
import { findKubectl, noKubectl } from "./kubectl.ts";
import { formatValue, median } from "./figure.ts";
import type { Figure } from "./figure.ts";
import { countOf, describeCounts, difference } from "./stage.ts";
import type { RequestCounts } from "./stage.ts";

export const title = `engines: whole processes side by side on a real control plane. Each brings the objects into a namespace of its own and
   waits for its writes alone, in turn, round after round; a ratio is the median of those of the rounds`;

export const needs = "a control plane, kubectl and Helm, which Go builds in ten minutes the first time";

const rounds = 5;
const largeRounds = 3;
const image = `registry.example/shop@sha256:${"5".repeat(64)}`;
/** Without pods, which would run while others are measured. */
const small = { services: 50, image, replicas: 0 };
const large = { services: 334, image, replicas: 0 };
const objectsOf = ({ services }: { readonly services: number }): number => services * 6;

export async function measure(): Promise<Figure[]> {
  const place = await openControlPlane();
  try {
    const ours = await slipway(place, small);
    const peers = await findPeers(place);
    const results = await compete(place, [ours, ...peers.map(({ contestant }) => contestant)]);
    const missing = findKubectl() === undefined ? kubectlNotMeasured() : [];
    const compared = [...ratios(results, ours, peers), ...missing];
    return [...compared, ...(await requestFigures(place)), ...(await largeFigures(place, ours))];
  } finally {
    await place.close();
  }
}

/** The most that ours may take, in times of theirs. */
interface Bars {
  readonly first?: number;
  readonly again?: number;
}

interface Peer extends Bars {
  readonly contestant: Contestant;
}

const kubectlBars = { first: 0.2, again: 0.05 } as const satisfies Bars;

/**
 * kubectl up to 1.33 reads descriptions of all kinds for seconds before it sends anything. The bars stand against the one that this
 * machine has; the newest, which does not, is there so that nobody takes that for the cost of its writes.
 */
async function findPeers(place: ControlPlane): Promise<Peer[]> {
  const version = findKubectl();
  const installed = version === undefined ? [] : [await kubectl(place, small, { file: "kubectl", version })];
  const newest = await kubectl(place, small, { file: place.kubectl, version: "1.34.4" });
  return [
    ...installed.map((contestant) => ({ contestant, ...kubectlBars })),
    { contestant: newest },
    { contestant: await helm(place, small), first: 1, again: 0.15 },
    { contestant: await bareClient(place, small), first: 1.5 },
  ];
}

/** A bar that nobody could look at does not hold: it is told of, with why. */
function kubectlNotMeasured(): Figure[] {
  return (["first", "again"] as const).map((which) => ({
    name: `${objectsOf(small)} objects ${which}, against kubectl`,
    unit: "times",
    atMost: kubectlBars[which],
    note: noKubectl,
  }));
}

/** What one contestant took, round by round. */
interface Result {
  readonly first: Deployed[];
  readonly again: Deployed[];
}

type Results = ReadonlyMap<Contestant, Result>;

async function compete(place: ControlPlane, contestants: readonly Contestant[]): Promise<Results> {
  const results = new Map(contestants.map((each) => [each, { first: [], again: [] } satisfies Result as Result]));
  // The first round only warms up, so that nobody pays for what the server does once.
  for (let round = 0; round <= rounds; round++) {
    for (const [index] of contestants.entries()) {
      const contestant = contestants[(index + round) % contestants.length];
      const result = contestant && results.get(contestant);
      if (contestant === undefined || result === undefined) continue;
      const namespace = `${contestant.name.replaceAll(/[^a-z0-9]+/g, "-")}-${round}`;
      const first = await deployFirst(place, contestant, namespace);
      const again = await contestant.deploy(namespace);
      if (round === 0) continue;
      result.first.push(first);
      result.again.push(again);
    }
  }
  return results;
}

async function deployFirst({ api }: ControlPlane, contestant: Contestant, namespace: string): Promise<Deployed> {
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
  await api.request({ method: "POST", path: "/api/v1/namespaces", body });
  const deployed = await contestant.deploy(namespace);
  await controllersAreDone(api, namespace);
  return deployed;
}

/** So that they do not work for one contestant while the next is measured. */
async function controllersAreDone(api: KubernetesClient, namespace: string): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  const isSeen = ({ metadata, status }: KubernetesObject): boolean =>
    (status as { observedGeneration?: number } | undefined)?.observedGeneration === metadata.generation;
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    const { items } = await api.request<{ items: KubernetesObject[] }>({ method: "GET", path });
    if (items.every(isSeen)) return;
    await sleep(100);
  }
  throw new Error(`the Deployments of ${namespace} are not seen by their controller after a minute`);
}

function ratios(results: Results, ours: Contestant, peers: readonly Peer[]): Figure[] {
  return (["first", "again"] as const).flatMap((which) =>
    peers.map((peer): Figure => {
      const atMost = peer[which];
      const timesOf = (each: Contestant): number[] => (results.get(each)?.[which] ?? []).map(({ wallMs }) => wallMs);
      const [mine, theirs] = [timesOf(ours), timesOf(peer.contestant)];
      const [my, their] = [mine, theirs].map((all) => formatValue(median(all), "milliseconds"));
      return {
        name: `${objectsOf(small)} objects ${which}, against ${peer.contestant.name}`,
        value: median(mine.map((ms, round) => ms / (theirs[round] ?? Number.NaN))),
        unit: "times",
        ...(atMost === undefined ? {} : { atMost }),
        note: `${my ?? ""} against ${their ?? ""}`,
      };
    }),
  );
}

/** Requests of a deploy for each of its objects. By way of a proxy that counts, and so apart from what is timed. */
async function requestFigures(place: ControlPlane): Promise<Figure[]> {
  const cloud = await startCloud();
  try {
    const account = await cloud.addCluster(place.kubeconfig);
    const kubeconfig = join(place.folder, "counting.kubeconfig");
    await writeFile(kubeconfig, account.kubeconfig, { mode: 0o600 });
    const requestsOf = async (work: Promise<unknown>): Promise<RequestCounts> => {
      const before = cloud.faults.requestCounts();
      await work;
      return difference(cloud.faults.requestCounts(), before);
    };
    const counted = await slipway({ ...place, kubeconfig }, small);
    const namespace = "counted";
    const first = await requestsOf(deployFirst(place, counted, namespace));
    const again = await requestsOf(counted.deploy(namespace));
    return [perObject("first", 2, first), perObject("again", 0.2, again)];
  } finally {
    await cloud.close();
  }
}

function perObject(which: string, atMost: number, counts: RequestCounts): Figure {
  const all = countOf(counts, "kubernetes");
  return {
    name: `${which}, requests for each object`,
    value: Math.round((all / objectsOf(small)) * 100) / 100,
    unit: "each",
    atMost,
    note: `${all} for ${objectsOf(small)} objects: ${describeCounts(counts, "kubernetes")}`,
  };
}

async function largeFigures(place: ControlPlane, ours: Contestant): Promise<Figure[]> {
  const other = await slipway(place, large);
  const slowdowns: number[] = [];
  const peaks: number[] = [];
  const wall: number[] = [];
  for (let round = 0; round < largeRounds; round++) {
    const little = await deployFirst(place, ours, `little-${round}`);
    const much = await deployFirst(place, other, `much-${round}`);
    const again = await other.deploy(`much-${round}`);
    slowdowns.push(much.wallMs / objectsOf(large) / (little.wallMs / objectsOf(small)));
    wall.push(much.wallMs);
    peaks.push(much.usage?.peakBytes ?? Number.NaN, again.usage?.peakBytes ?? Number.NaN);
  }
  const name = `${objectsOf(large)} objects`;
  return [
    {
      name: `${name} first, time for each against ${objectsOf(small)}`,
      value: median(slowdowns),
      unit: "times",
      atMost: 1.2,
      note: `${formatValue(median(wall), "milliseconds")} in all`,
    },
    { name: `${name}, most memory at once`, value: Math.max(...peaks), unit: "bytes", atMost: 200e6 },
  ];
}
