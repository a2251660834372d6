import type { Fault, Script, Sighting } from "./fault-proxy.ts";

/** A way in which one request, or all from one on, can go wrong. */
export interface NamedFault {
  readonly name: string;
  /** Whether there is a point in it for this request; for any, if not given. */
  readonly fits?: (sighting: Sighting) => boolean;
  readonly fault: Fault;
  /** How long all requests from this one on share its fate, in ms; only this one, if not given. */
  readonly lastsMs?: number;
}

function refusal(code: number, reason: string, message: string, headers: Record<string, string> = {}): Fault {
  const body = JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Failure", reason, message, code });
  return { kind: "answer", status: code, headers: { "content-type": "application/json", ...headers }, body };
}

function event(object: object): Fault {
  const body = `${JSON.stringify(object)}\n`;
  return { kind: "answer", status: 200, headers: { "content-type": "application/json" }, body };
}

const isWatch = ({ what }: Sighting): boolean => what.includes("watch=true");
/** Whether it changes anything. */
export const isWrite = ({ what }: Sighting): boolean => !what.startsWith("GET ") && !what.includes("dryRun=All");
const expired = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "Expired", code: 410 };

/** What passes: a run has to weather it. Whether a read was handled before its answer is lost is all the same. */
export const passing: readonly NamedFault[] = [
  { name: "reset before it arrives", fault: { kind: "reset" } },
  { name: "reset before the answer", fits: isWrite, fault: { kind: "lost" } },
  { name: "answer cut in the middle", fault: { kind: "cut" } },
  { name: "silence", fault: { kind: "silent" } },
  { name: "silence after it was handled", fits: isWrite, fault: { kind: "mute" } },
  { name: "5 s late", fault: { kind: "late", ms: 5_000 } },
  { name: "429 with Retry-After", fault: refusal(429, "TooManyRequests", "too many requests", { "retry-after": "1" }) },
  { name: "429", fits: isWrite, fault: refusal(429, "TooManyRequests", "too many requests") },
  { name: "500", fault: refusal(500, "InternalError", "etcdserver: leader changed") },
  { name: "503", fault: refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request") },
  {
    name: "410 in the stream",
    fits: isWatch,
    fault: event({ type: "ERROR", object: { ...expired, message: "too old" } }),
  },
  {
    name: "half a line in the stream",
    fits: isWatch,
    fault: { kind: "answer", status: 200, headers: {}, body: '{"type":"MOD' },
  },
  { name: "an outage of 6 s", fault: { kind: "reset" }, lastsMs: 6_000 },
];

/** What may be the end of a run, which has to say so. */
export const final: readonly NamedFault[] = [
  { name: "410", fault: refusal(410, "Expired", "the provided continue parameter is too old") },
  { name: "401", fits: isWrite, fault: refusal(401, "Unauthorized", "Unauthorized") },
  { name: "403", fits: isWrite, fault: refusal(403, "Forbidden", "the policy has just changed") },
  { name: "409", fits: isWrite, fault: refusal(409, "Conflict", "the object has been modified") },
  { name: "a partition", fault: { kind: "reset" }, lastsMs: Infinity },
];

/** The ends of a process at a write. */
export const kills: readonly NamedFault[] = [
  { name: "killed before the write arrives", fits: isWrite, fault: { kind: "kill" } },
  { name: "killed before the write is answered", fits: isWrite, fault: { kind: "kill-after" } },
];

export const allFaults: readonly NamedFault[] = [...passing, ...final, ...kills];

/** Makes a fault happen at one request of a run; `reached` tells whether that request came. */
export function scriptOf(
  at: Pick<Sighting, "what" | "nth">,
  { fault, lastsMs = 0 }: NamedFault,
): { readonly script: Script; readonly reached: () => boolean } {
  let since: number | undefined;
  return {
    script: ({ what, nth, atMs }) => {
      const isIt = what === at.what && nth === at.nth;
      if (isIt) since ??= atMs;
      if (since === undefined) return undefined;
      return isIt || atMs - since < lastsMs ? fault : undefined;
    },
    reached: () => since !== undefined,
  };
}
