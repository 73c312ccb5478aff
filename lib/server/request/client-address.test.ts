import { describe, expect, it } from "vitest";
import { resolveClientAddress } from "./client-address";

describe("resolveClientAddress", () => {
  it.each([
    ["ignores X-Forwarded-For without trusted proxies", "198.51.100.1", "203.0.113.9", 0, "198.51.100.1"],
    ["takes what the one proxy added, not what the client wrote", "10.0.0.1", "1.1.1.1, 203.0.113.9", 1, "203.0.113.9"],
    ["takes what the outer of two proxies added", "10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
    ["takes the leftmost entry when there are fewer than proxies", "10.0.0.1", "203.0.113.9", 3, "203.0.113.9"],
    ["takes the connection when the proxy added nothing", "10.0.0.1", undefined, 1, "10.0.0.1"],
    ["takes the connection for an empty field", "10.0.0.1", "", 1, "10.0.0.1"],
    ["does not believe an entry that is no address", "10.0.0.1", "203.0.113.9, unknown", 1, "10.0.0.1"],
    ["believes nothing behind an entry that is no address", "10.0.0.1", "203.0.113.9, x, 10.0.0.2", 3, "10.0.0.2"],
    ["takes the port off an IPv4 entry", "10.0.0.1", "203.0.113.9:4711", 1, "203.0.113.9"],
    ["takes brackets and port off an IPv6 entry", "10.0.0.1", "[2001:db8::1]:4711", 1, "2001:db8::1"],
    ["writes IPv6 in its one short form", "10.0.0.1", "2001:0DB8:0:0:0:0:0:1", 1, "2001:db8::1"],
    ["takes IPv4 out of its IPv6 form", "::ffff:198.51.100.1", undefined, 0, "198.51.100.1"],
    ["drops the zone of a link-local address", "fe80::1%eth0", undefined, 0, "fe80::1"],
    ["has a constant for a connection that is gone", undefined, undefined, 0, "0.0.0.0"],
  ])("%s", (_title, socket, forwardedFor, hops, expected) => {
    expect(resolveClientAddress(socket, forwardedFor, hops)).toBe(expected);
  });
});
