import { openDigitalOcean } from "../digitalocean/client.ts";
import type { DigitalOceanApi } from "../digitalocean/client.ts";
import { clusterConnection, findCluster, readCluster } from "../digitalocean/cluster.ts";
import { noticeOf, silenceOf } from "../digitalocean/cluster-state.ts";
import type { SlipwayError } from "../error.ts";
import type { Connection } from "../kubernetes/client.ts";
import type { Runner } from "../runner/runner.ts";

/** A DOKS cluster, as the client of its API server needs it. */
export interface DoksCluster {
  readonly connection: Connection;
  /** Credentials anew, when those of `connection` have expired. */
  renew(): Promise<Connection>;
  /** What DigitalOcean knows of why the API server gives no answer; the error itself where that is nothing. */
  explainSilence(error: SlipwayError): Promise<SlipwayError>;
}

export interface DoksOptions {
  /** Its name or id. */
  readonly cluster: string;
  readonly token: string;
  readonly expirySeconds: number;
}

/** An explanation is worth a moment's wait, no more. */
const explainLimitMs = 5_000;

type Ports = Pick<Runner, "clock" | "env" | "log" | "signal">;

/** Finds the cluster and gets credentials for it. Tells what a person should know of its state. */
export async function openDoks(runner: Ports, options: DoksOptions): Promise<DoksCluster> {
  const { log } = runner;
  const ask = <T>(question: (api: DigitalOceanApi) => Promise<T>, signal = runner.signal): Promise<T> =>
    askOnce({ ...runner, signal }, options.token, question);
  const { cluster, connection } = await ask(async (api) => {
    const found = await findCluster(api, options.cluster);
    return { cluster: found, connection: await clusterConnection(api, found, options.expirySeconds) };
  });
  const notice = noticeOf(cluster);
  if (notice !== undefined) log.warning(notice);
  const look = once(() => {
    const limit = AbortSignal.any([runner.signal, AbortSignal.timeout(explainLimitMs)]);
    // Without an answer nothing is known, and what the network said has to do.
    return ask((api) => readCluster(api, cluster.id), limit).catch(() => undefined);
  });
  return {
    connection,
    async renew() {
      log.info(`The credentials for the cluster ${cluster.name} have expired, and are minted anew.`);
      return ask((api) => clusterConnection(api, cluster, options.expirySeconds));
    },
    async explainSilence(error) {
      const now = await look();
      return (now && silenceOf(now, error)) ?? error;
    },
  };
}

/** However many ask at the same time, the work is done once. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () =>
    (underWay ??= work().finally(() => {
      underWay = undefined;
    }));
}

async function askOnce<T>(
  ports: Omit<Ports, "log">,
  token: string,
  question: (api: DigitalOceanApi) => Promise<T>,
): Promise<T> {
  const api = openDigitalOcean({ ...ports, token });
  try {
    return await question(api);
  } finally {
    api.close();
  }
}
