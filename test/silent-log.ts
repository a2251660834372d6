import type { Log } from "../src/runner/runner.ts";

/** A log that nobody reads. */
export const silentLog: Log = {
  info: () => undefined,
  debug: () => undefined,
  notice: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  group: async (_title, work) => work(),
};
