import { isIP } from "node:net";
import type { Mistake, Parsed } from "../runner/inputs.ts";
import { forbiddenAddress } from "./forbidden-address.ts";

/** `host:port` to the address that stands for it. */
export type ResolvedHosts = ReadonlyMap<string, string>;

/** The input `resolve`: lines of curl's `host:port:address`. */
export function parseResolve(text: string): Parsed<ResolvedHosts> {
  const resolved = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const [index, entry] of text.split("\n").entries()) {
    const given = entry.trim();
    const [, host = "", port = "", address = ""] = /^([^:]+):(\d+):\[?([^[\]]+)\]?$/.exec(given) ?? [];
    const why = forbiddenAddress(address);
    const wrong = (is: string, hint: string): number => mistakes.push({ is, hint, got: given, line: index + 1 });
    if (given === "") continue;
    if (isIP(address) === 0) wrong("it is not host:port:address", "Write it like shop.example.com:443:203.0.113.7.");
    else if (isIP(host) !== 0)
      wrong("it names an address, not a host", "Write that address into the input url instead.");
    else if (why !== undefined) wrong(`it leads to ${why}, which is never asked`, "Write a public or private address.");
    else resolved.set(`${host.toLowerCase()}:${port}`, address);
  }
  return mistakes.length > 0 ? { mistakes } : { value: resolved };
}

/** The key under which an address may be resolved. */
export function hostAndPort({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
