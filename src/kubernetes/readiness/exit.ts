import type { Terminated } from "./objects.ts";

/** What an exit code usually means, where that is more than "the program said so". */
const meanings: Readonly<Record<number, string>> = {
  126: "the command cannot be executed",
  127: "the command was not found",
  128: "the container could not be started",
  134: "aborted (SIGABRT)",
  136: "arithmetic error (SIGFPE)",
  137: "killed (SIGKILL)",
  139: "segmentation fault (SIGSEGV)",
  143: "asked to stop (SIGTERM)",
};

/** How a container ended, in words: "exit code 137: out of memory", "exit code 3". */
export function describeExit({ exitCode, reason }: Terminated): string {
  if (reason === "OOMKilled") return `exit code ${exitCode}: out of memory`;
  if (exitCode === 0) return "exit code 0: it ended, though it should go on";
  const meaning = meanings[exitCode];
  return meaning === undefined ? `exit code ${exitCode}` : `exit code ${exitCode}: ${meaning}`;
}
