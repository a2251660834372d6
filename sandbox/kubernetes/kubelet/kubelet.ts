import type { KubernetesApi } from "../../../src/kubernetes/api.ts";
import type { AddressPool } from "../addresses.ts";
import type { BackOff } from "./back-off.ts";
import type { Variables } from "./command.ts";
import type { References } from "./environment.ts";
import type { ImagePuller } from "./image-puller.ts";
import type { Container, FileSource, Pod, Quantities } from "./pod.ts";
import type { Supervisor } from "./supervisor.ts";

export interface Happening {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** The container it is about, if it is about one. */
  readonly container?: Container;
}

/** What the pods of one node share. */
export interface Kubelet {
  readonly api: KubernetesApi;
  readonly hostAddress: string;
  readonly allocatable: Quantities;
  readonly addresses: Pick<AddressPool, "nextPodAddress" | "release">;
  readonly rootDir: string;
  readonly supervisor: Supervisor;
  readonly images: ImagePuller;
  readonly restarts: BackOff;
  /** The first pause after a failed start of a container; all others follow from it. */
  readonly backOffMs: number;
  /** Paths of images that mean a program of this machine: `/usr/local/bin/node` of the sandbox's base image. */
  readonly hostPrograms: Readonly<Record<string, string>>;
  /** Fresh answers of the API; each object is read once. */
  references(namespace: string): References;
  accountToken(pod: Pod, source: NonNullable<FileSource["serviceAccountToken"]>): Promise<string>;
  services(pod: Pod): Variables;
  record(pod: Pod, happening: Happening): void;
  log(line: string): void;
  /** Aborted when the kubelet stops: nothing is written to the API any more. */
  readonly signal: AbortSignal;
}
