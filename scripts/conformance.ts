/** Replays what a real API server was asked on the sandbox's, and writes docs/conformance.md about it. */
import { writeFileSync } from "node:fs";
import { replay } from "../sandbox/kubernetes/api/conformance/replay.ts";
import { conformanceReport, reportFile } from "../sandbox/kubernetes/api/conformance/report.ts";

const [wire, more] = await Promise.all([replay("wire"), replay("wire-more")]);
writeFileSync(reportFile, conformanceReport({ wire, "wire-more": more }));
