import { isDeepStrictEqual } from "node:util";
import type { Terminal } from "./terminal.ts";

/** What the story promises. Each promise is printed with whether it holds; one that does not ends the demo as failed. */
export class Expectations {
  readonly #terminal: Terminal;
  broken = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  equal(promise: string, actual: unknown, expected: unknown): void {
    this.hold(
      promise,
      isDeepStrictEqual(actual, expected),
      `got ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`,
    );
  }

  /** `otherwise` is told where the promise does not hold. */
  hold(promise: string, holds: boolean, otherwise: string): void {
    if (holds) {
      this.#terminal.good(promise);
      return;
    }
    this.broken += 1;
    this.#terminal.bad(`${promise}: ${otherwise}`);
  }
}
