import type { Mistake, Parsed } from "../runner/inputs.ts";
import { forbiddenAddress } from "./forbidden-address.ts";

/** An address that a check may ask. A mistake never shows more of it than the host: the rest may hold credentials. */
export function parseAddress(text: string): { readonly url: URL } | { readonly mistake: Mistake } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const hint = "Write it like https://shop.example.com.";
    return { mistake: { is: "is not an address", hint, ...(text.includes("@") ? {} : { got: JSON.stringify(text) }) } };
  }
  if (url.username !== "" || url.password !== "") {
    return { mistake: { is: "holds credentials", hint: "Addresses are logged: send credentials in a header." } };
  }
  const why = forbiddenAddress(url.hostname.replace(/^\[|\]$/g, ""));
  if (why === undefined) return { url };
  return {
    mistake: {
      is: `leads to ${why}, which is never asked`,
      got: url.hostname,
      hint: "Give the address that users have.",
    },
  };
}

/** The input `url`: the address that the checks' paths are added to, without a slash at its end. */
export function parseBaseAddress(text: string): Parsed<string> {
  const parsed = parseAddress(text);
  if ("mistake" in parsed) return { mistakes: [parsed.mistake] };
  const { origin, pathname, search, hash } = parsed.url;
  if (search === "" && hash === "") return { value: origin + pathname.replace(/\/+$/, "") };
  return { mistakes: [{ is: "has more than host and path", hint: "Write queries into the paths of the checks." }] };
}
