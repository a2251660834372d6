import { afterEach, describe, expect, it } from "@jest/globals";
import { startGitHub } from "../../sandbox/github/server.ts";
import { systemClock } from "../runner/clock.ts";
import { openGitHub } from "./client.ts";
import { Comments } from "./comments.ts";
import { putStickyComment } from "./sticky-comment.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const subject = {
  repository: "acme/shop",
  commits: [],
  runId: "42",
  runAttempt: "1",
  runUrl: "https://github.com/acme/shop/actions/runs/42",
};

/** A pull request with so many comments of somebody else. Gives what it takes to put ours, and to read them all. */
async function setUp(others = 0) {
  const requests: string[] = [];
  const server = await startGitHub({
    accounts: [{ token: "ghs_job" }, { token: "ghp_m", login: "mallory" }],
    onRequest: ({ method, path }) => void requests.push(`${method} ${path}`),
  });
  cleanups.push(() => server.close());
  const { signal } = new AbortController();
  const api = openGitHub({ token: "ghs_job", env: { GITHUB_API_URL: server.url }, clock: systemClock, signal });
  cleanups.push(() => api.close());
  const url = `${server.url}/repos/acme/shop/issues/7/comments`;
  for (let number = 0; number < others; number++) {
    const body = JSON.stringify({ body: `comment ${number}` });
    await fetch(url, { method: "POST", headers: { authorization: "Bearer ghp_m" }, body });
  }
  requests.splice(0);
  const put = (markdown: string): Promise<void> =>
    putStickyComment(new Comments(api, { repository: "acme/shop", number: 7 }), subject, {
      app: "shop",
      namespace: "shop",
      environment: undefined,
      markdown,
    });
  const bodies = async (): Promise<string[]> => {
    const answer = await fetch(`${url}?per_page=100&page=${Math.floor(others / 100) + 1}`, {
      headers: { authorization: "Bearer ghs_job" },
    });
    return ((await answer.json()) as { body: string }[]).map(({ body }) => body);
  };
  return { put, bodies, requests };
}

describe("putStickyComment()", () => {
  it("finds its own comment on a later page, and asks for nothing that it need not know", async () => {
    const { put, bodies, requests } = await setUp(130);
    await put("one");
    expect(requests.map((request) => request.replace(/ .*\//, " "))).toEqual([
      "GET comments?per_page=100",
      "GET comments?per_page=100&page=2",
      "POST comments",
    ]);
    await put("two");
    expect((await bodies()).filter((body) => !body.startsWith("comment"))).toEqual([
      `<!-- slipway:plan shop/shop/ run=42 -->\ntwo\n\n<sub>From [run 42](${subject.runUrl}).</sub>\n`,
    ]);
  });

  it.each([
    ["between two blocks", `${"a".repeat(40_000)}\n\n${"b".repeat(40_000)}`, /a\n\n_The rest does not fit/],
    [
      "between two rows",
      `| x |\n| --- |\n${`| ${"y".repeat(1_000)} |\n`.repeat(80)}`,
      /y \|\n\n_The rest does not fit/,
    ],
    ["before a fence", `start\n\n\`\`\`diff\n${"+ line\n\n".repeat(20_000)}\`\`\``, /start\n\n_The rest does not fit/],
    [
      "before what is folded",
      `start\n\n<details>\n\n${"line\n\n".repeat(20_000)}</details>`,
      /start\n\n_The rest does not fit/,
    ],
    ["by bytes", `start\n\n${"é".repeat(40_000)}`, /start\n\n_The rest does not fit/],
  ])("cuts what is too long %s", async (_, markdown, end) => {
    const { put, bodies } = await setUp();
    await put(markdown);
    const [body = ""] = await bodies();
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.slice(-200)).toMatch(end);
    expect(body).toMatch(/the summary of \[run 42\]\(https:.*\) has more of it\._\n$/);
  });

  it("keeps a text that fits exactly", async () => {
    const { put, bodies } = await setUp();
    await put("");
    const room = 65_536 - ((await bodies())[0] ?? "").length;
    await put("x".repeat(room));
    expect((await bodies())[0]).toHaveLength(65_536);
    await put("x".repeat(room + 1));
    expect((await bodies())[0]).toContain("does not fit");
  });
});
