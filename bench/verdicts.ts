import type { KubernetesObject } from "../src/kubernetes/object.ts";
import { startInformer } from "../src/kubernetes/watch.ts";
import { worldName } from "../test/outside.ts";
import { openWorld } from "../test/scenarios/world.ts";
import type { World } from "../test/scenarios/world.ts";
import { failureCases } from "./failures.ts";
import type { FailureCase, Images } from "./failures.ts";
import { formatValue } from "./figure.ts";
import type { Figure } from "./figure.ts";

export const title = `verdicts (${worldName}): from the final word of Kubernetes, as another client sees it, until our log names the cause;
   the slower of two runs. SLIPWAY_WORLD=control-plane or node measures on real engines`;

const rounds = 2;
const mostMs = 2_000;

/** What tells of failures. */
const watched = [
  "api/v1 pods",
  "api/v1 events",
  "apis/apps/v1 deployments",
  "apis/apps/v1 replicasets",
  "apis/batch/v1 jobs",
];

export async function measure(): Promise<Figure[]> {
  const world = await openWorld();
  try {
    const images: Images = {
      image: world.image,
      absent: `${world.outside.registry}/library/nothing:1`,
      locked: `${world.outside.cloudRegistry}/private:1`,
    };
    const figures: Figure[] = [];
    for (const [index, failure] of failureCases.entries()) {
      const times: Times[] = [];
      for (let round = 1; round <= rounds; round++) {
        times.push(await failOnce(world, { failure, images, name: `v${index}-${round}` }));
      }
      figures.push(figureOf(failure, times));
    }
    return figures;
  } finally {
    await world.close();
  }
}

/** On one clock, in ms. */
interface Times {
  readonly startedMs: number;
  readonly finalMs: number;
  readonly toldMs: number;
}

function figureOf({ name }: FailureCase, times: readonly Times[]): Figure {
  const delays = times.map(({ finalMs, toldMs }) => Math.max(0, toldMs - finalMs));
  const whole = Math.max(...times.map(({ startedMs, toldMs }) => toldMs - startedMs));
  const note = `${formatValue(whole, "milliseconds")} after the start of the action`;
  return { name, value: Math.max(...delays), unit: "milliseconds", atMost: mostMs, note };
}

interface Attempt {
  readonly failure: FailureCase;
  readonly images: Images;
  /** Of the app and its namespace. */
  readonly name: string;
}

async function failOnce(world: World, { failure, images, name }: Attempt): Promise<Times> {
  const app = world.app(name);
  const witness = await watchFor(world, name, failure);
  let toldMs: number | undefined;
  const onLine = (line: string): void => {
    if (line.startsWith("::error")) toldMs ??= performance.now();
  };
  const startedMs = performance.now();
  const run = await app.deploy(failure.objects(images), { "on-failure": "leave", timeout: "60s" }, { onLine });
  witness.stop();
  void world.api.request({ method: "DELETE", path: `/api/v1/namespaces/${name}` }).catch(() => undefined);
  const finalMs = witness.finalMs();
  if (run.outputs.outcome !== "failed" || toldMs === undefined || finalMs === undefined) {
    throw new Error(
      `${failure.name}: ${finalMs === undefined ? "no final word was seen, and " : ""}it ended so:\n${run.stdout}`,
    );
  }
  return { startedMs, finalMs, toldMs };
}

/** A client of its own, which sees when Kubernetes has said its final word in a namespace. */
async function watchFor({ api }: World, namespace: string, { isFinal }: FailureCase) {
  const stop = new AbortController();
  let finalMs: number | undefined;
  const onEvent = ({ object }: { readonly object: KubernetesObject }): void => {
    if (isFinal(object)) finalMs ??= performance.now();
  };
  const kinds = watched.map((kind) => kind.split(" "));
  await Promise.all(
    kinds.map(([group = "", plural = ""]) =>
      startInformer({ api, path: `/${group}/namespaces/${namespace}/${plural}`, signal: stop.signal, onEvent }),
    ),
  );
  return { finalMs: () => finalMs, stop: () => stop.abort() };
}
