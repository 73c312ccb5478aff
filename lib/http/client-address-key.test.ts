import { describe, expect, it } from "vitest";
import { clientAddressKey, clientNetworks } from "./client-address-key";

describe("clientAddressKey", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["0:0:0:0:0:ffff:c000:0207", "192.0.2.7"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0DB8:0000:0000:ffff:ffff:ffff:ffff", "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
    ["2001:db8:1:2:3:4:192.0.2.7", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["unknown", "unknown"],
  ])("counts %s as %s", (address, key) => {
    expect(clientAddressKey(address)).toBe(key);
  });
});

describe("clientNetworks", () => {
  it.each([
    ["192.0.2.7", { network: "192.0.2.7" }],
    ["::ffff:192.0.2.7", { network: "192.0.2.7" }],
    ["2001:db8:1:2::1", { network: "2001:db8:1:2::/64", wider: "2001:db8:1::/48" }],
    ["unknown", { network: "unknown" }],
  ])("counts %s in %j", (address, networks) => {
    expect(clientNetworks(address)).toEqual(networks);
  });
});
