import type { ServiceAddresses } from "./kinds/services.ts";
import type { Resources } from "./resources.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./tokens.ts";

/** The state of one API server, handed to every handler. */
export interface Core {
  readonly store: Store;
  readonly resources: Resources;
  readonly tokens: Tokens;
  readonly serviceAddresses: ServiceAddresses;
  /** Aborted when the server closes: watches and followed logs end. */
  readonly signal: AbortSignal;
  /** The time as Kubernetes writes it: RFC 3339, whole seconds. */
  now(): string;
}
