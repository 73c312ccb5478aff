import { describe, expect, it } from "vitest";
import { type CountedCall, createUsageCollector, NOBODY, USAGE_LIMITS, type UsageLimits } from "./usage-batch";

const AT = new Date("2026-11-23T23:59:59.999Z");
const LIMITS: UsageLimits = { counts: 4, unprovenClients: 2, provenRefusals: 3, unprovenRefusals: 1, refusals: 5 };

function call(overrides: Partial<CountedCall> = {}): CountedCall {
  const who = { clientId: "calendar", isProven: true, credentialId: "secret", personId: "ana" };
  return { kind: "tokens", outcome: "ok", ...who, at: AT, ip: "192.0.2.7", requestId: "r", ...overrides };
}

const total = (counts: readonly { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);
const many = (length: number) => Array.from({ length }, (_, index) => index);

describe("counted calls", () => {
  it("that have everything in common are one row, with the last time", () => {
    const collector = createUsageCollector();
    const later = new Date("2026-11-23T23:10:00Z");
    for (const at of [new Date("2026-11-23T23:00:00Z"), later, new Date("2026-11-23T23:05:00Z")]) {
      collector.add(call({ at }));
    }
    expect(collector.take()).toEqual({
      counts: [
        {
          hour: new Date("2026-11-23T23:00:00Z"),
          clientId: "calendar",
          credentialId: "secret",
          personId: "ana",
          kind: "tokens",
          outcome: "ok",
          count: 3,
          lastAt: later,
        },
      ],
      refusals: [],
      lost: 0,
    });
    expect(collector.take()).toEqual({ counts: [], refusals: [], lost: 0 });
  });

  it.each([
    ["hour", { at: new Date(AT.getTime() + 1) }],
    ["application", { clientId: "diary" }],
    ["credential", { credentialId: "key" }],
    ["person", { personId: "ben" }],
    ["kind", { kind: "rooms" as const }],
    ["outcome", { outcome: "scope_missing" }],
  ])("of another %s are another row", (_what, other) => {
    const collector = createUsageCollector();
    collector.add(call());
    collector.add(call(other));
    expect(collector.take().counts.map(({ count }) => count)).toEqual([1, 1]);
  });

  it("never grow beyond the limit, and lose their person before they are lost themselves", () => {
    const collector = createUsageCollector(LIMITS);
    for (const index of many(1_000)) collector.add(call({ personId: `person-${index}` }));
    const { counts, lost } = collector.take();
    expect(counts.map(({ personId, count }) => [personId, count])).toEqual([
      ["person-0", 1],
      ["person-1", 1],
      ["person-2", 1],
      ["person-3", 1],
      [NOBODY, 996],
    ]);
    expect(lost).toBe(0);
  });

  it("are lost, and counted as lost, when there is no room at all", () => {
    const collector = createUsageCollector(LIMITS);
    for (const index of many(10)) collector.add(call({ clientId: `application-${index}` }));
    const { counts, lost } = collector.take();
    expect([counts.length, lost]).toEqual([6, 4]);
  });
});

describe("calls in a name that nobody has proved", () => {
  const unproven = (clientId: string) => call({ clientId, isProven: false, outcome: "bad_tag" });

  it("are kept for a handful of names only, however many are made up", () => {
    const collector = createUsageCollector(LIMITS);
    for (const index of many(10_000)) collector.add(unproven(`made-up-${index}`));
    const { counts, refusals, lost } = collector.take();
    expect([counts.length, refusals.length, lost]).toEqual([2, 2, 0]);
  });

  it("take no room from those who have proved it", () => {
    const collector = createUsageCollector();
    for (const index of many(10_000)) collector.add(unproven(`made-up-${index}`));
    collector.add(call());
    const { counts } = collector.take();
    expect(counts.length).toBe(USAGE_LIMITS.unprovenClients + 1);
    expect(counts.at(-1)).toMatchObject({ clientId: "calendar", count: 1 });
  });

  it.each(["", "a".repeat(65), "a\u0000b", "a b", "é", "\ud800"])(
    "are dropped when the name is %j, which no application has",
    (clientId) => {
      const collector = createUsageCollector();
      collector.add(unproven(clientId));
      expect(collector.isEmpty()).toBe(true);
    },
  );
});

describe("samples of refusals", () => {
  const refused = (requestId: string, other: Partial<CountedCall> = {}) =>
    call({ outcome: "scope_not_granted", requestId, ...other });

  it("are the newest of each application; answered calls leave none", () => {
    const collector = createUsageCollector(LIMITS);
    collector.add(call());
    for (const index of many(50)) collector.add(refused(`r${index}`));
    const { refusals, counts } = collector.take();
    expect(refusals.map(({ requestId }) => requestId)).toEqual(["r47", "r48", "r49"]);
    expect(total(counts)).toBe(51);
  });

  it("of all applications are bounded too, and every call is counted all the same", () => {
    const collector = createUsageCollector({ ...LIMITS, counts: 100 });
    for (const index of many(50)) collector.add(refused("r", { clientId: `application-${index}` }));
    const { refusals, counts } = collector.take();
    expect([refusals.length, total(counts)]).toEqual([5, 50]);
  });

  it("of what is proved are not pushed out by what is not", () => {
    const collector = createUsageCollector(LIMITS);
    collector.add(refused("genuine"));
    for (const index of many(50)) collector.add(refused(`forged-${index}`, { isProven: false }));
    expect(collector.take().refusals.map(({ requestId }) => requestId)).toEqual(["genuine", "forged-49"]);
  });
});

describe("a batch that is put back", () => {
  it("adds up with what came in since, within the same limits", () => {
    const collector = createUsageCollector(LIMITS);
    for (const index of many(10)) collector.add(call({ personId: `person-${index}`, outcome: "scope_missing" }));
    const batch = collector.take();
    collector.add(call({ outcome: "scope_missing", personId: "person-0" }));
    collector.putBack(batch);
    const again = collector.take();
    expect(total(again.counts)).toBe(11);
    expect(again.counts.length).toBeLessThanOrEqual(LIMITS.counts * 1.5);
    expect(again.counts[0]).toMatchObject({ personId: "person-0", count: 2 });
    expect(again.refusals.length).toBe(LIMITS.provenRefusals);
  });

  it("keeps the number of the lost", () => {
    const collector = createUsageCollector(LIMITS);
    collector.putBack({ counts: [], refusals: [], lost: 3 });
    expect(collector.isEmpty()).toBe(false);
    expect(collector.take().lost).toBe(3);
  });
});
