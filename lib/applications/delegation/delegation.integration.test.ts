import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { addPersonRules } from "./add-person-rules";
import { allowAnyDomain } from "./allow-any-domain";
import { clearAllowList } from "./clear-allow-list";
import { addPersonRulesSchema, PERSON_RULES_MAX, setAllowedDomainsSchema } from "./delegation.schema";
import { getDelegation } from "./get-delegation";
import { removePersonRule } from "./remove-person-rule";
import { setAllowedDomains } from "./set-allowed-domains";

useTestDatabase();
let actor: StaffActor;

beforeAll(async () => {
  setConfig(testConfig());
  actor = await createStaffActor();
});

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "no failure",
    (error: unknown) => error,
  );
const domainsOf = async (id: string) => (await getDelegation(id)).domains.map(({ domain }) => domain);
const changesOf = async (id: string) =>
  (await auditEventsAbout(id)).map(({ action, actorId, changes }) => ({ action, actorId, changes }));

function add(applicationId: string, effect: "allow" | "deny", emails: string[]): Promise<void> {
  return addPersonRules(contextOf(actor), addPersonRulesSchema.parse({ applicationId, effect, emails }));
}

describe("the domains of an application", () => {
  it("are replaced, and the audit log keeps both lists", async () => {
    const { id } = await createTestClient({ domains: ["a.example", "b.example"] });
    await setAllowedDomains(contextOf(actor), { applicationId: id, domains: ["b.example", "c.example"] });
    expect(await domainsOf(id)).toEqual(["b.example", "c.example"]);
    const domains = { before: ["a.example", "b.example"], after: ["b.example", "c.example"] };
    expect(await changesOf(id)).toEqual([{ action: "application.updated", actorId: actor.id, changes: { domains } }]);
  });

  it("leave no event when nothing changes", async () => {
    const { id } = await createTestClient({ domains: ["a.example"] });
    await setAllowedDomains(contextOf(actor), { applicationId: id, domains: ["a.example"] });
    expect(await changesOf(id)).toEqual([]);
  });

  it("cannot all be taken away by emptying the list", () => {
    const result = setAllowedDomainsSchema.safeParse({ applicationId: randomUUID(), domains: [] });
    expect(result.error?.issues.map(({ message }) => message)).toEqual(["domains_required"]);
  });

  it.each(["", "calendar", "Calendar app", "Calendar\u200b", "alendar"])(
    "cannot all be taken away by typing %j for the name",
    async (confirmation) => {
      const { id } = await createTestClient({ domains: ["a.example"] });
      expect(await failure(allowAnyDomain(contextOf(actor), { applicationId: id, confirmation }))).toMatchObject({
        code: "invalid",
        reason: "invalid",
        fieldErrors: { confirmation: "application_name_differs" },
      });
      expect(await domainsOf(id)).toEqual(["a.example"]);
      expect(await changesOf(id)).toEqual([]);
    },
  );

  it("are all taken away when the name was typed", async () => {
    const { id } = await createTestClient({ domains: ["a.example"] });
    await allowAnyDomain(contextOf(actor), { applicationId: id, confirmation: "Calendar" });
    expect(await domainsOf(id)).toEqual([]);
  });

  it("say how many people who may be acted for they reach, sub-domains and look-alikes apart", async () => {
    const { id } = await createTestClient({ domains: ["reach.example", "empty.example"] });
    for (const email of ["a@reach.example", "b@reach.example", "c@sub.reach.example", "d@notreach.example"]) {
      await createTestPerson({ email });
    }
    await createTestPerson({ email: "gone@reach.example", isActive: false });
    await createTestPerson({ email: "out@reach.example", isDelegationAllowed: false });
    expect((await getDelegation(id)).domains).toEqual([
      { domain: "empty.example", people: { count: 0, hasMore: false } },
      { domain: "reach.example", people: { count: 2, hasMore: false } },
    ]);
  });
});

describe("the lists of an application", () => {
  it("hold addresses in one spelling, with who put them there and the person if somebody is known", async () => {
    const { id } = await createTestClient();
    const known = await createTestPerson();
    await add(id, "deny", ["Mallory@Example.COM", " mallory@example.com ", known.email.toUpperCase()]);
    const { denied, allowed } = await getDelegation(id);
    const entry = { id: expect.any(String), createdAt: expect.any(Date), createdByName: expect.any(String) };
    expect(denied).toEqual([
      { ...entry, email: "mallory@example.com", personId: null },
      { ...entry, email: known.email, personId: known.id },
    ]);
    expect(allowed).toEqual([]);
  });

  it("are audited by id, never by address", async () => {
    const { id } = await createTestClient();
    const known = await createTestPerson();
    await add(id, "deny", ["mallory@example.com", known.email]);
    const rules = (await getDelegation(id)).denied.map((rule) => rule.id);
    const [event] = await changesOf(id);
    expect(event).toEqual({
      action: "application.person_rules_added",
      actorId: actor.id,
      changes: {
        effect: { before: null, after: "deny" },
        ruleIds: { before: null, after: expect.arrayContaining(rules) },
        personIds: { before: null, after: [known.id] },
      },
    });
    expect(JSON.stringify(event)).not.toContain("@");
  });

  it.each([
    "mallory",
    "mallory@",
    "@example.com",
    "mallory@example",
    "mallory@example.com.",
    "a b@example.com",
    "mallory@example.com, bob@example.com",
    "mаllory@example.com",
    "*@example.com",
    "mallory@@example.com",
    '"mallory"@example.com',
    "mallory@[192.0.2.1]",
    "",
  ])("refuse %j", (email) => {
    const result = addPersonRulesSchema.safeParse({ applicationId: randomUUID(), effect: "deny", emails: [email] });
    // An asterisk is a letter like any other to mail systems: it is taken literally and matches nobody else.
    if (email === "*@example.com") expect(result.success).toBe(true);
    else expect(result.error?.issues.map(({ message }) => message)).toEqual(["person_email_invalid"]);
  });

  it("never hold the same person twice, nor on both sides", async () => {
    const { id } = await createTestClient();
    await add(id, "deny", ["mallory@example.com"]);
    await add(id, "deny", ["mallory@example.com"]);
    expect(await failure(add(id, "allow", ["ok@example.com", "MALLORY@example.com"]))).toMatchObject({
      reason: "person_rule_taken",
    });
    const { allowed, denied } = await getDelegation(id);
    expect([allowed.length, denied.length]).toEqual([0, 1]);
    expect(await changesOf(id)).toHaveLength(1);
  });

  it("refuse capital letters in the database itself", async () => {
    const { id: applicationId } = await createTestClient();
    for (const email of ["Mallory@example.com", " mallory@example.com", "mallory"]) {
      const write = database().applicationPersonRule.create({ data: { applicationId, email, effect: "deny" } });
      await expect(write).rejects.toThrow(/application_person_rules_email_lower_case/);
    }
  });

  it(`hold at most ${PERSON_RULES_MAX} people`, async () => {
    const { id } = await createTestClient();
    const many = Array.from({ length: PERSON_RULES_MAX }, (_, index) => `p${index}@example.com`);
    await add(id, "allow", many);
    expect(await failure(add(id, "deny", ["one-more@example.com"]))).toMatchObject({ reason: "person_rules_too_many" });
    expect(await database().applicationPersonRule.count({ where: { applicationId: id } })).toBe(PERSON_RULES_MAX);
  });

  it("let go of a person, but not of the last one that is allowed", async () => {
    const { id } = await createTestClient();
    await add(id, "allow", ["a@example.com", "b@example.com"]);
    await add(id, "deny", ["c@example.com"]);
    const { allowed, denied } = await getDelegation(id);
    for (const rule of [...allowed.slice(0, 1), ...denied]) {
      await removePersonRule(contextOf(actor), { applicationId: id, ruleId: rule.id });
    }
    const last = { applicationId: id, ruleId: allowed[1]?.id ?? "" };
    expect(await failure(removePersonRule(contextOf(actor), last))).toMatchObject({ reason: "allow_list_last" });
    expect(await getDelegation(id)).toMatchObject({ allowed: [{ email: "b@example.com" }], denied: [] });
  });

  it("keep one allowed person when two are removed at once", async () => {
    const { id } = await createTestClient();
    await add(id, "allow", ["a@example.com", "b@example.com"]);
    const { allowed } = await getDelegation(id);
    const removals = allowed.map((rule) =>
      failure(removePersonRule(contextOf(actor), { applicationId: id, ruleId: rule.id })),
    );
    expect((await Promise.all(removals)).filter((answer) => answer === "no failure")).toHaveLength(1);
    expect((await getDelegation(id)).allowed).toHaveLength(1);
  });

  it("are emptied of allowed people only when the name was typed", async () => {
    const { id } = await createTestClient();
    await add(id, "allow", ["a@example.com", "b@example.com"]);
    const clear = (confirmation: string) => clearAllowList(contextOf(actor), { applicationId: id, confirmation });
    expect(await failure(clear("calendar"))).toMatchObject({
      fieldErrors: { confirmation: "application_name_differs" },
    });
    expect((await getDelegation(id)).allowed).toHaveLength(2);
    await clear("Calendar");
    expect((await getDelegation(id)).allowed).toEqual([]);
    expect((await changesOf(id)).at(-1)).toMatchObject({ action: "application.person_rules_removed" });
  });

  it("belong to their application: an entry of another is not found", async () => {
    const { id } = await createTestClient();
    const { id: other } = await createTestClient({ denied: ["mallory@example.com"] });
    const ruleId = (await getDelegation(other)).denied[0]?.id ?? "";
    expect(await failure(removePersonRule(contextOf(actor), { applicationId: id, ruleId }))).toMatchObject({
      code: "not_found",
    });
    expect((await getDelegation(other)).denied).toHaveLength(1);
  });

  it("stay as they are when the audit event cannot be stored", async () => {
    const { id } = await createTestClient({ denied: ["mallory@example.com"] });
    const unrecordable = { ...actor, requestId: "x".repeat(65) };
    const ruleId = (await getDelegation(id)).denied[0]?.id ?? "";
    await expect(removePersonRule(contextOf(unrecordable), { applicationId: id, ruleId })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect((await getDelegation(id)).denied).toHaveLength(1);
  });

  it.each([
    ["putting somebody on a list", () => add(randomUUID(), "deny", ["a@example.com"])],
    [
      "setting domains",
      () => setAllowedDomains(contextOf(actor), { applicationId: randomUUID(), domains: ["a.example"] }),
    ],
    ["allowing any domain", () => allowAnyDomain(contextOf(actor), { applicationId: randomUUID(), confirmation: "x" })],
    ["emptying a list", () => clearAllowList(contextOf(actor), { applicationId: randomUUID(), confirmation: "x" })],
  ])("%s of an unknown application is not found", async (_title, work) => {
    expect(await failure(work())).toMatchObject({ code: "not_found", reason: "not_found" });
  });
});
