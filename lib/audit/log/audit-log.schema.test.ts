import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS, AUDIT_FIELDS } from "@/lib/audit/audit-event";
import { beginOf, endOf } from "@/lib/list/address-values";
import { AUDIT_GROUPS, listAuditEventsParams } from "./audit-log.schema";

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
    [{ before: ID }],
    [{ after: ID }],
  ])("says %j", (params) => expect(listAuditEventsParams.parse(params)).toEqual(params));

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
    { sort: "ip" },
    { actor: "" },
  ])("opens the whole log for %j", (params) => {
    expect(Object.values(listAuditEventsParams.parse(params)).every((value) => value === undefined)).toBe(true);
  });

  it("forgives spaces around what is pasted, and upper case in an address", () => {
    expect(listAuditEventsParams.parse({ ip: " 2001:DB8::1 ", request: " r-1\n" })).toEqual({
      ip: "2001:db8::1",
      request: "r-1",
    });
  });
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
