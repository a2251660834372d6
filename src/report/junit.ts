import { neutralise } from "../runner/untrusted.ts";
import { describeMismatch } from "../smoke-test/check.ts";
import type { CheckResult } from "../smoke-test/check.ts";

/** The checks as a JUnit test suite, as CI systems read it. Times are in seconds; the checks ran side by side. */
export function junitReport(suite: string, results: readonly CheckResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  const longest = Math.max(0, ...results.map(({ durationMs }) => durationMs));
  const counts = `tests="${results.length}" failures="${failures}" errors="0" time="${seconds(longest)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="${escapeXml(suite)}" ${counts}>`,
    ...results.map((result) => testCase(suite, result)),
    "</testsuite>\n",
  ].join("\n");
}

function testCase(suite: string, { name, target, passed, mismatches, durationMs }: CheckResult): string {
  const start = `  <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="${seconds(durationMs)}"`;
  if (passed) return `${start}/>`;
  const message = escapeXml(mismatches.map(describeMismatch).join("; "));
  return `${start}>\n    <failure message="${message}">${escapeXml(target)}</failure>\n  </testcase>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for XML and HTML, inside of elements and of quoted attributes. What XML 1.0 has no place for is left out, and who
 * prints a report in a step starts no command of the runner. */
export function escapeXml(text: string): string {
  return neutralise(text)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
