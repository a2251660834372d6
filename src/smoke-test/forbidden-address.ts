import { BlockList, isIP } from "node:net";

const metadata = "a cloud's metadata service";

/** Where clouds answer with credentials of the machine itself, by name. Names lead to addresses, but a proxy would not tell us which. */
const metadataNames: ReadonlySet<string> = new Set([
  "metadata",
  "metadata.google.internal",
  "metadata.goog",
  "instance-data",
  "instance-data.ec2.internal",
]);

/** The same by address. Where a rule is for IPv4, it also holds for the IPv4-mapped form, ::ffff:a.b.c.d. */
const rules: readonly (readonly [why: string, addresses: BlockList])[] = [
  [
    "a link-local address",
    subnets(
      ["169.254.0.0", 16],
      ["fe80::", 10],
      ["::169.254.0.0", 112], // IPv4-compatible
      ["64:ff9b::169.254.0.0", 112], // NAT64 (RFC 6052)
      ["2002:a9fe::", 32], // 6to4
    ),
  ],
  [
    metadata,
    subnets(
      ["fd00:ec2::", 32], // AWS
      ["fd20:ce::254", 128], // Google Cloud
      ["100.100.100.200", 32], // Alibaba Cloud
      ["168.63.129.16", 32], // Azure
      ["192.0.0.192", 32], // Oracle Cloud
    ),
  ],
];

/**
 * Why a smoke test must not ask this host: a check's address can come from an event's payload, and what the machine's own metadata
 * service answers would end in a report. Undefined for every other host; private networks are allowed, staging lives there.
 */
export function forbiddenAddress(host: string): string | undefined {
  const version = isIP(host);
  if (version === 0) return metadataNames.has(host.toLowerCase().replace(/\.$/, "")) ? metadata : undefined;
  return rules.find(([, addresses]) => addresses.check(host, version === 4 ? "ipv4" : "ipv6"))?.[0];
}

function subnets(...networks: readonly (readonly [network: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, isIP(network) === 4 ? "ipv4" : "ipv6");
  return list;
}
