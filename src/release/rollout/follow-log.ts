import { SlipwayError } from "../../error.ts";
import { ApiError } from "../../kubernetes/api-error.ts";
import type { ReleasePorts } from "../ports.ts";

/** Before a connection that was cut is made again. */
const pauseMs = 1_000;
/** The rest of a longer line is left out: no log shows more of it. */
const longestLine = 16 * 1024;

/**
 * What a container writes, line by line, from its start until it ends; empty where there is no log. A connection that is cut is taken up
 * where it was.
 * @throws ApiError where the log may not be read.
 */
export async function* followLog(
  { api, clock, signal }: Pick<ReleasePorts, "api" | "clock" | "signal">,
  { path, container }: { readonly path: string; readonly container: string },
): AsyncGenerator<string, void> {
  const query = { container, follow: true };
  let told = 0;
  for (;;) {
    try {
      let count = 0;
      for await (const line of linesOf(api.stream({ method: "GET", path, query, signal }))) {
        if (count++ < told) continue;
        told++;
        yield line;
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof ApiError && error.status !== 403) return;
      if (error instanceof ApiError || !(error instanceof SlipwayError) || error.code !== "unreachable") throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
}

async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  // Characters may be cut in two by the network.
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = (lines.pop() ?? "").slice(0, longestLine);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
