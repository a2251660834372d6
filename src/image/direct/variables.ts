import { mistake, type Place } from "../dockerfile/mistake.ts";
import type { Dockerfile } from "../dockerfile/parse.ts";
import { expandWord } from "../dockerfile/words.ts";
import { formatPlatform, type Platform } from "../platform.ts";

/** What FROM may use, and what an ARG without a value gets. */
export type Variables = ReadonlyMap<string, string>;

/** The variables that hold in the whole Dockerfile: the platforms, and the ARGs before the first FROM. */
export function globalVariables(o: {
  readonly dockerfile: Dockerfile;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly platform: Platform;
  readonly buildPlatform: Platform;
  readonly target?: string | undefined;
}): Variables {
  const { dockerfile, buildArgs } = o;
  const predefined = {
    ...platformVariables("BUILD", o.buildPlatform),
    ...platformVariables("TARGET", o.platform),
    TARGETSTAGE: o.target ?? dockerfile.stages.at(-1)?.name ?? "default",
  };
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(predefined)) variables.set(name, buildArgs.get(name) ?? value);
  for (const { args, place } of dockerfile.globalArgs) {
    for (const { key, value } of args) {
      const final = buildArgs.get(key) ?? (value && expandGlobal(value, { dockerfile, variables, place }));
      if (final !== undefined) variables.set(key, final);
    }
  }
  return variables;
}

/** Replaces global variables. */
export function expandGlobal(
  text: string,
  o: { readonly dockerfile: Dockerfile; readonly variables: Variables; readonly place: Place },
): string {
  try {
    return expandWord(text, { escape: o.dockerfile.escape, variable: (name) => o.variables.get(name) });
  } catch (error) {
    throw mistake(o.place, `A variable cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function platformVariables(prefix: "BUILD" | "TARGET", platform: Platform): Record<string, string> {
  return {
    [`${prefix}PLATFORM`]: formatPlatform(platform),
    [`${prefix}OS`]: platform.os,
    [`${prefix}OSVERSION`]: "",
    [`${prefix}ARCH`]: platform.architecture,
    [`${prefix}VARIANT`]: platform.variant ?? "",
  };
}
