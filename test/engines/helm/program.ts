import { goProgram } from "../programs/go-program.ts";
import type { Workshop } from "../programs/cache.ts";

/** The path of Helm, built from its own source. */
export function helmProgram(workshop: Workshop): Promise<string> {
  const module = import.meta.dirname;
  return goProgram({ name: "helm", module, package: "helm.sh/helm/v4/cmd/helm", takes: "2 minutes" }, workshop);
}
