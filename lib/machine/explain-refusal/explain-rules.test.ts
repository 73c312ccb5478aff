import { describe, expect, it } from "vitest";
import { at, domains, event, explain, type Fields, passesSince, stillFails } from "@/lib/testing/machine/refusal-cases";
import { judgeNow } from "./explain-rules";

describe("a rule then and now", () => {
  it("passes since the event that added the domain, whatever else was changed before and after", () => {
    const lyon = ["lyon.example", "nantes.example"];
    const past = [
      domains("12:30:00", ["nantes.example"], ["nantes.example", "paris.example"]),
      domains("13:00:00", ["nantes.example", "paris.example"], [...lyon, "paris.example"], "added"),
      event("13:10:00", "application.deactivated", { isActive: [true, false] }),
      event("13:20:00", "application.activated", { isActive: [false, true] }),
      domains("14:00:00", [...lyon, "paris.example"], lyon),
    ];
    expect(explain("domain", { present: { domains: lyon }, events: past })).toMatchObject(passesSince("added"));
  });

  it("still fails where the domain was added and removed again", () => {
    const past = [
      domains("13:00:00", ["nantes.example"], ["lyon.example", "nantes.example"]),
      domains("14:00:00", ["lyon.example", "nantes.example"], ["nantes.example"]),
    ];
    expect(explain("domain", { events: past })).toMatchObject(stillFails);
  });

  it("names the last of several turns, not the first", () => {
    const lyon = ["lyon.example", "nantes.example"];
    const past = [
      domains("13:00:00", ["nantes.example"], lyon),
      domains("14:00:00", lyon, ["nantes.example"]),
      domains("15:00:00", ["nantes.example"], lyon, "again"),
    ];
    expect(explain("domain", { present: { domains: lyon }, events: past })).toMatchObject(passesSince("again"));
  });

  it("takes what happened before the request for nothing that changed it", () => {
    const past = [domains("11:00:00", ["nantes.example"], ["lyon.example"])];
    const told = explain("domain", { refusedBy: null, present: { domains: ["lyon.example"] }, events: past });
    expect(told).toMatchObject({ past: "passed", now: "passed", change: null });
  });

  it("passes when no domain limits the application any more", () => {
    const past = [domains("13:00:00", ["nantes.example"], [], "opened")];
    expect(explain("domain", { present: { domains: [] }, events: past })).toMatchObject(passesSince("opened"));
  });

  it("finds the change that began before the request and was committed after it", () => {
    const past = [domains("11:59:58", ["nantes.example"], ["lyon.example"], "late")];
    expect(explain("domain", { present: { domains: ["lyon.example"] }, events: past })).toMatchObject(
      passesSince("late"),
    );
  });

  it("passes since the scope was granted, in an edit of other things too", () => {
    const fields: Fields = { name: ["A", "B"], scopes: [["rooms:create"], ["rooms:create", "rooms:list"]] };
    const past = [event("13:00:00", "application.updated", fields, "granted")];
    const told = explain("scopes", { present: { scopes: ["rooms:list", "rooms:create"] }, events: past });
    expect(told).toMatchObject(passesSince("granted"));
  });

  it("passes since the application was activated, after it was deactivated and activated in between", () => {
    const past = [
      event("13:00:00", "application.activated", { isActive: [false, true] }),
      event("13:01:00", "application.deactivated", { isActive: [true, false] }),
      event("13:02:00", "application.activated", { isActive: [false, true] }, "on"),
    ];
    expect(explain("application", { events: past })).toMatchObject(passesSince("on"));
  });

  it.each([
    ["active", "person.activated", "isActive"],
    ["opt_out", "person.delegation_allowed", "isDelegationAllowed"],
  ] as const)("passes since the person was switched on: %s", (rule, action, field) => {
    const past = [event("13:00:00", action, { [field]: [false, true] }, "on")];
    expect(explain(rule, { events: past })).toMatchObject(passesSince("on"));
  });

  it("fails since the person was switched off, though another rule refused then", () => {
    const past = [event("13:00:00", "person.deactivated", { isActive: [true, false] }, "off")];
    const told = explain("active", { refusedBy: null, present: { isPersonActive: false }, events: past });
    expect(told).toMatchObject({ past: "passed", now: "failed", change: { eventId: "off" } });
  });

  it("passes since impersonation was allowed", () => {
    const past = [event("13:00:00", "staff.impersonation_allowed", { isImpersonationAllowed: [false, true] }, "yes")];
    expect(explain("staff", { present: { isImpersonationAllowed: true }, events: past })).toMatchObject(
      passesSince("yes"),
    );
  });

  it("held for who has become a member of staff only since", () => {
    const told = explain("staff", {
      refusedBy: null,
      present: { isImpersonationAllowed: false },
      events: [event("13:00:00", "staff.invited", {}, "hired")],
    });
    expect(told).toMatchObject({ past: "passed", now: "failed", change: { eventId: "hired" } });
  });
});

describe("events within one second", () => {
  const [first, second, third] = [["a.example"], ["lyon.example"], ["lyon.example", "b.example"]];

  it("are put in the order in which one ends where the next begins", () => {
    const past = [domains("13:00:00.200", second, third, "later"), domains("13:00:00.700", first, second, "earlier")];
    expect(explain("domain", { present: { domains: third }, events: past })).toMatchObject(passesSince("earlier"));
  });

  it("do not turn the past around by the order in which they are stored", () => {
    const [off, on] = [["a.example"], ["lyon.example"]];
    const past = [domains("13:00:00.200", off, on), domains("13:00:00.700", on, off)];
    const told = explain("domain", { refusedBy: null, present: { domains: on }, events: past });
    expect(told).toMatchObject({ past: "passed", now: "passed", change: null });
  });

  it("of other facts stay where they are", () => {
    const past = [
      event("13:00:00.100", "application.activated", { isActive: [false, true] }),
      domains("13:00:00.200", first, second, "added"),
    ];
    expect(explain("domain", { present: { domains: second }, events: past })).toMatchObject(passesSince("added"));
  });
});

describe("a log that lacks something", () => {
  it("does not name an event for a change that none of them made", () => {
    const told = explain("domain", { present: { domains: ["lyon.example"] } });
    expect(told).toMatchObject({ past: "failed", now: "passed", change: null, untold: "no_event" });
  });

  it("does not name the event before the one that is missing", () => {
    const past = [domains("13:00:00", ["nantes.example"], ["nantes.example", "paris.example"])];
    const told = explain("domain", { refusedBy: null, present: { domains: ["lyon.example"] }, events: past });
    expect(told).toMatchObject({ past: "failed", now: "passed", change: null, untold: "no_event" });
  });

  it("says that it does not know where there are more events than were read, but for what the request proves", () => {
    const cut = { isCut: true, request: { rules: ["application", "domain", "active"] as const } };
    expect(explain("active", { refusedBy: "domain", ...cut })).toMatchObject({ past: "unknown", untold: "too_many" });
    expect(explain("domain", { refusedBy: "domain", ...cut })).toMatchObject(stillFails);
    expect(explain("application", { refusedBy: "domain", ...cut })).toMatchObject({ past: "passed", untold: null });
  });

  it.each([
    [{ domains: { before: 7, after: ["lyon.example"] } }],
    [{ domains: "lyon.example" }],
    [null],
    ["nonsense"],
    [{ __proto__: { domains: { before: [], after: [] } } }],
  ])("reads nothing out of an event of an unknown version: %j", (changes) => {
    const past = [{ id: "odd", at: at("13:00:00"), action: "application.updated", changes }];
    expect(explain("domain", { events: past })).toMatchObject(stillFails);
  });
});

describe("what a row does not keep", () => {
  it("is the scope of a token request", () => {
    const told = explain("scopes", { request: { scope: undefined } });
    expect(told).toMatchObject({ past: "failed", now: "unknown", untold: "scopes_not_kept" });
  });

  it("is who was named, when nobody was known by the address", () => {
    const told = explain("known", {
      request: { domain: undefined },
      subject: { personId: null, personSince: null, ruleId: null },
      present: { isPersonKnown: false },
    });
    expect(told).toMatchObject({ past: "failed", now: "unknown", untold: "person_not_kept" });
  });

  it("is whether strangers were served then", () => {
    const past = [event("13:00:00", "person.created", { isActive: [null, true] })];
    expect(explain("known", { refusedBy: null, events: past })).toMatchObject({
      past: "unknown",
      now: "passed",
      untold: "provisioning",
    });
  });
});

describe("the verdict", () => {
  const rule = (now: "passed" | "failed" | "unknown") => ({
    name: "domain" as const,
    past: "failed" as const,
    now,
    change: null,
    untold: null,
  });

  it.each([
    [["passed", "passed"], "would_pass"],
    [["passed", "failed", "unknown"], "still_refused"],
    [["passed", "unknown"], "unknown"],
    [[], "unknown"],
  ] as const)("of %j is %s", (outcomes, verdict) => {
    expect(judgeNow(outcomes.map(rule))).toBe(verdict);
  });
});
