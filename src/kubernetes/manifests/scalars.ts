import type { ScalarTag } from "yaml";

/**
 * The values that kubectl gives to plain scalars beyond YAML 1.2's core schema. kubectl reads YAML with Go's yaml.v2: a 1.1 reader
 * for booleans and octals, but not for sexagesimals and dates. Tried with `kubectl label --local -f FILE a=b -o json`, kubectl 1.32.
 */
export const kubectlScalars: readonly ScalarTag[] = [
  {
    tag: "tag:yaml.org,2002:bool",
    default: true,
    test: /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/,
    resolve: (text) => /^(?:y|on)/i.test(text),
  },
  {
    tag: "tag:yaml.org,2002:int",
    default: true,
    test: /^[-+]?(?:0[0-7]+|0b[01]+|[1-9][0-9]*_[0-9_]*)$/,
    resolve: (text) => goInteger(text.replaceAll("_", "")),
  },
];

/** Go's `strconv.ParseInt(text, 0, 64)` for the forms that JavaScript reads otherwise: `0644` is octal, `0b11` binary. */
function goInteger(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits.startsWith("0b")) return sign * Number.parseInt(digits.slice(2), 2);
  return sign * Number.parseInt(digits, digits.startsWith("0") ? 8 : 10);
}
