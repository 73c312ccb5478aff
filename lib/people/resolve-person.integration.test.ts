// Runs on both databases: many first requests for one person at once.
import { beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, askForToken } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

const test = useTestDatabase();
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

const justInTime = createM2mApi(testConfig());
const existingOnly = createM2mApi(testConfig({ userProvisioning: "existing-only" }));

function ask(scope: string, machine = justInTime): Promise<Answer> {
  return askForToken(machine, client, { fields: { scope } });
}

describe("a person who is not known yet", () => {
  it("is made at the first token, attributed to the application and audited", async () => {
    expect((await ask("new@example.com")).status).toBe(200);
    const person = await test.database.person.findUniqueOrThrow({ where: { email: "new@example.com" } });
    expect(person).toMatchObject({
      isActive: true,
      isDelegationAllowed: true,
      displayName: null,
      createdByApplicationId: client.id,
    });
    const [created, ...rest] = await auditEventsAbout(person.id);
    expect(created).toMatchObject({
      actorKind: "application",
      actorId: client.id,
      action: "person.created",
      targetKind: "person",
      changes: { isActive: { before: null, after: true }, isDelegationAllowed: { before: null, after: true } },
    });
    expect(rest).toEqual([]);
  });

  it("is made once by 20 first requests at once, all of which get a token", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask("rush@example.com")));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const people = await test.database.person.findMany({ where: { email: "rush@example.com" } });
    expect(people).toHaveLength(1);
    const events = await auditEventsAbout(people[0]?.id ?? null);
    expect(events.filter(({ action }) => action === "person.created")).toHaveLength(1);
    expect(events).toHaveLength(1);
  });

  it("is the same person in capital letters", async () => {
    await ask("Case@Example.COM");
    await ask("case@example.com");
    expect(await test.database.person.count({ where: { email: "case@example.com" } })).toBe(1);
    expect(await test.database.person.count({ where: { email: { contains: "Case" } } })).toBe(0);
  });

  it("is not made where only known people are served", async () => {
    expect((await ask("stranger@example.com", existingOnly)).status).toBe(400);
    expect(await test.database.person.count({ where: { email: "stranger@example.com" } })).toBe(0);
  });

  it("is not made by a request that is refused", async () => {
    expect((await ask("unwanted@example.com rooms:delete")).status).toBe(400);
    expect(await test.database.person.count({ where: { email: "unwanted@example.com" } })).toBe(0);
  });
});

describe("a person who is known", () => {
  it("is served where only known people are served", async () => {
    const { email } = await createTestPerson();
    expect((await ask(email, existingOnly)).status).toBe(200);
  });

  it("gets the same refusal for every reason, and the same as a stranger, to the byte", async () => {
    const inactive = await createTestPerson({ isActive: false });
    const optedOut = await createTestPerson({ isDelegationAllowed: false });
    const staff = await createStaffMember({ passwordHash: null });
    const formerStaff = await createStaffMember({ passwordHash: null, isActive: false });
    const both = await createTestPerson();
    await createStaffMember({ passwordHash: null, email: both.email });
    const description = "This person cannot be acted for.";
    const refused = await Promise.all([
      ask(inactive.email),
      ask(optedOut.email),
      ask(staff.email),
      ask(formerStaff.email),
      ask(both.email),
      ask(inactive.email, existingOnly),
      ask("nobody-at-all@example.com", existingOnly),
    ]);
    for (const answer of refused) {
      expect(answer).toEqual(refused[0]);
      expect(answer).toMatchObject({
        status: 400,
        json: { error: "invalid_scope", error_description: description, detail: description },
      });
    }
    expect(await test.database.person.count({ where: { email: staff.email } })).toBe(0);
  });
});
