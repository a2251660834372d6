/** A line of a comparison: there before, there after, in both, or not to be shown (`!`). */
export interface DiffLine {
  readonly sign: "-" | "+" | "!" | " ";
  readonly text: string;
}

/** Beyond this, the exact comparison would take longer than anybody reads. */
const mostCells = 1_000_000;

/** Two texts line by line, with as few changed lines as there can be. What is removed comes before what is added. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  const both = (lines: readonly string[]): DiffLine[] => lines.map((text) => ({ sign: " ", text }));
  return [
    ...both(before.slice(0, start)),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...both(before.slice(before.length - end)),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): DiffLine[] {
  const removed = (texts: readonly string[]): DiffLine[] => texts.map((text) => ({ sign: "-", text }));
  const added = (texts: readonly string[]): DiffLine[] => texts.map((text) => ({ sign: "+", text }));
  if (before.length * after.length > mostCells) return [...removed(before), ...added(after)];
  const common = commonLengths(before, after);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      lines.push({ sign: " ", text: before[i] ?? "" });
      i++;
      j++;
    } else if ((common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) lines.push(...removed(before.slice(i, ++i)));
    else lines.push(...added(after.slice(j, ++j)));
  }
  return [...lines, ...removed(before.slice(i)), ...added(after.slice(j))];
}

/** For each pair of positions, how many lines the rests of the two have in common (longest common subsequence). */
function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [row, next] = [rows[i], rows[i + 1]];
      if (row === undefined || next === undefined) continue;
      row[j] = before[i] === after[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** The changed lines with a few around them, and the first, which says what it is about; one line stands for all that is left out between. */
export function withContext(lines: readonly DiffLine[], around = 2): DiffLine[] {
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - around), index + around + 1).some(({ sign }) => sign !== " ");
  const result: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || isNear(index)) result.push(line);
    else if (result.at(-1)?.text.trim() !== "…")
      result.push({ sign: " ", text: `${/^\s*/.exec(line.text)?.[0] ?? ""}…` });
  }
  return result;
}
