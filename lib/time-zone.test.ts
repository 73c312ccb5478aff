import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isTimeZone, localIn, momentIn } from "./time-zone";

describe("a time zone", () => {
  it.each(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires", "Indian/Reunion", "Etc/GMT+5"])(
    "is known by its name: %s",
    (zone) => expect(isTimeZone(zone)).toBe(true),
  );

  it.each([
    "",
    "Paris",
    "+01:00",
    "Europe/Paris\n",
    "../../etc/passwd",
    "__proto__",
    "x".repeat(10_000),
    5,
    null,
    undefined,
  ])("is not %j", (zone) => expect(isTimeZone(zone)).toBe(false));
});

describe("a moment that somebody writes", () => {
  it.each([
    ["UTC", "2026-11-24", "2026-11-24T00:00:00.000Z"],
    ["Europe/Paris", "2026-11-24", "2026-11-23T23:00:00.000Z"],
    ["Europe/Paris", "2026-11-24T15:45", "2026-11-24T14:45:00.000Z"],
    ["Europe/Paris", "2026-07-24T15:45:30", "2026-07-24T13:45:30.000Z"],
    ["Asia/Kolkata", "2026-11-24T00:15", "2026-11-23T18:45:00.000Z"],
    ["Pacific/Kiritimati", "2026-11-24T00:15", "2026-11-23T10:15:00.000Z"],
    ["America/New_York", "2026-03-08T01:59", "2026-03-08T06:59:00.000Z"],
    ["America/New_York", "2026-03-08T03:00", "2026-03-08T07:00:00.000Z"],
  ])("is what clocks there show: in %s %s", (zone, local, expected) => {
    expect(momentIn(zone, local).toISOString()).toBe(expected);
  });

  it.each([
    ["an hour that is skipped is the one after it", "Europe/Paris", "2026-03-29T02:30", "2026-03-29T01:30:00.000Z"],
    ["of an hour that comes twice it is the first", "Europe/Paris", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z"],
    ["the hour after it comes once", "Europe/Paris", "2026-10-25T03:00", "2026-10-25T02:00:00.000Z"],
    ["so it is west of UTC", "America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000Z"],
  ])("is one moment where clocks change: %s", (_what, zone, local, expected) => {
    expect(momentIn(zone, local).toISOString()).toBe(expected);
  });

  it.each(["2026-02-31T25:00", "yesterday", "", "2026-11-24T07:05+02:00"])("that is none is invalid: %j", (local) => {
    expect(Number.isNaN(momentIn("Europe/Paris", local).getTime())).toBe(true);
  });

  it("is shown as it was written, in every zone", () => {
    const zones = fc.constantFrom("UTC", "Europe/Paris", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia");
    const moments = fc.date({ min: new Date("1990-01-01"), max: new Date("2060-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, moments, (zone, moment) => {
        const local = localIn(zone, moment);
        expect(localIn(zone, momentIn(zone, local))).toBe(local);
      }),
    );
  });
});
