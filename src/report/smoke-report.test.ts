import { describe, expect, it } from "@jest/globals";
import { parsers as htmlParsers } from "prettier/plugins/html";
import { parsers as markdownParsers } from "prettier/plugins/markdown";
import { checkResult } from "../../test/build/checks.ts";
import { junitReport } from "./junit.ts";
import { smokePage } from "./smoke-page.ts";
import type { SmokeReport } from "./smoke-report.ts";
import { smokeJson } from "./smoke-report.ts";
import { smokeSummary } from "./smoke-summary.ts";

const nasty = [
  "##[set-output name=outcome]succeeded",
  "\n::error::forged",
  "<script>alert(1)</script>",
  "</style></failure></testsuite><img src=x onerror=alert(1)>",
  "\u001b[31mred\u001b[0m \u0000 \u0007",
  "]]> &amp; &lt; \" ' --> `code` ``` | @octocat #1 [link](javascript:x) ![](https://evil.example.com/x)",
  "\u202egnp.exe \ufffe \uffff \ud800 and an emoji 🚢",
].join(" ");

function report(rest: Partial<SmokeReport> = {}): SmokeReport {
  return {
    app: "shop",
    revision: 42,
    url: "https://shop.example.com",
    outcome: "failed",
    results: [
      checkResult({ name: "the portal", attempts: 3, latencyMs: 12.4, share: { right: 10, of: 10 } }),
      checkResult({
        name: "health",
        latencyMs: 31,
        mismatches: [{ is: "the status is not 2xx", got: "503" }, { is: "there was no answer" }],
      }),
    ],
    verdict: undefined,
    durationMs: 1234.5,
    ...rest,
  };
}

const hostile = report({
  app: nasty,
  verdict: { verified: false, text: nasty },
  results: [checkResult({ name: nasty, target: nasty, mismatches: [{ is: nasty, got: nasty }, { is: nasty }] })],
});

interface Node {
  readonly type?: string;
  readonly kind?: string;
  readonly name?: string | null;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** All nodes of a tree. */
function all(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

describe("smokeSummary()", () => {
  it("begins with what failed and why", () => {
    expect(smokeSummary(report())).toBe(
      [
        "## ❌ Smoke test of shop r42: failed in 1.2 s",
        "",
        "1 of 2 checks passed",
        "",
        "| Check | Result | Tries | Latency |",
        "| --- | --- | --- | --- |",
        "| ❌ health<br>`GET https://shop.example.com/health` | the status is not 2xx: got `503`<br>there was no answer | 1 | 31 ms |",
        "| ✅ the portal<br>`GET https://shop.example.com/health` | passed, the expected version on 10 of 10 connections | 3 | 12 ms |",
        "",
      ].join("\n"),
    );
  });

  it("tells whether the release is verified", () => {
    const verdict = { verified: true, text: "r42 is verified" };
    const text = smokeSummary(report({ outcome: "succeeded", results: [checkResult()], verdict }));
    expect(text).toContain(
      "## ✅ Smoke test of shop r42: succeeded in 1.2 s\n\n1 of 1 checks passed · r42 is verified\n",
    );
  });

  it.each([
    [{ revision: undefined }, "Smoke test of shop:"],
    [{ app: undefined, revision: undefined }, "Smoke test of shop.example.com:"],
    [{ app: undefined, revision: undefined, url: undefined }, "Smoke test:"],
  ])("is headed by what was tested: %j", (rest, heading) => {
    expect(smokeSummary(report(rest)).replace(/\\|<!-- -->/g, "")).toContain(`❌ ${heading}`);
  });

  it("stays one heading, one paragraph and one table, whatever services answer", () => {
    const tree = markdownParsers.markdown.parse(smokeSummary(hostile), {} as never) as Node;
    expect(tree.children?.map(({ type }) => type)).toEqual(["heading", "paragraph", "table"]);
    expect(tree.children?.[2]?.children).toHaveLength(2);
    const nodes = all(tree);
    const html = nodes.filter(({ type }) => type === "html").map(({ value }) => value);
    expect(new Set(html)).toEqual(new Set(["<br>", "<!-- -->"]));
    expect(nodes.filter(({ type = "" }) => /^(link|image|footnote)/i.test(type))).toEqual([]);
  });
});

describe("smokePage()", () => {
  it("has a row for each check, those that failed first", () => {
    const page = smokePage(report());
    expect(page).toContain('<h1>Smoke test of shop r42 <span class="bad">failed</span></h1>');
    expect(page.indexOf("<h2>health")).toBeLessThan(page.indexOf("<h2>the portal"));
    expect(page).toContain("<code>got 503</code>");
    expect(page).toContain("expected version on 10 of 10 connections");
  });

  it("holds no element that services could have made", () => {
    const own = all(htmlParsers.html.parse(smokePage(report()), {} as never) as Node);
    const page = all(htmlParsers.html.parse(smokePage(hostile), {} as never) as Node);
    const names = (nodes: readonly Node[]): string[] => [...new Set(nodes.map(({ name }) => name ?? ""))].sort();
    expect(names(page).filter((name) => !names(own).includes(name))).toEqual([]);
    expect(smokePage(hostile)).not.toMatch(/<script|<img|\u001b|\u202e/);
  });

  it("loads and runs nothing", () => {
    expect(smokePage(report())).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });
});

/** Whether text is well-formed XML 1.0, as far as our reports use XML. Gives the names of the elements in order. */
function readXml(text: string): string[] {
  const characters = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
  if (!characters.test(text)) throw new Error("it holds characters that XML has no place for");
  const open: string[] = [];
  const names: string[] = [];
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, "");
  const rest = body.replace(
    /<(\/?)(\w+)((?: \w+="[^"<]*")*)(\/?)>/g,
    (_tag, end: string, name: string, attributes: string, empty: string) => {
      if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(attributes)) throw new Error(`bad entity in ${attributes}`);
      if (end === "") names.push(name);
      if (end === "" && empty === "") open.push(name);
      if (end !== "" && open.pop() !== name) throw new Error(`${name} ends before its elements`);
      return "";
    },
  );
  if (open.length > 0 || /[<>]|&(?!(?:amp|lt|gt|quot|#39);)/.test(rest)) throw new Error(`not well-formed: ${rest}`);
  return names;
}

describe("junitReport()", () => {
  it("is a suite with a case for each check", () => {
    const xml = junitReport("Smoke test of shop r42", report().results);
    expect(readXml(xml)).toEqual(["testsuite", "testcase", "testcase", "failure"]);
    expect(xml).toContain('<testsuite name="Smoke test of shop r42" tests="2" failures="1" errors="0" time="0.020">');
    expect(xml).toContain('<testcase classname="Smoke test of shop r42" name="the portal" time="0.020"/>');
    expect(xml).toContain('<failure message="the status is not 2xx: got 503; there was no answer">');
  });

  it("stays well-formed, whatever services answer", () => {
    const xml = Buffer.from(junitReport(nasty, hostile.results)).toString();
    expect(readXml(xml)).toEqual(["testsuite", "testcase", "failure"]);
    expect(xml).not.toMatch(/[\u001b\u0000\u202e]|^::/m);
  });
});

describe("smokeJson()", () => {
  it("holds everything for programs", () => {
    const verdict = { verified: true, text: "r42 is verified" };
    expect(
      JSON.parse(smokeJson(report({ verdict, results: [checkResult({ latencyMs: 12.4 })], outcome: "succeeded" }))),
    ).toEqual({
      outcome: "succeeded",
      app: "shop",
      revision: 42,
      verified: true,
      url: "https://shop.example.com",
      passed: 1,
      failed: 0,
      durationMs: 1235,
      checks: [
        {
          name: "health",
          target: "GET https://shop.example.com/health",
          passed: true,
          mismatches: [],
          attempts: 1,
          durationMs: 20,
          latencyMs: 12,
        },
      ],
    });
  });
});
