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

/** Finds the cluster and gets credentials for it. Tells what a person should know of its state. */
export async function openDoks(runner: Runner, options: DoksOptions): Promise<DoksCluster> {
  const { log, signal } = runner;
  const { cluster, connection } = await ask(runner, options.token, signal, async (api) => {
    const found = await findCluster(api, options.cluster);
    return { cluster: found, connection: await clusterConnection(api, found, options.expirySeconds) };
  });
  const notice = noticeOf(cluster);
  if (notice !== undefined) log.warning(notice);
  // However many requests go unanswered at the same time, DigitalOcean is asked once.
  let asked: Promise<typeof cluster | undefined> | undefined;
  const lookAgain = async (): Promise<typeof cluster | undefined> => {
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(explainLimitMs)]);
      return await ask(runner, options.token, limit, (api) => readCluster(api, cluster.id));
    } catch {
      // Then nothing is known, and what the network said has to do.
      return undefined;
    } finally {
      asked = undefined;
    }
  };
  return {
    connection,
    async renew() {
      log.info(`The credentials for the cluster ${cluster.name} have expired, and are minted anew.`);
      return ask(runner, options.token, signal, (api) => clusterConnection(api, cluster, options.expirySeconds));
    },
    async explainSilence(error) {
      const now = await (asked ??= lookAgain());
      return (now && silenceOf(now, error)) ?? error;
    },
  };
}

async function ask<T>(
  { env }: Pick<Runner, "env">,
  token: string,
  signal: AbortSignal,
  question: (api: DigitalOceanApi) => Promise<T>,
): Promise<T> {
  const api = openDigitalOcean({ token, env, signal });
  try {
    return await question(api);
  } finally {
    api.close();
  }
}
