import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findActivity } from "@/lib/activity/find-activity";
import { storeActivity } from "@/lib/activity/store-activity";
import { addPersonRules } from "@/lib/applications/delegation/add-person-rules";
import { setAllowedDomains } from "@/lib/applications/delegation/set-allowed-domains";
import { revokeSecret } from "@/lib/applications/secrets/revocation/revoke-secret";
import { setApplicationStatus } from "@/lib/applications/status/set-application-status";
import { updateApplication } from "@/lib/applications/update-application";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import type { M2mApi } from "@/lib/machine/m2m-api";
import { setPersonDelegation } from "@/lib/people/set-person-delegation";
import { setPersonStatus } from "@/lib/people/set-person-status";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { activityRow } from "@/lib/testing/machine/activity-rows";
import {
  addTestSecret,
  createTestClient,
  createTestPerson,
  type TestClient,
} from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { listRoute, openUntimedMachine } from "@/lib/testing/machine/untimed-machine";
import { createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { explainRefusal } from "./explain-refusal";
import { EVENTS_READ_MAX } from "./read-present";

useTestDatabase();
let actor: StaffActor;
let client: TestClient;
let person: { id: string; email: string };
let machine: M2mApi;

beforeAll(async () => {
  setConfig(testConfig());
  actor = await createStaffActor();
});
beforeEach(async () => {
  machine = openUntimedMachine();
  client = await createTestClient({ domains: ["nantes.example"], scopes: ["rooms:create"] });
  person = await createTestPerson({ email: `${crypto.randomUUID()}@nantes.example` });
});

/** What is explained of the newest refusal of the application. */
async function explainLast(scope?: "rooms:list") {
  await machine.settled();
  const [row] = await database().$queryRaw<{ id: string }[]>`
    SELECT "request_id" AS "id" FROM "activity"
    WHERE "application_id" = ${client.id}::uuid AND "reason" IS NOT NULL ORDER BY "at" DESC LIMIT 1`;
  const entry = await findActivity(row?.id ?? "");
  if (entry === undefined) throw new Error("Nothing was refused.");
  return explainRefusal(entry, scope);
}

const ask = (email: string) => askForToken(machine, client, { fields: { scope: email } });
const ruleOf = (explained: Awaited<ReturnType<typeof explainLast>>, name: string) =>
  explained?.rules.find((rule) => rule.name === name);
function actionOf(explained: Awaited<ReturnType<typeof explainLast>>, name: string) {
  const change = ruleOf(explained, name)?.change;
  return change?.kind === "event" ? explained?.events.get(change.eventId)?.action : change;
}

describe("a refusal explained", () => {
  it("names who made the domain pass, for somebody who was not known", async () => {
    await ask("somebody@lyon.example");
    const before = await explainLast();
    expect(before).toMatchObject({ verdict: "still_refused", refusedBy: "domain", domain: "lyon.example" });
    expect(ruleOf(before, "domain")).toMatchObject({ past: "failed", now: "failed", change: null });

    const domains = ["lyon.example", "nantes.example"];
    await setAllowedDomains(contextOf(actor), { applicationId: client.id, domains });
    const after = await explainLast();
    expect(after).toMatchObject({ verdict: "would_pass", isNobodyNamed: true });
    const [event] = [...(after?.events.values() ?? [])];
    expect(event).toMatchObject({ action: "application.updated", actor: { id: actor.id } });
    expect(ruleOf(after, "domain")).toMatchObject({ change: { eventId: event?.id }, untold: null });

    await setAllowedDomains(contextOf(actor), { applicationId: client.id, domains: ["nantes.example"] });
    expect((await explainLast())?.verdict).toBe("still_refused");
  });

  it("tells of a person who was switched off and on, twice", async () => {
    await setPersonStatus(contextOf(actor), { personId: person.id, isActive: false });
    await ask(person.email);
    expect(await explainLast()).toMatchObject({ verdict: "still_refused", refusedBy: "active" });
    for (const isActive of [true, false, true]) {
      await setPersonStatus(contextOf(actor), { personId: person.id, isActive });
    }
    const explained = await explainLast();
    expect(explained?.verdict).toBe("would_pass");
    expect(actionOf(explained, "active")).toBe("person.activated");
    await setPersonDelegation(contextOf(actor), { personId: person.id, isDelegationAllowed: false });
    const again = await explainLast();
    expect(again?.verdict).toBe("still_refused");
    expect(actionOf(again, "opt_out")).toBe("person.delegation_refused");
  });

  it("tells of a scope that a call lacked, of the application that was off, and of the lists", async () => {
    const token = await obtainToken(machine, client, { fields: { scope: person.email } });
    const call = () => callExternal(listRoute(machine), { token });
    await call();
    const details = { name: "Calendar", description: "", ownerContact: "" };
    const scopes: ("rooms:create" | "rooms:list")[] = ["rooms:create", "rooms:list"];
    const update = () => updateApplication(contextOf(actor), { applicationId: client.id, ...details, scopes });
    await update();
    const granted = await explainLast("rooms:list");
    expect(granted?.verdict).toBe("would_pass");
    expect(actionOf(granted, "scopes")).toBe("application.updated");

    await setApplicationStatus(contextOf(actor), { applicationId: client.id, isActive: false });
    await call();
    expect(await explainLast("rooms:list")).toMatchObject({ verdict: "still_refused", refusedBy: "application" });
    await setApplicationStatus(contextOf(actor), { applicationId: client.id, isActive: true });
    expect(actionOf(await explainLast("rooms:list"), "application")).toBe("application.activated");

    await addPersonRules(contextOf(actor), { applicationId: client.id, effect: "deny", emails: [person.email] });
    const denied = await explainLast("rooms:list");
    expect(denied?.verdict).toBe("still_refused");
    expect(ruleOf(denied, "deny_list")).toMatchObject({ past: "passed", now: "failed" });
    expect(actionOf(denied, "deny_list")).toBe("application.person_rules_added");
  });

  it("tells of the secret with which it was asked, not of any", async () => {
    await ask("somebody@lyon.example");
    await addTestSecret(client);
    await revokeSecret(contextOf(actor), {
      applicationId: client.id,
      secretId: client.secretId,
      revocation: "now",
      revocationAt: "",
      confirmation: "",
    });
    const explained = await explainLast();
    expect(ruleOf(explained, "credential")).toMatchObject({ past: "passed", now: "failed" });
    expect(actionOf(explained, "credential")).toBe("application.secret_revoked");
  });

  it("says nothing of what no rule decided, of what nobody proved, and of an application that is gone", async () => {
    const explainRow = async (row: Parameters<typeof activityRow>[0]) => {
      const stored = activityRow({ applicationId: client.id, status: 400, ...row });
      await storeActivity([stored]);
      const entry = await findActivity(stored.requestId);
      return entry === undefined ? "no entry" : explainRefusal(entry, undefined);
    };
    expect(await explainRow({ reason: "form_malformed" })).toBeUndefined();
    expect(await explainRow({ reason: "domain_not_allowed", isProven: false })).toBeUndefined();
    expect(await explainRow({ reason: "domain_not_allowed", applicationId: crypto.randomUUID() })).toBeUndefined();
    expect(await explainRow({ reason: null, status: 200 })).toBeUndefined();
    expect(await explainRow({ reason: "domain_not_allowed" })).toMatchObject({ refusedBy: "domain" });
  });

  it("reads so many events and no more, and then does not know how it was", async () => {
    await ask(person.email.replace("nantes", "lyon"));
    const changes = { name: { before: "a", after: "b" } };
    const event = { actorKind: "system" as const, action: "application.updated", targetKind: "application", changes };
    const data = Array.from({ length: EVENTS_READ_MAX + 1 }, () => ({ ...event, targetId: client.id }));
    await database().auditEvent.createMany({ data });
    const explained = await explainLast();
    expect(ruleOf(explained, "domain")).toMatchObject({ past: "failed", now: "failed" });
    expect(explained?.rules.filter(({ untold }) => untold === "too_many")).toEqual([]);
    await setAllowedDomains(contextOf(actor), { applicationId: client.id, domains: ["paris.example"] });
    expect(ruleOf(await explainLast(), "application")).toMatchObject({ past: "passed", now: "passed" });
  });
});
