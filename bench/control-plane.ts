import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readKubeconfig } from "../src/kubernetes/access.ts";
import { connect } from "../src/kubernetes/client.ts";
import type { KubernetesClient } from "../src/kubernetes/client.ts";
import { createExec } from "../src/runner/exec.ts";
import { kubectlProgram } from "../test/engines/clients/programs.ts";
import { kubernetesProgram } from "../test/engines/cluster/prepare.ts";
import { helmProgram } from "../test/engines/helm/program.ts";
import { Instance } from "../test/engines/instance.ts";

/** Etcd, API server, controllers and scheduler, without a node: what is measured here is how objects get there, and no pods. */
export interface ControlPlane {
  /** Path of an administrator's kubeconfig. */
  readonly kubeconfig: string;
  readonly api: KubernetesClient;
  readonly kubectl: string;
  readonly helm: string;
  /** For the measure's own files. */
  readonly folder: string;
  close(): Promise<void>;
}

/** Builds what is missing, which takes minutes the first time, and starts it. Throws `SlipwayError` where this machine cannot. */
export async function openControlPlane(): Promise<ControlPlane> {
  const { signal } = new AbortController();
  const workshop = {
    tell: (line: string) => void process.stderr.write(`${line}\n`),
    exec: createExec({ env: process.env, signal }),
  };
  const [kubectl, helm] = [await kubectlProgram(workshop), await helmProgram(workshop)];
  const settings = {
    program: await kubernetesProgram(workshop),
    only: "control-plane" as const,
    nodeAddress: "127.0.0.1",
    reach: [],
  };
  const folder = await mkdtemp(join(tmpdir(), "slipway-bench-"));
  const instance = new Instance(join(folder, "engines"));
  const remove = async (): Promise<void> => {
    await instance.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { KUBECONFIG: kubeconfig = "" } = await instance.start(
      { unit: "cluster", settings },
      { stays: false, signal },
    );
    const api = connect(readKubeconfig(await readFile(kubeconfig, "utf8")));
    return {
      kubeconfig,
      api,
      kubectl,
      helm,
      folder,
      async close() {
        api.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
