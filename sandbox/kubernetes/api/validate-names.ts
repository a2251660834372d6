import { invalidValue, tooLong } from "./status.ts";
import type { Cause } from "./status.ts";

const labelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const subdomainPattern = `${labelPattern}(\\.${labelPattern})*`;
const qualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const servicePattern = "[a-z]([-a-z0-9]*[a-z0-9])?";

const lowerCase = "must consist of lower case alphanumeric characters";
const alphanumericEnds = "must start and end with an alphanumeric character";

/** The kinds of names, each with its pattern and with Kubernetes' sentence about it. */
const formats = {
  subdomain: {
    pattern: subdomainPattern,
    longest: 253,
    says: `a lowercase RFC 1123 subdomain ${lowerCase}, '-' or '.', and ${alphanumericEnds} (e.g. 'example.com', regex used for validation is '${subdomainPattern}')`,
  },
  label: {
    pattern: labelPattern,
    longest: 63,
    says: `a lowercase RFC 1123 label ${lowerCase} or '-', and ${alphanumericEnds} (e.g. 'my-name',  or '123-abc', regex used for validation is '${labelPattern}')`,
  },
  service: {
    pattern: servicePattern,
    longest: 63,
    says: `a DNS-1035 label ${lowerCase} or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${servicePattern}')`,
  },
  // The name of a Role may be anything that can stand in a path.
  path: { pattern: "(?!\\.\\.?$)[^/%]+", longest: 253, says: "may not contain '/' or '%'" },
} as const;

export type NameFormat = keyof typeof formats;

export function nameCauses(name: string, field: string, format: NameFormat): Cause[] {
  const { pattern, longest, says } = formats[format];
  if (!new RegExp(`^(?:${pattern})$`).test(name)) return [invalidValue(field, name, says)];
  return name.length > longest ? [invalidValue(field, name, `must be no more than ${longest} characters`)] : [];
}

const qualifiedName = new RegExp(`^(?:${subdomainPattern}/)?${qualifiedPattern}$`);
const qualifiedSays = `name part must consist of alphanumeric characters, '-', '_' or '.', and ${alphanumericEnds} (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedPattern}')`;
const valueSays = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and ${alphanumericEnds} (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(${qualifiedPattern})?')`;

type Words = Readonly<Record<string, string | undefined>>;

export function labelCauses(labels: Words, field: string): Cause[] {
  return Object.entries(labels).flatMap(([key, value = ""]) => [
    ...keyCauses(key, field),
    ...(value.length > 63 ? [invalidValue(field, value, "must be no more than 63 bytes")] : []),
    ...(value === "" || new RegExp(`^${qualifiedPattern}$`).test(value) ? [] : [invalidValue(field, value, valueSays)]),
  ]);
}

/** All annotations together may hold 256 KiB. */
const annotationBytes = 256 * 1024;

export function annotationCauses(annotations: Words, field: string): Cause[] {
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value = ""]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return [
    ...Object.keys(annotations).flatMap((key) => keyCauses(key.toLowerCase(), field)),
    ...(bytes > annotationBytes ? [tooLong(field, annotationBytes)] : []),
  ];
}

function keyCauses(key: string, field: string): Cause[] {
  const name = key.split("/").at(-1) ?? "";
  return qualifiedName.test(key) && name.length <= 63 ? [] : [invalidValue(field, key, qualifiedSays)];
}
