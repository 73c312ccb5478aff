import { describe, expect, it } from "vitest";
import {
  at,
  domains,
  event,
  explain,
  LIVE,
  PERSON,
  passesSince,
  SECRET,
  stillFails,
} from "@/lib/testing/machine/refusal-cases";
import type { CredentialLife } from "./explain-rules";

describe("a secret then and now", () => {
  const revoked = (time: string): CredentialLife => ({ ...LIVE, revokedAt: at(time) });
  const passed = { refusedBy: null, present: {} };

  it("fails since it was revoked", () => {
    const past = [
      event("13:00:00", "application.secret_revoked", { secretId: [SECRET, SECRET], revokedAt: [null, "…"] }, "over"),
      domains("14:00:00", ["a.example"], ["nantes.example"]),
    ];
    expect(explain("credential", { ...passed, credentials: [revoked("13:00:00")], events: past })).toMatchObject({
      past: "passed",
      now: "failed",
      change: { kind: "event", eventId: "over" },
    });
  });

  it("fails since the rotation that set its end, though other things were changed between that and the end", () => {
    const past = [
      event("12:10:00", "application.secret_rotated", { replacedSecretIds: [null, [SECRET]] }, "rotated"),
      domains("12:30:00", ["a.example"], ["nantes.example"]),
    ];
    expect(explain("credential", { ...passed, credentials: [revoked("13:00:00")], events: past })).toMatchObject({
      change: { eventId: "rotated" },
    });
  });

  it("fails since the moment at which it expired, which is no event", () => {
    const expired = { ...LIVE, expiresAt: at("13:00:00") };
    expect(explain("credential", { ...passed, credentials: [expired] })).toMatchObject({
      past: "passed",
      now: "failed",
      change: { kind: "expiry", at: at("13:00:00") },
    });
  });

  it("counted before somebody said that it was compromised", () => {
    const leaked = { ...LIVE, compromisedAt: at("13:00:00"), revokedAt: at("13:00:00") };
    expect(explain("credential", { ...passed, credentials: [leaked] })).toMatchObject({
      past: "passed",
      now: "failed",
    });
  });

  it("that was refused stays refused: a new one does not help whoever sends the old one", () => {
    const fresh = { ...LIVE, id: "secret-2", createdAt: at("13:00:00") };
    expect(explain("credential", { credentials: [revoked("11:00:00"), fresh] })).toMatchObject(stillFails);
  });

  it("passes with any that is live, where it is not known which one was sent", () => {
    const fresh = { ...LIVE, id: "secret-2", createdAt: at("13:00:00") };
    const past = [event("13:00:00", "application.secret_created", { secretId: [null, "secret-2"] }, "made")];
    const told = explain("credential", {
      credentials: [revoked("11:00:00"), fresh],
      events: past,
      request: { credentialId: undefined },
    });
    expect(told).toMatchObject(passesSince("made"));
  });
});

describe("a list then and now", () => {
  const added = (time: string, effect: string, rules: string[], people: string[], id?: string) =>
    event(
      time,
      "application.person_rules_added",
      { effect: [null, effect], ruleIds: [null, rules], personIds: [null, people] },
      id,
    );
  const removed = (time: string, effect: string, rules: string[], people: string[], id?: string) =>
    event(
      time,
      "application.person_rules_removed",
      { effect: [effect, null], ruleIds: [rules, null], personIds: [people, null] },
      id,
    );

  it("passes since the person came off the deny list", () => {
    const past = [removed("13:00:00", "deny", ["r1", "r2"], ["other", PERSON], "lifted")];
    expect(explain("deny_list", { events: past })).toMatchObject(passesSince("lifted"));
  });

  it("passes since the person was put on the allow list, which the log knows by the entry alone", () => {
    const past = [added("13:00:00", "allow", ["r1"], [], "allowed")];
    const told = explain("allow_list", {
      present: { allowed: 2, listing: "allow" },
      subject: { personId: PERSON, personSince: at("12:30:00"), ruleId: "r1" },
      events: past,
    });
    expect(told).toMatchObject(passesSince("allowed"));
  });

  it("passes since the allow list was removed", () => {
    const past = [removed("13:00:00", "allow", ["r1", "r2"], ["one", "other"], "cleared")];
    expect(explain("allow_list", { events: past })).toMatchObject(passesSince("cleared"));
  });

  it("is not known where somebody came off it whom the log does not name", () => {
    const past = [removed("13:00:00", "deny", ["r1"], [])];
    const told = explain("deny_list", {
      refusedBy: null,
      subject: { personId: PERSON, personSince: at("13:30:00"), ruleId: null },
      events: past,
    });
    expect(told).toMatchObject({ past: "unknown", now: "passed", change: null, untold: "list" });
  });

  it("is known where the log would have named the person", () => {
    const past = [removed("13:00:00", "deny", ["r1"], [])];
    expect(explain("deny_list", { refusedBy: null, events: past })).toMatchObject({ past: "passed", now: "passed" });
  });
});
