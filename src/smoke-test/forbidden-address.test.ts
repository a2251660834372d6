import { describe, expect, it } from "@jest/globals";
import { forbiddenAddress } from "./forbidden-address.ts";

describe("forbiddenAddress()", () => {
  it.each([
    ["the address of most clouds' metadata", "169.254.169.254"],
    ["that of AWS tasks", "169.254.170.2"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 link-local with a zone", "fe80::1%eth0"],
    ["the end of IPv6 link-local", "febf:ffff::1"],
    ["IPv4-mapped IPv6", "::ffff:169.254.169.254"],
    ["the same in hexadecimal", "::ffff:a9fe:a9fe"],
    ["the same written out", "0:0:0:0:0:ffff:a9fe:a9fe"],
    ["IPv4-compatible IPv6", "::169.254.169.254"],
    ["NAT64", "64:ff9b::a9fe:a9fe"],
    ["6to4", "2002:a9fe:a9fe::1"],
    ["AWS metadata by IPv6", "fd00:ec2::254"],
    ["Google's by IPv6", "fd20:ce::254"],
    ["Alibaba's", "100.100.100.200"],
    ["Azure's", "168.63.129.16"],
    ["a mapped form of Azure's", "::ffff:168.63.129.16"],
    ["Oracle's", "192.0.0.192"],
    ["Google's by name", "metadata.google.internal"],
    ["a name in other letters with its last dot", "Metadata.Google.Internal."],
    ["a short name", "metadata"],
  ])("refuses %s", (_name, host) => {
    expect(forbiddenAddress(host)).toMatch(/^a (link-local address|cloud's metadata service)$/);
  });

  it.each([
    "127.0.0.1",
    "::1",
    "10.0.0.7",
    "192.168.1.1",
    "fd12:3456::1",
    "169.253.255.255",
    "203.0.113.7",
    "shop.example.com",
    "",
  ])("lets %j be asked", (host) => {
    expect(forbiddenAddress(host)).toBeUndefined();
  });
});
