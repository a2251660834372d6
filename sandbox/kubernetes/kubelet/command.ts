import { constants } from "node:os";
import type { Container } from "./pod.ts";

/** What an image's configuration says about how to run it. */
export interface ImageConfig {
  readonly Env?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly StopSignal?: string;
}

export type Variables = ReadonlyMap<string, string>;

/**
 * Replaces `$(NAME)` by the variable; one that is not set stays as it is written, and `$$` is a plain `$`.
 * (https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables)
 */
export function expand(text: string, variables: Variables): string {
  return text.replace(/\$\$|\$\(([^)]*)\)/g, (whole: string, name: string | undefined) =>
    name === undefined ? "$" : (variables.get(name) ?? whole),
  );
}

/** The argument vector: the container's command and args override the image's entrypoint and command. May be empty. */
export function commandLine(container: Container, image: ImageConfig, variables: Variables): string[] {
  const replace = (words: readonly string[] | undefined): string[] =>
    (words ?? []).map((word) => expand(word, variables));
  const command = replace(container.command);
  const args = replace(container.args);
  if (command.length > 0) return [...command, ...args];
  return [...(image.Entrypoint ?? []), ...(args.length > 0 ? args : (image.Cmd ?? []))];
}

/** The signal that asks the process to end, SIGTERM unless the image says otherwise ("SIGINT", "INT" or a number). */
export function stopSignal(image: ImageConfig): NodeJS.Signals | number {
  const name = image.StopSignal ?? "";
  if (/^\d+$/.test(name)) return Number(name);
  const known = name.toUpperCase().replace(/^(SIG)?/, "SIG");
  return isSignal(known) ? known : "SIGTERM";
}

function isSignal(name: string): name is NodeJS.Signals {
  return name in constants.signals;
}
