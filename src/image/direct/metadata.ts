import type { Command, Healthcheck, Instruction, KeyValue } from "../dockerfile/instruction.ts";
import { mistake, type Place } from "../dockerfile/mistake.ts";
import { formatGoDuration, quoteGo } from "./go-format.ts";
import { parsePorts } from "./ports.ts";
import { isSignal } from "./signals.ts";
import type { StageState } from "./stage-state.ts";

/** Instructions that change the image's config alone. */
export type MetadataInstruction = Exclude<
  Instruction,
  { readonly kind: "COPY" | "ADD" | "WORKDIR" | "ARG" | "REFUSED" }
>;

/** Carries one out and gives its line in the history, worded as BuildKit does. */
export function applyMetadata(state: StageState, instruction: MetadataInstruction): string {
  const { place } = instruction;
  const { config } = state.config;
  switch (instruction.kind) {
    case "ENV":
      return applyEnv(state, expandPairs(state, instruction.pairs, place));
    case "LABEL": {
      const labels = expandPairs(state, instruction.pairs, place);
      config.Labels = { ...config.Labels, ...Object.fromEntries(labels.map(({ key, value }) => [key, value])) };
      return `LABEL${pairsText(labels)}`;
    }
    case "CMD":
      config.Cmd = commandWords(state, instruction.command);
      config.ArgsEscaped = true;
      state.hasCommand = true;
      return `CMD ${listText(config.Cmd, quoteGo)}`;
    case "ENTRYPOINT":
      config.Entrypoint = commandWords(state, instruction.command);
      if (!state.hasCommand) config.Cmd = undefined;
      return `ENTRYPOINT ${listText(config.Entrypoint, quoteGo)}`;
    case "USER":
      config.User = state.expand(instruction.value, place);
      return `USER ${config.User}`;
    case "STOPSIGNAL":
      config.StopSignal = requireSignal(state.expand(instruction.value, place), place);
      return `STOPSIGNAL ${config.StopSignal}`;
    case "MAINTAINER":
      state.config.author = instruction.value;
      return `MAINTAINER ${instruction.value}`;
    case "EXPOSE": {
      const ports = parsePorts(
        instruction.ports.flatMap((port) => state.expandWords(port, place)),
        place,
      );
      config.ExposedPorts = { ...config.ExposedPorts, ...Object.fromEntries(ports.map((port) => [port, {}])) };
      return `EXPOSE ${listText(ports)}`;
    }
    case "VOLUME": {
      const paths = instruction.paths.map((path) => state.expand(path, place));
      if (paths.includes("")) throw mistake(place, "VOLUME has an empty path", "A variable in it has no value.");
      config.Volumes = { ...config.Volumes, ...Object.fromEntries(paths.map((path) => [path, {}])) };
      return `VOLUME ${listText(paths)}`;
    }
    case "SHELL":
      config.Shell = [...instruction.words];
      return `SHELL ${listText(config.Shell)}`;
    case "HEALTHCHECK":
      return applyHealthcheck(state, instruction.healthcheck);
  }
}

/** All values are read before the first is set, so that none sees another of the same line. */
function expandPairs(state: StageState, pairs: readonly KeyValue[], place: Place): KeyValue[] {
  return pairs.map(({ key, value }) => ({ key: state.expand(key, place), value: state.expand(value, place) }));
}

function applyEnv(state: StageState, pairs: readonly KeyValue[]): string {
  const env = state.config.config.Env ?? [];
  for (const { key, value } of pairs) {
    const at = env.findIndex((pair) => pair === key || pair.startsWith(`${key}=`));
    env.splice(at === -1 ? env.length : at, 1, `${key}=${value}`);
    state.variables.set(key, value);
  }
  state.config.config.Env = env;
  return `ENV${pairsText(pairs)}`;
}

/** The form without brackets runs in the shell that SHELL has set. */
function commandWords(state: StageState, { words, isShell }: Command): string[] {
  if (!isShell) return [...words];
  return [...(state.config.config.Shell ?? ["/bin/sh", "-c"]), words.join(" ")];
}

function applyHealthcheck(state: StageState, healthcheck: Healthcheck): string {
  const { test, interval, timeout, startPeriod, startInterval, retries } = healthcheck;
  const words = test === "NONE" ? ["NONE"] : [test.isShell ? "CMD-SHELL" : "CMD", ...test.words];
  const times = { Interval: interval, Timeout: timeout, StartPeriod: startPeriod, StartInterval: startInterval };
  const set = Object.entries(times).filter(([, value]) => value !== 0);
  state.config.config.Healthcheck = {
    Test: words,
    ...Object.fromEntries(set),
    ...(retries === 0 ? {} : { Retries: retries }),
  };
  const shown = Object.entries(times).map(([name, value]) => `${name}:${formatGoDuration(value)}`);
  return `HEALTHCHECK {Test:${listText(words)} ${shown.join(" ")} Retries:${retries}}`;
}

function requireSignal(signal: string, place: Place): string {
  if (isSignal(signal)) return signal;
  throw mistake(place, `STOPSIGNAL is not a signal: got "${signal}"`, "Write a name such as SIGTERM, or a number.");
}

function pairsText(pairs: readonly KeyValue[]): string {
  return pairs.map(({ key, value }) => ` ${key}=${value}`).join("");
}

function listText(items: readonly string[], show: (item: string) => string = (item) => item): string {
  return `[${items.map(show).join(" ")}]`;
}
