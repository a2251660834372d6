import type { Terminated } from "./objects.ts";

/** What an exit code usually means; of the others only the program knows. */
const meanings: Readonly<Record<number, string>> = {
  0: "it ended, though it should go on",
  1: "the program gave up on an error",
  2: "wrong use of a command, or an error of the program",
  125: "the container could not be run",
  126: "the command cannot be executed",
  127: "the command was not found",
  128: "the container could not be started",
  130: "interrupted (SIGINT)",
  132: "illegal instruction (SIGILL): built for another kind of processor, perhaps",
  134: "aborted (SIGABRT)",
  136: "arithmetic error (SIGFPE)",
  135: "bus error (SIGBUS)",
  137: "killed (SIGKILL): out of memory, or it did not stop in time",
  139: "segmentation fault (SIGSEGV)",
  141: "wrote to where nobody reads (SIGPIPE)",
  143: "asked to stop (SIGTERM)",
};

/** How a container ended, in words: "exit code 137 (out of memory)", "exit code 3". */
export function describeExit({ exitCode, reason }: Terminated): string {
  const meaning = reason === "OOMKilled" ? "out of memory" : (meanings[exitCode] ?? signalOf(exitCode));
  return `exit code ${exitCode}${meaning === undefined ? "" : ` (${meaning})`}`;
}

/** Shells and runtimes add 128 to the number of the signal that killed a program. */
function signalOf(exitCode: number): string | undefined {
  return exitCode > 128 && exitCode < 193 ? `killed by signal ${exitCode - 128}` : undefined;
}
