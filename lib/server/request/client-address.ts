import "server-only";

import { isIP, SocketAddress } from "node:net";

/** Stands for an address that is not known, as of a connection that is gone already. */
export const UNKNOWN_ADDRESS = "0.0.0.0";

/**
 * Returns the client's address: the connection's own, or with `hops` trusted proxies in front the entry that the
 * outermost of them added to `X-Forwarded-For`. Counted from the right, because everything further left was written by
 * the client. An entry that is no address is not believed, nor is anything behind it.
 */
export function resolveClientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  hops: number,
): string {
  let address = normaliseAddress(socketAddress ?? "") ?? UNKNOWN_ADDRESS;
  if (hops === 0 || forwardedFor === undefined) return address;
  for (const entry of forwardedFor.split(",").reverse().slice(0, hops)) {
    const next = normaliseAddress(withoutPort(entry.trim()));
    if (next === undefined) break;
    address = next;
  }
  return address;
}

/** One spelling for each address: IPv4 out of its IPv6 form, no zone, IPv6 compressed. Undefined when it is none. */
function normaliseAddress(text: string): string | undefined {
  const bare = text.replace(/%.*$/, "").replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(bare);
  if (version === 0) return undefined;
  return version === 4 ? bare : new SocketAddress({ address: bare, family: "ipv6" }).address;
}

/** Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
}
