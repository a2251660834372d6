import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { makeCertificates } from "../../../certificates.ts";
import { startApiServer } from "../server.ts";
import type { ApiServer } from "../server.ts";
import { readRecording } from "./recording.ts";
import { replay } from "./replay.ts";

describe("the API server", () => {
  const exchanges = readRecording();
  let server: ApiServer;
  let differences: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    // The order of managedFields depends on the second of each write: the recording was made fast, so here time stands still.
    const start = new Date();
    server = await startApiServer({ certificates: await makeCertificates(["127.0.0.1"]), now: () => start });
    differences = await replay(server, exchanges);
  });
  afterAll(() => server.close());

  it.each(exchanges.map(({ name }) => name))("answers as a real one: %s", (name) =>
    expect(differences.get(name)).toEqual([]),
  );

  it("is asked everything that the real one was asked, each under a name of its own", () => {
    expect(differences.size).toBe(148);
  });
});
