import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address";

describe("isPublicAddress", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2001:4860:4860::8888",
    "2a00:1450:4007:80e::200e",
  ])("lets %s pass", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ["this host", "0.0.0.0"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["shared by a carrier", "100.64.0.1"],
    ["shared by a carrier", "100.127.255.255"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["metadata of a cloud", "169.254.169.254"],
    ["metadata of a cloud", "100.100.100.200"],
    ["protocol assignments", "192.0.0.170"],
    ["documentation", "192.0.2.1"],
    ["documentation", "203.0.113.9"],
    ["benchmarks", "198.19.0.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["IPv4 in disguise", "::ffff:127.0.0.1"],
    ["IPv4 in disguise", "::ffff:8.8.8.8"],
    ["IPv4 in disguise", "::7f00:1"],
    ["IPv4 behind NAT64", "64:ff9b::7f00:1"],
    ["IPv4 behind 6to4", "2002:7f00:1::"],
    ["IPv4 behind Teredo", "2001:0:4136:e378::1"],
    ["documentation", "2001:db8::1"],
    ["documentation", "3fff::1"],
    ["unique local", "fd00:ec2::254"],
    ["unique local", "fc00::1"],
    ["link-local", "fe80::1"],
    ["link-local with its link", "fe80::1%eth0"],
    ["public with a link", "2606:4700:4700::1111%eth0"],
    ["multicast", "ff02::1"],
    ["a name", "example.com"],
    ["a number", "2130706433"],
    ["an address with a port", "8.8.8.8:443"],
    ["octal", "0177.0.0.1"],
    ["nothing", ""],
  ])("stops %s: %s", (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
