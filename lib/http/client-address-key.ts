import "server-only";

import { isIPv4, isIPv6 } from "node:net";

/**
 * The name under which requests of one client are counted: an IPv4 address as it is, an IPv6 address cut to its /64,
 * because every home and every rented server owns 2^64 of them. An IPv4 address in IPv6 dress counts as IPv4.
 */
export function clientAddressKey(address: string): string {
  return clientNetworks(address).network;
}

/**
 * The same name, and for IPv6 that of the /48 around it: whoever is given a /48 owns 65 536 networks of that size.
 * `wider` is missing for IPv4, where a neighbour is somebody else.
 */
export function clientNetworks(address: string): { network: string; wider?: string } {
  const plain = address.replace(/%.*$/, "");
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(plain)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return { network: mapped };
  if (!isIPv6(plain)) return { network: plain };
  const groups = expandGroups(plain);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) return { network: ipv4Of(groups) };
  return { network: networkOf(groups, 64), wider: networkOf(groups, 48) };
}

function networkOf(groups: readonly number[], bits: 64 | 48): string {
  const kept = groups.slice(0, bits / 16).map((group) => group.toString(16));
  return `${kept.join(":")}::/${bits}`;
}

/** The eight groups of a valid IPv6 address. */
function expandGroups(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const before = readGroups(head);
  if (tail === undefined) return before;
  const after = readGroups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function readGroups(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

function ipv4Of(groups: readonly number[]): string {
  return [groups[6] ?? 0, groups[7] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join(".");
}
