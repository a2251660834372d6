import { formatDuration } from "../runner/duration.ts";
import type { CheckResult, Mismatch } from "../smoke-test/check.ts";
import { escapeXml } from "./junit.ts";
import type { SmokeReport } from "./smoke-report.ts";
import { smokeSubject } from "./smoke-report.ts";

/** The colours are GitHub's, in light and dark. */
const style = `
  :root { color-scheme: light dark; --page: light-dark(#fff, #0d1117); --text: light-dark(#1f2328, #f0f6fc);
    --quiet: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #3d444d); --box: light-dark(#f6f8fa, #151b23);
    --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#cf222e, #f85149); }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 3rem auto; padding: 0 1.5rem;
    background: var(--page); color: var(--text); }
  h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; }
  h2 { font-size: 1rem; margin: 0; flex: 1 1 16rem; }
  p { color: var(--quiet); margin: .25rem 0 0; }
  section { border-top: 1px solid var(--line); padding: 1rem 0; margin-left: 1.75rem; }
  header { display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; }
  h1 + p { margin-bottom: 2rem; }
  h2::before { float: left; margin-left: -1.75rem; }
  .good h2::before { content: "✓"; color: var(--good); } .bad h2::before { content: "✗"; color: var(--bad); }
  ul { margin: .75rem 0 0; padding: .75rem 1rem; background: var(--box); border-radius: 6px; list-style: none; }
  li + li { margin-top: .5rem; }
  code { font: 12.5px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
  p, li code { color: var(--quiet); }
  h1 .good { color: var(--good); } h1 .bad { color: var(--bad); }
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
${[...failed, ...passed].map(section).join("\n")}
</html>
`;
}

function section({ name, target, passed, mismatches, attempts, latencyMs, share }: CheckResult): string {
  const facts = [
    ...(share === undefined || !passed ? [] : [`expected version on ${share.right} of ${share.of} connections`]),
    attempts === 1 ? "1 try" : `${attempts} tries`,
    ...(latencyMs === undefined ? [] : [formatDuration(latencyMs)]),
  ];
  return `<section class="${passed ? "good" : "bad"}">
<header><h2>${escapeXml(name)}</h2><p>${facts.join(" · ")}</p></header>
<p><code>${escapeXml(target)}</code></p>${passed ? "" : `\n<ul>${mismatches.map(item).join("")}</ul>`}
</section>`;
}

function item({ is, got }: Mismatch): string {
  return `<li>${escapeXml(is)}${got === undefined ? "" : `<br><code>got ${escapeXml(got)}</code>`}`;
}
