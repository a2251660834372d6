import type { Variables } from "./unit.ts";
import type { UnitRequest } from "./units.ts";

/** What the process that starts a keeper tells it. */
export type Order = { readonly start: UnitRequest; readonly folder: string } | { readonly stay: true };

/** What it is told in return. */
export type Answer =
  { readonly ready: Variables } | { readonly failed: { readonly message: string; readonly hint?: string | undefined } };

/** What a keeper tells everybody once its unit is up. */
export interface State {
  readonly request: UnitRequest;
  readonly variables: Variables;
}

/** In a unit's folder: who can connect to the socket knows that it is up, and stops it by saying anything. */
export const files = { socket: "keeper.sock", state: "state.json", log: "keeper.log" };
