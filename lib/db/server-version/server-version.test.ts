import { expect, it } from "vitest";
import { ANY_VERSION, isOlderVersion, readOldestServer } from "./server-version";

it("a mark names the oldest server that goes on; without one any does", () => {
  expect(readOldestServer("-- Needs servers of 0.2.0 or newer: they have to know.\nSELECT 1;")).toBe("0.2.0");
  expect(readOldestServer("SELECT 1;")).toBe(ANY_VERSION);
});

it("a mark without a reason, or without three numbers, is none", () => {
  expect(readOldestServer("-- Needs servers of 0.2.0 or newer: \nSELECT 1;")).toBe(ANY_VERSION);
  expect(readOldestServer("-- Needs servers of 0.2 or newer: it is so.\nSELECT 1;")).toBe(ANY_VERSION);
});

it("versions are compared by their numbers", () => {
  expect(isOlderVersion("0.9.0", "0.10.0")).toBe(true);
  expect(isOlderVersion("1.0.0", "0.10.0")).toBe(false);
  expect(isOlderVersion("1.2.3", "1.2.3")).toBe(false);
  expect(isOlderVersion("1.2.3-rc.1", "1.2.4")).toBe(true);
  expect(isOlderVersion("0.1.0", ANY_VERSION)).toBe(false);
});
