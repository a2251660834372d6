import { formatDuration } from "../runner/duration.ts";
import type { CheckResult } from "../smoke-test/check.ts";
import { escapeXml } from "./junit.ts";
import type { SmokeReport } from "./smoke-report.ts";
import { smokeSubject } from "./smoke-report.ts";

const style = `
  :root { color-scheme: light dark; --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #f85149);
    --quiet: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d); --page: light-dark(#fff, #0d1117);
    --text: light-dark(#1f2328, #f0f6fc); }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 3rem auto; padding: 0 1.5rem;
    background: var(--page); color: var(--text); }
  h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; }
  p { color: var(--quiet); margin: .25rem 0 0; }
  table { border-collapse: collapse; width: 100%; margin-top: 2rem; }
  th, td { text-align: left; vertical-align: top; padding: .7rem 1.5rem .7rem 0; border-bottom: 1px solid var(--line); }
  th { font-weight: 600; color: var(--quiet); font-size: .8rem; padding-top: 0; }
  .number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; padding-right: 0; padding-left: 1rem; }
  code { font: 12px ui-monospace, monospace; color: var(--quiet); overflow-wrap: anywhere; }
  .good { color: var(--good); } .bad { color: var(--bad); }
`;

/** A smoke test as a page of its own, with nothing that has to be loaded. */
export function smokePage(report: SmokeReport): string {
  const { outcome, results, verdict, durationMs } = report;
  const failed = results.filter(({ passed }) => !passed);
  const passed = results.filter((each) => each.passed);
  const title = `Smoke test${escapeXml(smokeSubject(report))}`;
  const verdicts = verdict === undefined ? [] : [escapeXml(verdict.text)];
  const facts = [`${passed.length} of ${results.length} checks passed`, formatDuration(durationMs), ...verdicts];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}: ${outcome}</title>
<style>${style}</style>
<h1>${title} <span class="${outcome === "succeeded" ? "good" : "bad"}">${outcome}</span></h1>
<p>${facts.join(" · ")}</p>
<table>
<tr><th>Check<th>Result<th class="number">Tries<th class="number">Latency
${[...failed, ...passed].map(row).join("\n")}
</table>
</html>
`;
}

function row({ name, target, passed, mismatches, attempts, latencyMs, share }: CheckResult): string {
  const version = share === undefined ? "" : `<br>the expected version on ${share.right} of ${share.of} connections`;
  const wrong = mismatches.map(({ is, got }) => {
    const came = got === undefined ? "" : `<br><code>${escapeXml(got)}</code>`;
    return `<div><span class="bad">${escapeXml(is)}</span>${came}</div>`;
  });
  const result = passed ? `<span class="good">passed</span>${version}` : wrong.join("");
  const numbers = [String(attempts), latencyMs === undefined ? "" : formatDuration(latencyMs)];
  const cells = numbers.map((number) => `<td class="number">${number}`).join("");
  return `<tr><td>${escapeXml(name)}<br><code>${escapeXml(target)}</code><td>${result}${cells}`;
}
