import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { countKnownPeople } from "@/lib/people/count-known-people";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { addPersonRules } from "./add-person-rules";
import { allowAnyDomain } from "./allow-any-domain";
import { listUnrestrictedApplications } from "./list-unrestricted-applications";
import { setAllowedDomains } from "./set-allowed-domains";

useTestDatabase();
let actor: StaffActor;

beforeAll(async () => {
  setConfig(testConfig());
  actor = await createStaffActor();
});

const add = (applicationId: string, effect: "allow" | "deny", emails: string[]) =>
  addPersonRules(contextOf(actor), { applicationId, effect, emails });

describe("whether an application may act for anyone, as lists have it", () => {
  const isUnrestricted = async (id: string) =>
    (await database().application.findUniqueOrThrow({ where: { id }, select: { isUnrestricted: true } }))
      .isUnrestricted;

  it("follows its domains and its allow list, whatever changes them, and not its deny list", async () => {
    const { id } = await createTestClient();
    expect(await isUnrestricted(id)).toBe(true);
    await add(id, "deny", ["no@example.com"]);
    expect(await isUnrestricted(id)).toBe(true);
    await setAllowedDomains(contextOf(actor), { applicationId: id, domains: ["a.example", "b.example"] });
    expect(await isUnrestricted(id)).toBe(false);
    await add(id, "allow", ["yes@example.com"]);
    await database().applicationDomain.deleteMany({ where: { applicationId: id } });
    expect(await isUnrestricted(id)).toBe(false);
    await database().applicationPersonRule.updateMany({ where: { applicationId: id }, data: { effect: "deny" } });
    expect(await isUnrestricted(id)).toBe(true);
    await database().applicationPersonRule.updateMany({ where: { applicationId: id }, data: { effect: "allow" } });
    expect(await isUnrestricted(id)).toBe(false);
    await database().applicationPersonRule.deleteMany({ where: { applicationId: id } });
    expect(await isUnrestricted(id)).toBe(true);
  });

  it("changes for no other application", async () => {
    const [open, limited] = [await createTestClient(), await createTestClient({ domains: ["a.example"] })];
    const other = await createTestClient();
    await setAllowedDomains(contextOf(actor), { applicationId: other.id, domains: ["a.example"] });
    await allowAnyDomain(contextOf(actor), { applicationId: other.id, confirmation: "Calendar" });
    expect(await Promise.all([open, limited, other].map(({ id }) => isUnrestricted(id)))).toEqual([true, false, true]);
  });
});

describe("the report of what may act for anyone", () => {
  it("lists what has neither domains nor an allow list, with the people in its reach", async () => {
    const open = await createTestClient();
    const denying = await createTestClient({ denied: ["report@example.com", "nobody@example.com"] });
    const limited = await createTestClient({ domains: ["a.example"] });
    const listed = await createTestClient({ allowed: ["a@example.com"] });
    const off = await createTestClient({ isActive: false });
    await createTestPerson({ email: "report@example.com" });
    const staff = await createStaffMember({ passwordHash: null });
    await createTestPerson({ email: staff.email });
    const { rows: report } = await listUnrestrictedApplications();
    const ids = report.map(({ id }) => id);
    for (const { id } of [open, denying, off]) expect(ids).toContain(id);
    for (const { id } of [limited, listed]) expect(ids).not.toContain(id);
    expect(ids.at(-1)).toBe(off.id);
    const reach = (id: string) => report.find((row) => row.id === id)?.people.count ?? -1;
    const reachable = (await countKnownPeople()).count - 1;
    expect(reach(open.id)).toBe(reachable);
    expect(reach(denying.id)).toBe(reachable - 1);
    await database().staffMember.update({ where: { id: staff.id }, data: { isImpersonationAllowed: true } });
    const { rows } = await listUnrestrictedApplications();
    expect(rows.find((row) => row.id === open.id)?.people).toEqual({ count: reachable + 1, hasMore: false });
  });
});
