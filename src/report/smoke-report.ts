import type { Outcome } from "../error.ts";
import type { CheckResult } from "../smoke-test/check.ts";
import type { Verdict } from "../smoke-test/verify.ts";

/** A smoke test that has ended, for all its reports. */
export interface SmokeReport {
  readonly app: string | undefined;
  readonly revision: number | undefined;
  readonly url: string | undefined;
  readonly outcome: Outcome;
  readonly results: readonly CheckResult[];
  /** What became of marking the release verified; undefined where there was none to mark. */
  readonly verdict: Verdict | undefined;
  readonly durationMs: number;
}

/** What was tested, to follow "Smoke test": the release, else the host, else nothing. */
export function smokeSubject({ app, revision, url }: SmokeReport): string {
  if (app !== undefined) return revision === undefined ? ` of ${app}` : ` of ${app} r${revision}`;
  return url === undefined ? "" : ` of ${new URL(url).host}`;
}

/** A smoke test as JSON, for programs. Times are in milliseconds. */
export function smokeJson({ app, revision, url, outcome, results, verdict, durationMs }: SmokeReport): string {
  const passed = results.filter((each) => each.passed).length;
  const document = {
    outcome,
    app,
    revision,
    verified: verdict?.verified ?? false,
    url,
    passed,
    failed: results.length - passed,
    durationMs: Math.round(durationMs),
    checks: results.map(({ hint, latencyMs, ...result }) => ({
      ...result,
      durationMs: Math.round(result.durationMs),
      latencyMs: latencyMs === undefined ? undefined : Math.round(latencyMs),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
