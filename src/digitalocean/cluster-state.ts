import { array, boolean, looseObject, nullish, string } from "valibot";
import type { InferOutput } from "valibot";
import { SlipwayError } from "../error.ts";

/** What Slipway reads of a DOKS cluster. */
export const clusterSchema = looseObject({
  id: string(),
  name: string(),
  status: nullish(looseObject({ state: nullish(string()), message: nullish(string()) })),
  control_plane_firewall: nullish(
    looseObject({ enabled: nullish(boolean()), allowed_addresses: nullish(array(string())) }),
  ),
});

export type Cluster = InferOutput<typeof clusterSchema>;

const mostAddresses = 5;

/** Why nobody can deploy to a cluster in its state; `undefined` where somebody can. */
export function refusalOf(cluster: Cluster): SlipwayError | undefined {
  const because = wordsOf(cluster);
  const refuse = (why: string, hint: string): SlipwayError =>
    new SlipwayError(`Cannot use the cluster ${cluster.name} because ${why}${because}`, { code: "refused", hint });
  switch (cluster.status?.state) {
    case "provisioning":
      return refuse("it is still being created", "Run this again in a few minutes.");
    case "deleting":
    case "deleted":
      return refuse("it is being deleted", "Set `cluster` to another one.");
    case "error":
      return refuse("it is in error", "See the cluster in DigitalOcean's control panel.");
    default:
      // `running`, what is told by `noticeOf`, and states that DigitalOcean may add: the connection itself will tell.
      return undefined;
  }
}

/** What a person should know before anything is done to a cluster that can be used. */
export function noticeOf(cluster: Cluster): string | undefined {
  switch (cluster.status?.state) {
    case "upgrading":
      return `The cluster ${cluster.name} is being upgraded: its API may be away for a minute at a time, and pods move between nodes.`;
    case "degraded":
      return `The cluster ${cluster.name} is degraded${wordsOf(cluster)}: parts of it may not work.`;
    default:
      return undefined;
  }
}

/** Why a cluster's API gives no answer, as far as DigitalOcean knows a reason. */
export function silenceOf(cluster: Cluster, cause: Error): SlipwayError | undefined {
  const refusal = refusalOf(cluster);
  if (refusal !== undefined) return refusal;
  const unreachable = (why: string, hint: string): SlipwayError =>
    new SlipwayError(`Cannot reach the cluster ${cluster.name} because ${why}`, { code: "unreachable", hint, cause });
  const again = "Run this again when it is over: what was begun is taken up, and nothing is done twice.";
  switch (cluster.status?.state) {
    case "upgrading":
      return unreachable("it is being upgraded, and its API is away meanwhile", again);
    case "degraded":
      return unreachable(`it is degraded${wordsOf(cluster)}, and its API is away`, again);
    default:
      return cluster.control_plane_firewall?.enabled === true
        ? unreachable(
            `nothing answers there, and its control-plane firewall lets in only ${addressesOf(cluster)}`,
            "Run the job on a runner that has one of these addresses, or let this runner's address in. GitHub's own runners have another one in every job.",
          )
        : undefined;
  }
}

function addressesOf({ control_plane_firewall: firewall }: Cluster): string {
  const addresses = firewall?.allowed_addresses ?? [];
  if (addresses.length === 0) return "the cluster's own nodes";
  const rest = addresses.length - mostAddresses;
  return `${addresses.slice(0, mostAddresses).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** DigitalOcean's own words for the state, ready to append; "" without any. */
function wordsOf({ status }: Cluster): string {
  return status?.message ? ` (${status.message})` : "";
}
