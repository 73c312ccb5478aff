import { describe, expect, it } from "vitest";
import type { AuditFilter } from "../log/audit-log.schema";
import { toExportAbout, toExportName } from "./export-about";

const at = new Date("2026-11-22T23:30:00Z");
const nameOf = (filter: AuditFilter, name?: string | null, zone = "UTC", events = 412) =>
  toExportName(
    toExportAbout({
      events,
      filter,
      involved: name === undefined ? undefined : { kind: "application", id: "0193575a", name, exists: true },
      at,
      zone,
    }),
  );

describe("the name of an export", () => {
  it.each<[AuditFilter, string]>([
    [{}, "audit-log-412-events-until-2026-11-22-staff-changes"],
    [{ from: "2026-11-16" }, "audit-log-412-events-2026-11-16-to-2026-11-22-staff-changes"],
    [{ from: "2026-11-16", to: "2026-11-16", kind: "all" }, "audit-log-412-events-2026-11-16-everything"],
    [{ to: "2026-11-16", kind: "sign_in" }, "audit-log-412-events-until-2026-11-16-sign-ins"],
    [
      { from: "2026-11-16", to: "2030-01-01", kind: "application" },
      "audit-log-412-events-2026-11-16-to-2026-11-22-applications-and-people",
    ],
    [
      { action: "application.updated", ip: "2001:db8::1" },
      "audit-log-412-events-until-2026-11-22-everything-action-application-updated-ip-2001-db8-1",
    ],
  ])("says which days and which events, for %j", (filter, name) => expect(nameOf(filter)).toBe(name));

  it("tells days as the clocks of its reader do", () => {
    expect(nameOf({}, undefined, "Asia/Tokyo", 1)).toBe("audit-log-1-event-until-2026-11-23-staff-changes");
    expect(nameOf({ from: "2026-11-23", zone: "Asia/Tokyo" })).toContain("-2026-11-23-staff");
  });

  it.each([
    ["Calendar – Nantes", "calendar-nantes"],
    ["Réservation « Œuvres »", "reservation-uvres"],
    ['../../etc/passwd";x="', "etc-passwd-x"],
    ["\u202Efdp.exe\r\n", "fdp-exe"],
    ["日本", ""],
    [null, "application-0193575a"],
  ])("takes of %j what every file system takes", (name, expected) => {
    const said = nameOf({}, name);
    expect(said).toBe(`audit-log-412-events-until-2026-11-22-staff-changes-involving${expected && `-${expected}`}`);
    expect(said).toMatch(/^[a-z0-9-]+$/);
  });

  it("is no longer than a file system takes, whatever is asked for", () => {
    const long = { actor: `staff:${"0".repeat(36)}`, target: `room:${"0".repeat(36)}`, person: "0".repeat(36) };
    const filter = { ...long, action: "application.secret_revocation_scheduled" as const, request: "r".repeat(64) };
    expect(nameOf(filter, "x".repeat(255)).length).toBeLessThanOrEqual(200);
  });
});
