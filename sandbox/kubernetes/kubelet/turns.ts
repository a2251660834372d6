/** Does one thing again and again, whenever someone asks for it, never twice at once. */
export class Turns {
  readonly #take: () => Promise<void>;
  #current: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #due = Infinity;
  #stopped = false;

  /** `take` deals with its own failures. */
  constructor(take: () => Promise<void>) {
    this.#take = take;
  }

  /** The next turn begins in `ms`, or earlier if that was agreed already; after the one that is under way in any case. */
  wake(ms: number): void {
    const due = Date.now() + ms;
    if (due >= this.#due || this.#stopped) return;
    this.#due = due;
    if (this.#current === undefined) this.#schedule();
  }

  /** Resolves when the turn that is under way has ended; there is no further one. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#current;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), Math.max(this.#due - Date.now(), 0));
  }

  #begin(): void {
    this.#due = Infinity;
    this.#current = this.#take().finally(() => {
      this.#current = undefined;
      if (this.#due !== Infinity && !this.#stopped) this.#schedule();
    });
  }
}
