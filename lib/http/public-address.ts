import "server-only";

import { BlockList, isIPv4, isIPv6 } from "node:net";

// IANA special-purpose registry for IPv4: this host, private, shared (CGNAT), loopback, link-local with the metadata
// services of clouds, protocol assignments, documentation, relays, benchmarks, multicast, reserved.
const IPV4_NOT_PUBLIC = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];
// Global unicast is all that is public in IPv6: loopback, mapped, NAT64, unique local, link-local and multicast
// addresses are outside of it.
const IPV6_PUBLIC = ["2000::/3"];
// Protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4 address of anybody's choice.
const IPV6_NOT_PUBLIC = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const blockedV4 = toBlockList(IPV4_NOT_PUBLIC, "ipv4");
const publicV6 = toBlockList(IPV6_PUBLIC, "ipv6");
const blockedV6 = toBlockList(IPV6_NOT_PUBLIC, "ipv6");

/**
 * Whether an IP address belongs to the public Internet, so that a request to it cannot reach this host, its network or
 * the metadata service of its cloud. False for anything that is not a plain address.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !blockedV4.check(address, "ipv4");
  // A zone index makes an address one of this host's own links.
  if (!isIPv6(address) || address.includes("%")) return false;
  return publicV6.check(address, "ipv6") && !blockedV6.check(address, "ipv6");
}

function toBlockList(ranges: readonly string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = "", prefix = ""] = range.split("/");
    list.addSubnet(network, Number(prefix), family);
  }
  return list;
}
