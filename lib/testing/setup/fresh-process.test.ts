import { setTimeout as wait } from "node:timers/promises";
import { expect, it, vi } from "vitest";

const KEPT = Symbol.for("vestibule.left-by-another-file");
const FOREIGN = Symbol.for("elsewhere.kept");

it("takes from a file what the product kept for its process, and nothing of others", async () => {
  Object.assign(globalThis, { [KEPT]: "left", [FOREIGN]: "theirs" });
  vi.resetModules();
  await import("./fresh-process");
  expect([Reflect.has(globalThis, KEPT), Reflect.has(globalThis, FOREIGN)]).toEqual([false, true]);
  Reflect.deleteProperty(globalThis, FOREIGN);
});

it("stops what the product does later or again and again", async () => {
  const wentOff: string[] = [];
  setTimeout(() => wentOff.push("later"), 1).unref();
  setInterval(() => wentOff.push("again"), 1).unref();
  vi.resetModules();
  await import("./fresh-process");
  const before = wentOff.length;
  await wait(20);
  expect(wentOff).toHaveLength(before);
});
