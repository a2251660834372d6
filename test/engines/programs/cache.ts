import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createExec } from "../../../src/runner/exec.ts";
import type { Exec } from "../../../src/runner/runner.ts";
import { systemErrorCode } from "../../../sandbox/kubernetes/system-error.ts";

/** What makers of programs work with. */
export interface Workshop {
  /** Told what is being done, one line at a time. */
  readonly tell: (line: string) => void;
  readonly exec: Exec;
}

/** For tests: who runs them has made everything before, so that there is nothing to tell. */
export function quietWorkshop(): Workshop {
  return {
    tell: () => undefined,
    exec: createExec({ env: process.env, signal: new AbortController().signal }),
  };
}

/** Something that takes minutes to make and is made once. */
export interface Recipe {
  readonly name: string;
  /** Everything that decides what comes out: the result is kept under their hash. */
  readonly inputs: readonly (string | Buffer)[];
  /** Fills a folder. It may be interrupted: what it has left then is thrown away. */
  make(folder: string): Promise<void>;
}

/** The folder of what the recipe makes, which is made first where it is not there yet; by one process, if several want it. */
export async function cached(recipe: Recipe, workshop: Workshop): Promise<string> {
  const name = `${recipe.name}-${hashOf(recipe.inputs)}`;
  const folder = join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  const lock = await takeLock(name, () =>
    workshop.tell(`${recipe.name}: waiting for another process that is making it`),
  );
  try {
    if (existsSync(folder)) return folder;
    const draft = `${folder}.draft`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await recipe.make(draft);
    await rename(draft, folder);
    return folder;
  } finally {
    lock.close();
  }
}

/** `slipway/engines` in the user's cache, where the XDG base directory specification has it. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "slipway", "engines");
}

function hashOf(inputs: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const input of inputs) hash.update(`\0${Buffer.byteLength(input)}\0`).update(input);
  return hash.digest("hex").slice(0, 16);
}

/** A name in the kernel's table of sockets, which goes when its holder ends, however that ends. */
async function takeLock(name: string, onWait: () => void): Promise<Server> {
  for (let waits = 0; ; waits++) {
    const lock = createServer((socket) => socket.destroy());
    try {
      await once(lock.listen(`\0slipway/engines/${process.getuid?.() ?? ""}/${name}`), "listening");
      return lock;
    } catch (error) {
      if (systemErrorCode(error) !== "EADDRINUSE") throw error;
    }
    if (waits === 0) onWait();
    await sleep(500);
  }
}
