import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import type { Answer, Order } from "./keeper-words.ts";
import type { Variables } from "./unit.ts";
import type { UnitRequest } from "./units.ts";

/** What ties a unit to the process that starts it. */
export interface Tie {
  /** Whether it stays when this process ends, until somebody stops it. */
  readonly stays: boolean;
  /** Aborting it while the unit starts ends it. */
  readonly signal: AbortSignal;
}

/**
 * Starts a unit in a keeper process of its own. Resolves when it is up.
 * @throws SlipwayError as the unit does, when there is nothing left of it
 */
export async function startKeeper(
  request: UnitRequest,
  { folder, stays, signal }: Tie & { readonly folder: string },
): Promise<Variables> {
  const keeper = fork(join(import.meta.dirname, "keeper.ts"), {
    execArgv: ["--no-warnings"],
    // Ctrl-C is for whoever has started it, who then stops it in order.
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const giveUp = (): void => keeper.disconnect();
  signal.addEventListener("abort", giveUp, { once: true });
  const answered = answerOf(keeper);
  // Given up before the listener was there.
  if (signal.aborted) giveUp();
  else await say(keeper, { start: request, folder });
  const answer = await answered;
  signal.removeEventListener("abort", giveUp);
  if ("failed" in answer) {
    await rm(folder, { recursive: true, force: true });
    signal.throwIfAborted();
    throw failure(answer.failed);
  }
  if (stays) {
    await say(keeper, { stay: true });
    keeper.disconnect();
  }
  keeper.unref();
  keeper.channel?.unref();
  return answer.ready;
}

/** What it says, or that it has ended without a word. */
async function answerOf(keeper: ChildProcess): Promise<Answer> {
  const said = once(keeper, "message") as Promise<[Answer]>;
  const ended = once(keeper, "exit") as Promise<[number | null]>;
  const first = await Promise.race([said, ended]);
  const [answer] = first;
  if (typeof answer === "object" && answer !== null) {
    if ("failed" in answer) await ended;
    return answer;
  }
  return { failed: { message: `Cannot keep a unit up because its keeper has ended: got exit code ${String(answer)}` } };
}

function say(keeper: ChildProcess, order: Order): Promise<void> {
  return new Promise((resolve) => keeper.send(order, () => resolve()));
}

function failure({ message, hint }: Extract<Answer, { failed: unknown }>["failed"]): SlipwayError {
  return new SlipwayError(message, { code: "configuration", ...(hint === undefined ? {} : { hint }) });
}
