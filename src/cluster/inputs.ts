import { SlipwayError } from "../error.ts";
import { hidden, optional, secret, text } from "../runner/inputs.ts";

/** The inputs by which deploy-doks, smoke-test and rollback reach a cluster. */
export const clusterInputs = {
  cluster: optional(text()),
  "digitalocean-token": optional(secret()),
  kubeconfig: optional(hidden()),
};

export interface ClusterInputs {
  readonly cluster: string | undefined;
  readonly "digitalocean-token": string | undefined;
  readonly kubeconfig: string | undefined;
}

/** Which of the two ways was chosen. */
export type ClusterWay =
  | { readonly by: "digitalocean"; readonly cluster: string; readonly token: string }
  | { readonly by: "kubeconfig"; readonly kubeconfig: string };

/** @throws SlipwayError `configuration` unless exactly one way is given. */
export function chooseWay({ cluster, "digitalocean-token": token, kubeconfig }: ClusterInputs): ClusterWay {
  if (cluster !== undefined && kubeconfig !== undefined) throw wrongWay("both cluster and kubeconfig were given");
  if (kubeconfig !== undefined) return { by: "kubeconfig", kubeconfig };
  if (cluster === undefined) throw wrongWay("neither cluster nor kubeconfig was given");
  if (token === undefined) throw wrongWay("cluster was given without digitalocean-token");
  return { by: "digitalocean", cluster, token };
}

function wrongWay(got: string): SlipwayError {
  return new SlipwayError(`Cannot tell which cluster is meant: ${got}`, {
    code: "configuration",
    hint: 'Give "cluster" with "digitalocean-token" for DigitalOcean Kubernetes, or "kubeconfig" (its content) for any other.',
  });
}
