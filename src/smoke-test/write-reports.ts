import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { junitReport } from "../report/junit.ts";
import { smokePage } from "../report/smoke-page.ts";
import type { SmokeReport } from "../report/smoke-report.ts";
import { smokeJson, smokeSubject } from "../report/smoke-report.ts";
import { smokeSummary } from "../report/smoke-summary.ts";
import type { Runner } from "../runner/runner.ts";

/** Writes HTML, JUnit and JSON below RUNNER_TEMP and the job summary. Gives the paths by the names of the outputs. */
export async function writeSmokeReports(
  runner: Pick<Runner, "temp" | "addSummary" | "redact">,
  report: SmokeReport,
): Promise<{ readonly report: string; readonly junit: string; readonly summary: string }> {
  const stem = join(runner.temp, `slipway-smoke-test-${randomUUID().slice(0, 8)}`);
  const paths = { report: `${stem}.html`, junit: `${stem}.xml`, summary: `${stem}.json` };
  const options = { flag: "wx", mode: 0o600 };
  const junit = junitReport(`Smoke test${smokeSubject(report)}`, report.results);
  await writeFile(paths.report, runner.redact(smokePage(report)), options);
  await writeFile(paths.junit, runner.redact(junit), options);
  await writeFile(paths.summary, runner.redact(smokeJson(report)), options);
  runner.addSummary(smokeSummary(report));
  return paths;
}
