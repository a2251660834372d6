import { describe, expect, it } from "@jest/globals";
import { parsers } from "prettier/plugins/markdown";
import { seededRandom } from "../../test/seeded-random.ts";
import { visible } from "../runner/untrusted.ts";
import { code, codeBlock, details, escapeMarkdown, table } from "./markdown.ts";

interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** How another program, the one that formats this repository, reads Markdown. */
function read(markdown: string): readonly MarkdownNode[] {
  const root = parsers.markdown.parse(markdown, {} as never) as MarkdownNode;
  return root.children ?? [];
}

/** The text that a reader sees, and the kinds of everything that is not text. The empty comment shows nothing and is left out. */
function shown(nodes: readonly MarkdownNode[]): { text: string; kinds: Set<string> } {
  const kinds = new Set<string>();
  const walk = (node: MarkdownNode): string => {
    if (node.type === "html" && node.value === "<!-- -->") return "\u2060";
    if (node.type !== "text") kinds.add(node.type);
    return node.children?.map(walk).join("") ?? node.value ?? "";
  };
  const text = nodes.map(walk).join("");
  return { text, kinds };
}

const fragments = [
  "<b>", "</td>", "<script>", "<img src=x onerror=y>", "<!--", "-->", "&lt;", "&#60;", "&", "<", ">", "</details>", "</summary>",
  "[a](b)", "![a](b)", "[", "]", "(", ")", "!", "[x]: y", "<http://x.y>", "http://x.y", "https://x.y/z?a=b", "www.x.y", "ftp://x",
  "@octocat", "@acme/team", "a@b.cd", "#12", "acme/app#12", "GH-1",
  "|", "\\|", "\\", "\\\\", "`", "``", "```", "~~~", "~~x~~", "*", "**x**", "_", "__x__", "$x$", "$$", "^", "#", "# x", "- x", "+ x", "* x", "1. x", "1) x", "---", "===", "> x", "{", "}",
  " ", "  ", "    ", "\t", "\n", "\n\n", "\r", "\u2028", "\u202e", "\u200b", "\u001b[31m", "x", "Y9", "日本", "😀",
]; // prettier-ignore

function corpus(size: number): string[] {
  const random = seededRandom(20_260_802);
  const pick = (): string => fragments[Math.floor(random() * fragments.length)] ?? "";
  return Array.from({ length: size }, () => Array.from({ length: 1 + Math.floor(random() * 9) }, pick).join(""));
}

const texts = corpus(1_000);
const oneLine = (text: string): string => visible(text).replace(/\s+/g, " ").trim();
const withoutSeams = (text: string): string => text.replaceAll("\u2060", "");

describe("escapeMarkdown()", () => {
  it.each([
    ["at the start of a line", (text: string) => text, ""],
    ["inside a line", (text: string) => `so ${text} it`, "so  it"],
    ["in a heading", (text: string) => `## ${text} x`, " x"],
  ])("shows any text as it is %s", (_, embed, around) => {
    const wrong = texts.filter((text) => {
      const { text: seen, kinds } = shown(read(embed(escapeMarkdown(text))));
      const allowed = [...kinds].every((kind) => kind === "paragraph" || (kind === "heading" && around === " x"));
      return (
        !allowed ||
        withoutSeams(seen).replace(/\s/g, "") !== embed(oneLine(text)).replace(/^## /, "").replace(/\s/g, "")
      );
    });
    expect(wrong).toEqual([]);
  });

  it("leaves nothing that GitHub would make a mention, a reference or a link of", () => {
    const linked = texts.filter((text) => /@\w|#\d|:\/\/|www\./i.test(shown(read(escapeMarkdown(text))).text));
    expect(linked).toEqual([]);
  });

  it("leaves ordinary words alone", () => {
    expect(escapeMarkdown("Deployment backstage/server is current, 4 of 4 pods.")).toBe(
      "Deployment backstage/server is current, 4 of 4 pods.",
    );
  });
});

describe("code()", () => {
  it("shows any text as code, alone and in a table", () => {
    const wrong = texts.filter((text) => {
      if (oneLine(text) === "") return code(text) !== "";
      const alone = shown(read(`x ${code(text)} y`));
      const inTable = read(table(["a", "b"], [[code(text), "z"]]))[0]?.children?.[1]?.children ?? [];
      return (
        [...alone.kinds].join() !== "paragraph,inlineCode" ||
        alone.text !== `x ${oneLine(text)} y` ||
        inTable.length !== 2 ||
        inTable[1]?.children?.[0]?.value !== "z"
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe("codeBlock()", () => {
  it("holds any text", () => {
    const wrong = texts.filter((text) => {
      const nodes = read(codeBlock(text, "text"));
      return nodes.length !== 1 || nodes[0]?.type !== "code" || nodes[0].value !== visible(text).trimEnd();
    });
    expect(wrong).toEqual([]);
  });
});

describe("table()", () => {
  it("keeps every cell one cell", () => {
    const wrong = texts.filter((text) => {
      const [node, ...others] = read(table(["a", "b"], [[escapeMarkdown(text), "x"], [text, "y"]])); // prettier-ignore
      return (
        others.length > 0 || node?.type !== "table" || node.children?.some(({ children }) => children?.length !== 2)
      );
    });
    expect(wrong).toEqual([]);
  });
});

describe("details()", () => {
  it("lets no title and no code in its body close it", () => {
    const wrong = texts.filter((text) => {
      const [open, body, close, ...others] = read(details(text, codeBlock(text)));
      const title = /^<details><summary>([^<>]*)<\/summary>$/.exec(open?.value ?? "");
      return !title || body?.type !== "code" || close?.value !== "</details>" || others.length > 0;
    });
    expect(wrong).toEqual([]);
  });
});
