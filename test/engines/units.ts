import { startBuildKit } from "./buildkit/buildkit.ts";
import type { BuildKitSettings } from "./buildkit/buildkit.ts";
import { startCluster } from "./cluster/cluster.ts";
import type { ClusterSettings } from "./cluster/cluster.ts";
import { startRegistry } from "./registry/registry.ts";
import type { RegistrySettings } from "./registry/registry.ts";
import type { Unit, UnitOptions } from "./unit.ts";

/** What to start, with all that has been prepared for it. */
export type UnitRequest =
  | { readonly unit: "registry"; readonly settings: RegistrySettings }
  | { readonly unit: "cluster"; readonly settings: ClusterSettings }
  | { readonly unit: "buildkit"; readonly settings: BuildKitSettings };

/** Resolves when the unit can be used. */
export async function startUnit(request: UnitRequest, options: UnitOptions): Promise<Unit> {
  switch (request.unit) {
    case "registry":
      return startRegistry(request.settings, options);
    case "cluster":
      return startCluster(request.settings, options);
    case "buildkit":
      return startBuildKit(request.settings, options);
  }
}
