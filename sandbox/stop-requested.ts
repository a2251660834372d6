import { setTimeout as sleep } from "node:timers/promises";

/** Resolves on Ctrl-C, on SIGTERM, when the terminal goes, and when the process that started this one for itself ends. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    process.once("disconnect", () => resolve());
    // Whoever ends npm ends the shell between it and this process, which hears nothing of that.
    if (process.env.npm_lifecycle_event !== undefined) void parentGone().then(resolve);
  });
}

async function parentGone(): Promise<void> {
  const parent = process.ppid;
  while (process.ppid === parent) await sleep(500, undefined, { ref: false });
}
