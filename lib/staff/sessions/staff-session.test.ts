import { describe, expect, it } from "vitest";
import { isSessionLive, type StaffSessionState, sessionExpiry } from "./staff-session";

const START = new Date("2026-01-01T09:00:00Z");
const later = (ms: number) => new Date(START.getTime() + ms);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const session = (changes: Partial<StaffSessionState> = {}): StaffSessionState => ({
  sessionVersion: 3,
  lastSeenAt: START,
  expiresAt: sessionExpiry(START),
  endedAt: null,
  staffMember: { isActive: true, sessionVersion: 3 },
  ...changes,
});

describe("isSessionLive", () => {
  it.each([
    ["when it starts", session(), START],
    ["a moment before thirty idle minutes", session(), later(30 * MINUTE - 1)],
    ["a moment before eight busy hours", session({ lastSeenAt: later(8 * HOUR - 1_000) }), later(8 * HOUR - 1)],
  ])("is true %s", (_when, state, now) => {
    expect(isSessionLive(state, now)).toBe(true);
  });

  it.each([
    ["after thirty idle minutes", session(), later(30 * MINUTE)],
    ["after eight hours, however busy", session({ lastSeenAt: later(8 * HOUR) }), later(8 * HOUR)],
    ["once it was ended", session({ endedAt: START }), START],
    ["even if it is to end later only", session({ endedAt: later(HOUR) }), START],
    ["when its owner is inactive", session({ staffMember: { isActive: false, sessionVersion: 3 } }), START],
    [
      "when its owner was signed out everywhere",
      session({ staffMember: { isActive: true, sessionVersion: 4 } }),
      START,
    ],
    ["when its version is ahead of its owner's", session({ sessionVersion: 4 }), START],
  ])("is false %s", (_when, state, now) => {
    expect(isSessionLive(state, now)).toBe(false);
  });
});
