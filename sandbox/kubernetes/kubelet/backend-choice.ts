import type { Backend, Listener } from "./service-listeners.ts";

type Choices = Pick<Listener, "backends" | "affinityMs">;

/** Takes the backends in turn, or with session affinity, the one that a client had last. */
export class BackendChoice {
  #listener: Choices;
  #turn = 0;
  readonly #last = new Map<string, { readonly backend: Backend; readonly until: number }>();

  constructor(listener: Choices) {
    this.#listener = listener;
  }

  update(listener: Choices): void {
    this.#listener = listener;
  }

  next(client: string): Backend | undefined {
    const { backends, affinityMs } = this.#listener;
    const last = this.#last.get(client);
    const had = last !== undefined && last.until > Date.now() ? last.backend : undefined;
    const again = backends.find(({ address, port }) => address === had?.address && port === had.port);
    const backend = again ?? backends[this.#turn++ % backends.length];
    if (backend !== undefined && affinityMs > 0) this.#last.set(client, { backend, until: Date.now() + affinityMs });
    return backend;
  }
}
