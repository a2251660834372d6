import type { Problem } from "../error.ts";
import type { BuildPushInputs } from "./inputs.ts";

/** What is wrong with inputs that are right each by itself. */
export function clashes(inputs: BuildPushInputs): readonly Problem[] {
  return [...credentialClashes(inputs), ...builderClashes(inputs), ...unknownCaches(inputs)];
}

function* credentialClashes(inputs: BuildPushInputs): Iterable<Problem> {
  const { registry, username, password, "digitalocean-token": token } = inputs;
  if ((username === undefined) !== (password === undefined))
    yield {
      message: "Inputs username and password belong together, and one is missing",
      hint: "Give both, or neither.",
    };
  if (username !== undefined && token !== undefined)
    yield {
      message: "Both username and digitalocean-token are given",
      hint: "One of them logs in to the registry: remove the other.",
    };
  if (token !== undefined && !registry.includes("/"))
    yield {
      message: `Input registry names no registry of DigitalOcean's: got "${registry}"`,
      hint: "Write it like registry.digitalocean.com/acme.",
    };
}

/** What only BuildKit can do. */
function* builderClashes({ builder, provenance, sbom, cache }: BuildPushInputs): Iterable<Problem> {
  if (builder !== "direct") return;
  const lines = cache.find((line) => line.startsWith("type="));
  for (const [name, value] of Object.entries({ provenance, sbom, cache: lines })) {
    if (value === undefined || value === "false") continue;
    yield {
      message: `Input ${name} has a value for BuildKit, and builder is direct: got "${value}"`,
      hint: `Remove ${name}, or set builder: docker.`,
    };
  }
}

function* unknownCaches({ cache }: BuildPushInputs): Iterable<Problem> {
  for (const line of cache) {
    const isWord = cache.length === 1 && (line === "auto" || line === "off");
    if (isWord || /^type=./.test(line)) continue;
    yield {
      message: `Input cache has a line that is not known: got "${line}"`,
      hint: "Write auto, off, or lines such as type=gha.",
    };
  }
}
