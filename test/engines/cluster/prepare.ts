import { dirname, join } from "node:path";
import { debianPrograms } from "../programs/debian-programs.ts";
import { goProgram } from "../programs/go-program.ts";
import type { Workshop } from "../programs/cache.ts";
import { pauseImage } from "../registry/registry.ts";
import type { NodeSettings } from "./real-node.ts";

const version = "v1.34.4";

/** The path of the program that is each part of Kubernetes, by its first argument. It is built from Kubernetes' own source. */
export async function kubernetesProgram(workshop: Workshop): Promise<string> {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const told = { gitVersion: version, gitMajor: major, gitMinor: minor };
  const flags = Object.entries(told).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value ?? ""}`);
  return goProgram(
    {
      name: "kubernetes",
      module: join(import.meta.dirname, "../control-plane"),
      package: ".",
      linkerFlags: flags.join(" "),
      takes: "5 minutes",
    },
    workshop,
  );
}

/** The programs of a real node. `registry` is where the pause image is. */
export async function nodePrograms(workshop: Workshop, registry: string): Promise<NodeSettings> {
  const tools = await debianPrograms(
    {
      name: "node",
      packages: ["containerd", "runc", "containernetworking-plugins", "iptables"],
      programs: ["containerd", "containerd-shim-runc-v2", "runc", "bridge", "portmap", "loopback", "xtables-nft-multi"],
    },
    workshop,
  );
  return {
    containerd: tools.path("containerd"),
    runc: tools.path("runc"),
    plugins: dirname(tools.path("portmap")),
    iptables: tools.path("xtables-nft-multi"),
    env: tools.env,
    pauseImage: `${registry}/${pauseImage}`,
    metricsServer: await goProgram(
      {
        name: "metrics-server",
        module: join(import.meta.dirname, "../metrics-server"),
        package: "sigs.k8s.io/metrics-server/cmd/metrics-server",
        takes: "2 minutes",
      },
      workshop,
    ),
  };
}
