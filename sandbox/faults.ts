import type { Fault, FaultHook } from "./http.ts";

/** The servers of the sandbox that can be told to fail. */
export type Service = "kubernetes" | "registry" | "digitalocean" | "github";

/** What goes wrong the next `times` times that a request fits. */
export interface ScriptedFault {
  readonly service: Service;
  readonly method?: string;
  /** How the path begins, query included; any path by default. */
  readonly path?: string;
  /** 1 by default; `Infinity` until `clear()`, which makes a partition of `{ reset: true }`. */
  readonly times?: number;
  readonly fault: Fault;
}

/** What was scripted and has not happened yet. The first that fits a request happens. Every request is counted on its way. */
export class Faults {
  readonly #scripted: { readonly fault: ScriptedFault; left: number }[] = [];
  readonly #requests: Record<string, number> = {};

  add(fault: ScriptedFault): void {
    this.#scripted.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#scripted.splice(0);
  }

  /** How many requests came to each service, those that went wrong included: `kubernetes PATCH`, say, to its number. */
  requestCounts(): Readonly<Record<string, number>> {
    return { ...this.#requests };
  }

  hook(service: Service): FaultHook {
    return (request) => {
      const kind = `${service} ${request.method}`;
      this.#requests[kind] = (this.#requests[kind] ?? 0) + 1;
      const next = this.#scripted.find(
        ({ fault, left }) => left > 0 && fault.service === service && fits(fault, request),
      );
      if (next === undefined) return undefined;
      next.left--;
      return next.fault.fault;
    };
  }
}

function fits(fault: ScriptedFault, request: { readonly method: string; readonly path: string }): boolean {
  return (fault.method ?? request.method) === request.method && request.path.startsWith(fault.path ?? "");
}
