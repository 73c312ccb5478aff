// Runs on both databases: the order in which nulls come last.
import { beforeAll, describe, expect, it } from "vitest";
import { listApplicationChoices } from "@/lib/applications/listing/list-application-choices";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { askForToken } from "@/lib/testing/machine/machine-requests";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { checkFirstCall } from "./check-first-call";

const test = useTestDatabase();
const api = createM2mApi(testConfig());
beforeAll(() => setConfig(testConfig()));

const ALL_MET = { active: true, secret: true, scope: true, domain: true, person: true };

describe("checkFirstCall", () => {
  it.each([
    ["any domain", {}, "someone@example.com"],
    ["two domains", { domains: ["b.example", "a.example"] }, "someone@a.example"],
    ["an allow list", { domains: ["a.example"], allowed: ["zoe@a.example", "ben@a.example"] }, "ben@a.example"],
    [
      "a deny list with the first choice on it",
      { domains: ["a.example", "b.example"], denied: ["someone@a.example"] },
      "someone@b.example",
    ],
    ["an address that a shell would read otherwise", { allowed: ["$(id)@a.example", "x@a.example"] }, "x@a.example"],
  ])("chooses somebody for whom an application with %s gets a token", async (_what, limits, email) => {
    const client = await createTestClient(limits);
    expect(await checkFirstCall(client.id)).toEqual({ email, example: email, met: ALL_MET });
    const answer = await askForToken(api, client, { fields: { scope: email } });
    expect(answer.status).toBe(200);
  });

  it("says that nobody can be acted for when the only example is staff", async () => {
    const { email } = await createStaffMember({ email: "someone@staff.example" });
    const { id } = await createTestClient({ domains: ["staff.example"] });
    expect(await checkFirstCall(id)).toEqual({ email, example: email, met: { ...ALL_MET, person: false } });
  });

  it.each([
    ["an inactive application", { isActive: false }, { active: false }],
    ["one without the scope", { scopes: ["rooms:list" as const] }, { scope: false }],
    ["one that signs assertions only", { tokenEndpointAuthMethods: ["private_key_jwt" as const] }, { secret: false }],
  ])("says what the first call of %s lacks", async (_what, overrides, lacking) => {
    const { id } = await createTestClient(overrides);
    expect((await checkFirstCall(id)).met).toEqual({ ...ALL_MET, ...lacking });
  });

  it.each([
    ["of a domain that is not allowed", "zoe@elsewhere.example", { domain: false, person: false }],
    ["whom staff have denied", "ben@a.example", { person: false }],
    ["whom the rules let pass", "zoe@a.example", {}],
  ])("asks the same rules about somebody %s, and still says who would be the example", async (_who, email, lacking) => {
    const { id } = await createTestClient({ domains: ["a.example"], denied: ["ben@a.example"] });
    const call = await checkFirstCall(id, email);
    expect(call).toEqual({ email, example: "someone@a.example", met: { ...ALL_MET, ...lacking } });
  });

  it("throws for an application that does not exist", async () => {
    await expect(checkFirstCall("0190a5c0-0000-7000-8000-000000000000")).rejects.toMatchObject({ reason: "not_found" });
  });
});

describe("listApplicationChoices", () => {
  it("puts the application used last first, then the newest, and tells which are usable", async () => {
    await test.database.application.deleteMany();
    const used = async (overrides: Parameters<typeof createTestClient>[0], day: number) => {
      const client = await createTestClient(overrides);
      const lastUsedAt = new Date(Date.UTC(2026, 10, day));
      await test.database.application.update({ where: { id: client.id }, data: { lastUsedAt } });
      return client;
    };
    const older = await used({}, 1);
    const inactive = await used({ isActive: false }, 3);
    const unscoped = await used({ scopes: ["rooms:list"] }, 2);
    const neverUsed = await createTestClient();
    const newest = await createTestClient();
    await test.database.applicationSecret.updateMany({
      where: { applicationId: newest.id },
      data: { revokedAt: new Date(0) },
    });
    expect(await listApplicationChoices(new Date())).toEqual(
      [
        { client: inactive, isUsable: false },
        { client: unscoped, isUsable: false },
        { client: older, isUsable: true },
        { client: newest, isUsable: false },
        { client: neverUsed, isUsable: true },
      ].map(({ client: { id, clientId }, isUsable }) => ({ id, name: "Calendar", clientId, isUsable })),
    );
  });
});
