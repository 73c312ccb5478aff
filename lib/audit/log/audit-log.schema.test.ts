import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS, AUDIT_FIELDS } from "@/lib/audit/audit-event";
import { beginOf, endOf } from "@/lib/list/address-values";
import {
  AUDIT_GROUPS,
  type AuditAddress,
  auditExportParams,
  auditLogParams,
  kindOf,
  rangeOf,
  toAuditFilter,
  withKind,
} from "./audit-log.schema";
import { readInvolved, toInvolved } from "./involved";

const ID = "0193575a-0000-7000-8000-00000000beef";

describe("the address of the audit log", () => {
  it.each([
    [{ actor: "staff" }],
    [{ actor: `application:${ID}` }],
    [{ action: "application.updated" }],
    [{ action: "application" }],
    [{ target: `room:${ID}` }],
    [{ target: "person" }],
    [{ person: ID, ip: "2001:db8::1", request: "r-1" }],
    [{ from: "2026-11-24", to: "2026-11-24T07:05" }],
    [{ from: "2026-11-24", zone: "Europe/Paris" }],
    [{ involving: `person:${ID}`, kind: "all", range: "7d" }],
    [{ involving: "Calendar – Nantes", kind: "sign_in", range: "today" }],
    [{ before: ID }],
    [{ after: ID }],
  ])("says %j", (params) => expect(auditLogParams.parse(params)).toEqual(params));

  it.each([
    { actor: "person" },
    { actor: "staff:" },
    { actor: `staff:${ID}:x` },
    { actor: "staff:' OR 1=1" },
    { actor: `staff:${ID.toUpperCase()}` },
    { action: "application." },
    { action: "%" },
    { action: "__proto__" },
    { target: "secret" },
    { target: `room:${ID}\n` },
    { person: "ana" },
    { ip: "localhost" },
    { ip: "192.0.2.1; --" },
    { ip: "\u0000" },
    { request: "a b" },
    { request: "x".repeat(65) },
    { from: "yesterday" },
    { from: "2026-13-01" },
    { from: "2026-11-24T25:00" },
    { from: "2026-11-24T07:05+02:00" },
    { to: ["2026-11-24"] },
    { from: "2026-02-30" },
    { to: "2026-11-31T08:00" },
    { from: "2026-02-29" },
    { to: "2026-01-01T24:00:00" },
    { from: "0000-01-01" },
    { to: "0000-12-31T23:59:59" },
    { from: "10000-01-01" },
    { to: "-000001-01-01" },
    { zone: "+02:00" },
    { zone: "Nowhere/Land" },
    { before: "1" },
    { involving: "" },
    { involving: " \u200b " },
    { involving: "a\nb" },
    { involving: "x".repeat(321) },
    { kind: "upkeep" },
    { kind: ["staff"] },
    { range: "1h" },
    { range: "__proto__" },
    { sort: "ip" },
    { actor: "" },
  ])("opens the whole log for %j", (params) => {
    expect(Object.values(auditLogParams.parse(params)).every((value) => value === undefined)).toBe(true);
  });

  it("forgives spaces around what is pasted, and upper case in an address", () => {
    expect(auditLogParams.parse({ ip: " 2001:DB8::1 ", request: " r-1\n" })).toEqual({
      ip: "2001:db8::1",
      request: "r-1",
    });
  });
});

describe("the kind of events", () => {
  it.each<[AuditAddress]>([
    [{}],
    [{ involving: "Ana" }],
    [{ range: "7d" }],
    [{ from: "2026-11-24", zone: "Asia/Tokyo" }],
  ])("is what staff changed, for %j", (address) => expect(kindOf(address)).toBe("staff"));

  it.each<[AuditAddress]>([
    [{ action: "staff.signed_in" }],
    [{ actor: "application" }],
    [{ actor: `staff:${ID}` }],
    [{ target: `room:${ID}` }],
    [{ person: ID }],
    [{ ip: "192.0.2.1" }],
    [{ request: "r-1" }],
  ])("is any for %j, which people linked to before there were kinds", (address) => {
    expect(kindOf(address)).toBe("all");
  });

  it.each<[AuditAddress]>([[{}], [{ request: "r-1" }], [{ kind: "application" }], [{ kind: "all", ip: "::1" }]])(
    "can be changed in %j, and one that goes without saying is not said",
    (address) => {
      for (const kind of ["staff", "sign_in", "application", "all"] as const) {
        expect(kindOf(withKind(address, kind))).toBe(kind);
      }
      expect(withKind(address, kindOf({ ...address, kind: undefined })).kind).toBeUndefined();
    },
  );
});

describe("a range of days", () => {
  const now = new Date("2026-11-22T23:30:00Z");

  it.each([
    ["today", "UTC", "2026-11-22", undefined],
    ["today", "Asia/Tokyo", "2026-11-23", "Asia/Tokyo"],
    ["7d", "UTC", "2026-11-16", undefined],
    ["7d", "America/New_York", "2026-11-16", "America/New_York"],
    ["30d", "Europe/Paris", "2026-10-25", "Europe/Paris"],
  ] as const)("%s, for a reader in %s, begins on %s", (range, zone, from, said) => {
    expect(toAuditFilter({ range }, { now, zone })).toEqual({ from, zone: said });
  });

  it("is nothing beside a time of its own, which keeps its zone", () => {
    const address = { range: "7d", from: "2026-01-01", zone: "Europe/Paris" } as const;
    expect(rangeOf(address)).toBeUndefined();
    expect(toAuditFilter(address, { now, zone: "Asia/Tokyo" })).toEqual({ from: "2026-01-01", zone: "Europe/Paris" });
  });
});

describe("whoever is involved", () => {
  it.each(["application", "person", "staff_member", "room"] as const)("is a kind and an id: %s", (kind) => {
    expect(readInvolved(toInvolved({ kind, id: ID }))).toEqual({ kind, id: ID });
  });

  it.each(["", ID, `secret:${ID}`, `person:${ID}:x`, "person:", "person:ana", ` person:${ID}`, `constructor:${ID}`])(
    "is nobody yet in %j",
    (text) => expect(readInvolved(text)).toBeUndefined(),
  );
});

describe("a time range", () => {
  it.each([
    ["2026-11-24", "2026-11-24T00:00:00.000Z", "2026-11-25T00:00:00.000Z"],
    ["2026-11-24T07:05", "2026-11-24T07:05:00.000Z", "2026-11-24T07:06:00.000Z"],
    ["0001-01-01", "0001-01-01T00:00:00.000Z", "0001-01-02T00:00:00.000Z"],
    ["9999-12-31", "9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
    ["9999-12-31T23:59:59", "9999-12-31T23:59:59.000Z", "9999-12-31T23:59:59.999Z"],
    ["2026-11-24T07:05:59", "2026-11-24T07:05:59.000Z", "2026-11-24T07:06:00.000Z"],
  ])("includes all of %s, in UTC wherever the server stands", (moment, first, afterwards) => {
    expect([beginOf(moment).toISOString(), endOf(moment).toISOString()]).toEqual([first, afterwards]);
  });
});

describe("a time range in a zone", () => {
  it.each([
    ["2026-11-24", "Europe/Paris", "2026-11-23T23:00:00.000Z", "2026-11-24T23:00:00.000Z"],
    ["2026-11-24T07:05", "America/New_York", "2026-11-24T12:05:00.000Z", "2026-11-24T12:06:00.000Z"],
    ["2026-03-29", "Europe/Paris", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "Europe/Paris", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["0001-01-01", "Asia/Tokyo", "0001-01-01T00:00:00.000Z", "0001-01-01T14:41:01.000Z"],
    ["9999-12-31", "America/New_York", "9999-12-31T05:00:00.000Z", "9999-12-31T23:59:59.999Z"],
  ])(
    "includes all of %s as clocks in %s show it, and no more than can be stored",
    (moment, zone, first, afterwards) => {
      expect([beginOf(moment, zone).toISOString(), endOf(moment, zone).toISOString()]).toEqual([first, afterwards]);
    },
  );
});

describe("the actions", () => {
  it("all belong to a group", () => {
    expect(AUDIT_ACTIONS.filter((action) => !AUDIT_GROUPS.some((group) => action.startsWith(`${group}.`)))).toEqual([]);
  });

  it("keep no field that is named like a secret, a token or an address of a person", () => {
    const secretive = /secret$|hash|password|pin|mail|token$|assertion|jwk$|cookie|session|private/i;
    expect(
      Object.values(AUDIT_FIELDS)
        .flat()
        .filter((field) => secretive.test(field)),
    ).toEqual([]);
  });
});

describe("the address of an export", () => {
  it.each([{}, { kind: "" }, { kind: "nothing" }])("without a kind that is one holds all of them: %j", (params) => {
    expect(auditExportParams.parse(params)).toEqual({ kind: "all", format: "csv" });
  });

  it("holds the kind that it names", () => {
    expect(auditExportParams.parse({ kind: "staff", format: "json" })).toEqual({ kind: "staff", format: "json" });
  });
});
