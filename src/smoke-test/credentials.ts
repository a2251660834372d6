import { masksOf } from "../runner/masks.ts";

/** Names of headers, parameters and JSON fields whose values are nobody else's business. */
const telling = /auth|cookie|token|secret|passw|credential|session|signature|^sig$|key/i;

/**
 * In text that a service answered: a JSON field with such a name (its quotes escaped where JSON is quoted), up to its value. All
 * repetitions are bounded, since the text is not ours.
 */
const tellingField =
  /((?:auth|cookie|token|secret|passw|credential|session|signature|key)\w{0,20}\\{0,3}"\s{0,3}:\s{0,3}\\{0,3}")[^"\\]+/gi;

const hidden = "***";

/** The credentials that a request carries: values of telling headers and parameters, also without scheme, user name or cookie name. */
export function credentialsIn(headers: Readonly<Record<string, string>>, url: URL): string[] {
  const inHeaders = Object.entries(headers).filter(([name]) => telling.test(name));
  const inQuery = [...url.searchParams].filter(([name]) => telling.test(name));
  return [...inHeaders.flatMap(([, value]) => [value, ...partsOf(value)]), ...inQuery.map(([, value]) => value)];
}

/** The token of `Bearer TOKEN`, the password of `Basic dXNlcjpwYXNz`, the values of cookies. */
function partsOf(value: string): string[] {
  const [scheme = "", rest = ""] = /^(\S+) +(\S+)$/.exec(value)?.slice(1) ?? [];
  const password = /^basic$/i.test(scheme)
    ? Buffer.from(rest, "base64")
        .toString()
        .replace(/^[^:]*:/, "")
    : "";
  const cookies = value.split(/; */).map((pair) => pair.slice(pair.indexOf("=") + 1));
  return [rest, password, ...cookies].filter((part) => part !== "");
}

/**
 * Hides credentials in text: services echo what they were sent, and error pages tell more than they should. The runner hides what is
 * masked in the log alone; reports are files.
 */
export function hider(credentials: readonly string[]): (text: string) => string {
  const forms = credentials
    .flatMap(masksOf)
    .flatMap((form) => [form, JSON.stringify(form).slice(1, -1), encodeURIComponent(form)]);
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst.reduce((rest, form) => rest.replaceAll(form, hidden), text).replace(tellingField, `$1${hidden}`);
}

/** An address for logs and reports. */
export function shownAddress(url: URL): string {
  const shown = new URL(url);
  for (const name of url.searchParams.keys()) if (telling.test(name)) shown.searchParams.set(name, hidden);
  return shown.href;
}
