import { join } from "node:path";
import type { Workshop } from "../programs/cache.ts";
import { debianPrograms } from "../programs/debian-programs.ts";
import { goProgram } from "../programs/go-program.ts";

/** The path of kubectl, built from its own source: of the version that the control plane has. */
export function kubectlProgram(workshop: Workshop): Promise<string> {
  const module = join(import.meta.dirname, "kubectl");
  return goProgram({ name: "kubectl", module, package: ".", takes: "a minute" }, workshop);
}

/** Debian's skopeo, and what it needs in its environment. */
export async function skopeoProgram(workshop: Workshop): Promise<Program> {
  const wanted = { name: "skopeo", packages: ["skopeo"], programs: ["skopeo"] };
  const found = await debianPrograms(wanted, workshop);
  return { file: found.path("skopeo"), env: found.env };
}

export interface Program {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}
