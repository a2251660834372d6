import { SlipwayError } from "../error.ts";
import { readKubeconfig } from "../kubernetes/access.ts";
import { ApiError } from "../kubernetes/api-error.ts";
import type { ApiRequest } from "../kubernetes/api.ts";
import { connect } from "../kubernetes/client.ts";
import type { Connection, KubernetesClient } from "../kubernetes/client.ts";
import { discover } from "../kubernetes/discovery.ts";
import type { Discovery } from "../kubernetes/discovery.ts";
import type { Runner } from "../runner/runner.ts";
import { within } from "../runner/within.ts";
import { openDoks } from "./doks.ts";
import { chooseWay } from "./inputs.ts";
import type { ClusterInputs } from "./inputs.ts";

export interface OpenCluster {
  readonly api: KubernetesClient;
  readonly discovery: Discovery;
}

/** What of the runner it takes to reach a cluster. */
export type ClusterPorts = Pick<Runner, "clock" | "env" | "log" | "mask" | "signal">;

/** Credentials outlive the action's own timeout by this much: the time to report, and to take a release back. */
const slackMs = 15 * 60 * 1000;

/**
 * Reaches the cluster that the inputs name. On DigitalOcean Kubernetes the credentials come from the API as data, expire soon after the
 * action and are minted again when the server refuses them; in either way they are masked and never touch the disk.
 */
export async function openCluster(
  runner: ClusterPorts,
  inputs: ClusterInputs,
  timeoutMs: number,
): Promise<OpenCluster> {
  const { clock, signal } = runner;
  return within({ clock, signal, ms: timeoutMs, doing: "reach the cluster" }, async () => {
    const api = await openApi(runner, inputs, timeoutMs);
    return { api, discovery: await discoverOrClose(api) };
  });
}

async function discoverOrClose(api: KubernetesClient): Promise<Discovery> {
  try {
    return await discover(api);
  } catch (error) {
    api.close();
    if (!(error instanceof ApiError)) throw error;
    const { message, code, hint } = error;
    const why = `Cannot read what the cluster has because the API server refused: got ${error.status}, ${message}`;
    throw new SlipwayError(why, { code, ...(hint === undefined ? {} : { hint }) });
  }
}

/** The same for who needs no more than kinds that every cluster has: the API server is not asked for anything yet. */
export async function openApi(
  runner: ClusterPorts,
  inputs: ClusterInputs,
  timeoutMs: number,
): Promise<KubernetesClient> {
  const way = chooseWay(inputs);
  const options = {
    clock: runner.clock,
    env: runner.env,
    // About what is only read, whoever writes it is told.
    onWarning: (text: string, { method }: ApiRequest) => {
      const said = `The API server says: ${text}`;
      if (method === "GET") runner.log.debug(said);
      else runner.log.warning(said);
    },
  };
  if (way.by === "kubeconfig") return connect(masked(runner, readKubeconfig(way.kubeconfig)), options);
  const expirySeconds = Math.ceil((timeoutMs + slackMs) / 1000);
  const doks = await openDoks(runner, { ...way, expirySeconds });
  return connect(masked(runner, doks.connection), {
    ...options,
    renew: async () => masked(runner, await doks.renew()),
    explainSilence: (error) => doks.explainSilence(error),
  });
}

function masked(runner: Pick<Runner, "mask">, connection: Connection): Connection {
  if (connection.token !== undefined) runner.mask(connection.token);
  if (connection.clientKey !== undefined) runner.mask(connection.clientKey);
  return connection;
}
