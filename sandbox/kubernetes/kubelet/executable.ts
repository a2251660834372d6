import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { runError } from "./container-error.ts";
import type { ContainerRoot } from "./container-root.ts";

/** What to start: a file of this machine, and the arguments that come before those of the command line. */
export interface Executable {
  readonly file: string;
  readonly leading: readonly string[];
}

/**
 * Finds a program as a container would: in the image and the volumes alone, never on this machine.
 * @throws ContainerError
 */
export function findExecutable(root: ContainerRoot, program: string, path: string): Executable {
  if (!program.includes("/")) {
    const folder = path.split(":").find((each) => isExecutable(root.resolve(join(each, program))));
    if (folder === undefined) throw runError(`exec: "${program}": executable file not found in $PATH`);
    return interpret(root, join(folder, program), path);
  }
  if (!existsSync(root.resolve(program))) {
    throw runError(`exec: "${program}": stat ${program}: no such file or directory`);
  }
  if (!isExecutable(root.resolve(program))) throw runError(`exec: "${program}": permission denied`);
  return interpret(root, program, path);
}

/** The kernel would look a script's interpreter up on this machine, so it is looked up in the container here. */
function interpret(root: ContainerRoot, program: string, path: string): Executable {
  const file = root.resolve(program);
  const start = firstBytes(file);
  const [, interpreter, argument] = /^#! *(\S+)(?:[ \t]+(.*\S))?[ \t]*(?:\n|$)/.exec(start) ?? [];
  if (interpreter === undefined) {
    if (process.platform === "linux" && !start.startsWith("\x7fELF"))
      throw runError(`exec ${program}: exec format error`);
    return { file, leading: [] };
  }
  // `env` does nothing but look its argument up; an image need not have it for that.
  if (interpreter.endsWith("/env") && argument !== undefined && !/[\s=]|^-/.test(argument)) {
    const found = findExecutable(root, argument, path);
    return { file: found.file, leading: [...found.leading, file] };
  }
  if (!isExecutable(root.resolve(interpreter))) throw runError(`exec ${program}: no such file or directory`);
  return { file: root.resolve(interpreter), leading: [...(argument === undefined ? [] : [argument]), file] };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // Absent, a dangling link, or not for us: to a caller that looks along a path it is all the same.
  }
}

function firstBytes(file: string): string {
  const buffer = Buffer.alloc(256);
  const descriptor = openSync(file, "r");
  try {
    return buffer.toString("latin1", 0, readSync(descriptor, buffer));
  } finally {
    closeSync(descriptor);
  }
}
