/** A version as PEP 440 has it, in its normal form. */
export interface Pep440 {
  readonly version: string;
  readonly release: readonly number[];
  /** Neither pre-release, post-release nor development release. */
  readonly isFinal: boolean;
}

// The expression of PEP 440, appendix B.
const pattern =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d+)?)?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d+)?)?(?:[-_.]?(dev)[-_.]?(\d+)?)?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i;

const preNames: Readonly<Record<string, string>> = { alpha: "a", beta: "b", c: "rc", pre: "rc", preview: "rc" };

/** Reads a version; undefined where it is none. */
export function parsePep440(text: string): Pep440 | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, epoch, release = "", pre, preNumber, implicitPost, post, postNumber, dev, devNumber, local] = match;
  const numbers = release.split(".").map(Number);
  const preName = pre?.toLowerCase();
  const isPost = post !== undefined || implicitPost !== undefined;
  const version = [
    epoch === undefined || Number(epoch) === 0 ? "" : `${Number(epoch)}!`,
    numbers.join("."),
    preName === undefined ? "" : `${preNames[preName] ?? preName}${Number(preNumber ?? 0)}`,
    isPost ? `.post${Number(implicitPost ?? postNumber ?? 0)}` : "",
    dev === undefined ? "" : `.dev${Number(devNumber ?? 0)}`,
    local === undefined ? "" : `+${local.toLowerCase().replace(/[-_]/g, ".")}`,
  ].join("");
  return { version, release: numbers, isFinal: pre === undefined && !isPost && dev === undefined };
}
