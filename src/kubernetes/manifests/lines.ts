/**
 * Tells the line, counted from 1, of an offset in a text. Made for questions that go forwards, as reading does: it goes on from the last
 * one, and from the start for what stands before that.
 */
export function linesOf(text: string): (offset: number) => number {
  let [line, last] = [1, 0];
  return (offset) => {
    if (offset < last) [line, last] = [1, 0];
    for (let end = text.indexOf("\n", last); end !== -1 && end < offset; end = text.indexOf("\n", last)) {
      line += 1;
      last = end + 1;
    }
    return line;
  };
}
