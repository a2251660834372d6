import { describe, expect, it } from "@jest/globals";
import { TerminalLines } from "./live-lines.ts";

/** A terminal as a person sees it: it knows the only two escapes that are used. */
function screen(columns = 20, rows = 6) {
  const lines: string[] = [];
  return {
    columns,
    rows,
    write(text: string) {
      const [, up = "0", rest = text] = /^\u001b\[(\d+)A\r\u001b\[0J([\s\S]*)$/.exec(text) ?? [];
      lines.splice(lines.length - Number(up));
      lines.push(...rest.split("\n").slice(0, -1));
    },
    lines,
  };
}

describe("TerminalLines", () => {
  it("writes its lines anew in their place", () => {
    const terminal = screen();
    const live = new TerminalLines(terminal);
    live.show(["a 1", "b 1"]);
    live.show(["a 2"]);
    live.show(["a 3", "b 3", "c 3"]);
    expect(terminal.lines).toEqual(["a 3", "b 3", "c 3"]);
    live.show([]);
    expect(terminal.lines).toEqual([]);
  });

  it("steps aside for what is printed", () => {
    const terminal = screen();
    const live = new TerminalLines(terminal);
    live.show(["working"]);
    live.around(() => terminal.write("news\n"));
    expect(terminal.lines).toEqual(["news", "working"]);
  });

  it("keeps each line on one line, shows no more than there is room for, and nothing that moves the cursor", () => {
    const terminal = screen(10, 3);
    new TerminalLines(terminal).show(["much too long for this", "two\nlines\u001b[5A", "no room"]);
    expect(terminal.lines).toEqual(["much too…", "two lines"]);
  });
});
