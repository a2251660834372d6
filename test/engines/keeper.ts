import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { SlipwayError } from "../../src/error.ts";
import { Supervisor } from "../../sandbox/kubernetes/kubelet/supervisor.ts";
import { removeCgroups } from "./cluster/cgroup.ts";
import { files } from "./keeper-words.ts";
import type { Answer, Order, State } from "./keeper-words.ts";
import { startUnit } from "./units.ts";

/**
 * The process that keeps one unit up. It ends with the process that has started it, unless that tells it to stay; however it ends, the
 * unit ends with it and its folder goes.
 */
async function main(): Promise<void> {
  const { start, folder } = await firstOrder();
  const supervisor = Supervisor.start(folder);
  const stop = stopRequested(folder);
  const log = (line: string): void => appendFileSync(join(folder, files.log), `${line}\n`);
  try {
    const unit = await Promise.race([startUnit(start, { folder, supervisor, log }), stop]);
    if (unit === undefined) return;
    const state: State = { request: start, variables: unit.variables };
    // By its new name only when it is complete.
    await writeFile(join(folder, `${files.state}.new`), JSON.stringify(state));
    await rename(join(folder, `${files.state}.new`), join(folder, files.state));
    await answer({ ready: unit.variables });
    await Promise.race([stop, unit.ended.then(log)]);
    await unit.close();
  } catch (error) {
    const hint = error instanceof SlipwayError ? error.hint : undefined;
    const message = error instanceof SlipwayError ? error.message : String((error as Error).stack);
    await answer({ failed: { message, hint } });
  } finally {
    await supervisor.stop();
    await removeCgroups();
    process.exit();
  }
}

async function firstOrder(): Promise<Extract<Order, { start: unknown }>> {
  const [order] = (await once(process, "message")) as [Order];
  if ("start" in order) return order;
  throw new Error("a keeper is told what to keep first");
}

/** Resolves when somebody wants it to end, or the process that has started it is gone. */
function stopRequested(folder: string): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(undefined);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
    process.once("disconnect", stop);
    process.on("message", (order: Order) => {
      if ("stay" in order) process.off("disconnect", stop);
    });
    createServer((visitor) => visitor.on("error", () => undefined).once("data", stop)).listen(
      join(folder, files.socket),
    );
  });
}

/** Resolves when it has been sent, or there is nobody to send it to. */
function answer(message: Answer): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

await main();
