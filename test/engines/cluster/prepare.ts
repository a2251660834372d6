import { join } from "node:path";
import { goProgram } from "../programs/go-program.ts";
import type { Workshop } from "../programs/cache.ts";

const version = "v1.34.4";

/** The path of the program that is each part of Kubernetes, by its first argument. It is built from Kubernetes' own source. */
export async function kubernetesProgram(workshop: Workshop): Promise<string> {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const told = { gitVersion: version, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
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
