import { SlipwayError } from "../../src/error.ts";
import type { WorldName } from "../outside.ts";
import { kubectlProgram, skopeoProgram } from "./clients/programs.ts";
import { prepare } from "./engines.ts";
import type { EngineName } from "./engines.ts";
import { helmProgram } from "./helm/program.ts";
import type { Workshop } from "./programs/cache.ts";

/** Tests that prove one thing about one world, with what they need. */
export interface TestSuite {
  readonly name: string;
  readonly needs: readonly (EngineName | "clients")[];
  readonly world: WorldName;
  /** Matches the paths of its files. */
  readonly files: RegExp;
}

const everyScenario = /\/test\/scenarios\/|\/suites\/demo\./;

export const testSuites: readonly TestSuite[] = [
  {
    name: "kubectl, Helm and skopeo understand the sandbox",
    needs: ["clients"],
    world: "sandbox",
    files: /\/engines\/clients\//,
  },
  {
    name: "BuildKit pulls from the sandbox's registry and pushes to it",
    needs: ["buildkit"],
    world: "sandbox",
    files: /\/suites\/sandbox-registry\./,
  },
  {
    name: "engines start and stop, by themselves and two at once",
    needs: ["control-plane"],
    world: "control-plane",
    files: /\/engines\/(?:cluster|programs)\/|\/suites\/instance\./,
  },
  {
    name: "the recorded answers that the sandbox is held to are those of a real API server",
    needs: ["control-plane"],
    world: "control-plane",
    files: /\/suites\/conformance\./,
  },
  { name: "every scenario, and the demo", needs: ["control-plane"], world: "control-plane", files: everyScenario },
  {
    name: "charts and kustomizations, rendered by Helm and kubectl",
    needs: ["control-plane", "clients"],
    world: "control-plane",
    files: /\/suites\/rendering\./,
  },
  {
    name: "the example's workflows for pushes, releases and dispatches, run by act",
    needs: ["control-plane", "act"],
    world: "control-plane",
    files: /\/suites\/act\./,
  },
  {
    name: "every scenario, and the demo, with images from a real registry",
    needs: ["node"],
    world: "node",
    files: everyScenario,
  },
  {
    name: "images built by BuildKit and without a daemon are pulled and run",
    needs: ["node", "buildkit"],
    world: "node",
    files: /\/suites\/build\./,
  },
  {
    name: "a release that an autoscaler has scaled by real metrics",
    needs: ["node"],
    world: "node",
    files: /\/suites\/autoscaling\./,
  },
];

/** Builds what a suite needs. Resolves to what this machine lacks for it, if it lacks anything. */
export async function whatIsMissing({ needs }: TestSuite, workshop: Workshop): Promise<string | undefined> {
  try {
    for (const need of needs) {
      if (need === "clients") {
        await Promise.all([kubectlProgram(workshop), skopeoProgram(workshop), helmProgram(workshop)]);
      } else await prepare(need, { workshop, nodeAddress: "127.0.0.1", registryPort: 1 });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error;
    return [error.message, error.hint].filter((line) => line !== undefined).join("\n");
  }
}
