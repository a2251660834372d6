import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { notValidated } from "./not-validated.ts";
import { readRecording } from "./recording.ts";
import type { RecordingName } from "./recording.ts";
import { replay } from "./replay.ts";
import { conformanceReport, reportFile } from "./report.ts";
import type { Differences } from "./report.ts";

const recordings: readonly { readonly recording: RecordingName; readonly requests: number }[] = [
  { recording: "wire", requests: 148 },
  { recording: "wire-more", requests: 152 },
];

describe("the API server", () => {
  let differences: Differences;

  beforeAll(async () => {
    const [wire, more] = await Promise.all([replay("wire"), replay("wire-more")]);
    differences = { wire, "wire-more": more };
  });

  describe.each(recordings)("asked what $recording holds", ({ recording, requests }) => {
    const known = Object.keys(notValidated[recording]);
    const alike = readRecording(recording).filter(({ name }) => !known.includes(name));

    it.each(alike.map(({ name }) => name))("answers as a real one: %s", (name) =>
      expect(differences[recording].get(name)).toEqual([]),
    );

    it("is asked everything that the real one was asked, each under a name of its own", () => {
      expect(differences[recording].size).toBe(requests);
    });

    it("has no exception that it does not need", () => {
      expect(known.filter((name) => differences[recording].get(name)?.length === 0)).toEqual([]);
    });
  });

  it("is described by docs/conformance.md; `node scripts/conformance.ts` writes it anew", () => {
    expect(readFileSync(reportFile, "utf8")).toBe(conformanceReport(differences));
  });
});
