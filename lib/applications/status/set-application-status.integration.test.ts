import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApplicationSchema, setApplicationStatusSchema } from "@/lib/applications/application.schema";
import { createApplication } from "@/lib/applications/create-application";
import { getApplication } from "@/lib/applications/get-application";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { setApplicationStatus } from "./set-application-status";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

async function createOne(): Promise<{ actor: StaffActor; applicationId: string }> {
  const actor = await createStaffActor();
  const form = { name: "Calendar", description: "", ownerContact: "", scopes: [], domainPolicy: "any", domains: [] };
  const { applicationId } = await createApplication(contextOf(actor), createApplicationSchema.parse(form));
  return { actor, applicationId };
}

const statusEvents = async (applicationId: string) =>
  (await auditEventsAbout(applicationId)).filter(({ action }) => /activated$/.test(action));

describe("setApplicationStatus", () => {
  it("switches off and on again, and records both", async () => {
    const { actor, applicationId } = await createOne();
    await setApplicationStatus(contextOf(actor), { applicationId, isActive: false });
    expect((await getApplication(applicationId)).isActive).toBe(false);
    await setApplicationStatus(contextOf(actor), { applicationId, isActive: true });
    expect((await getApplication(applicationId)).isActive).toBe(true);

    const common = {
      actorKind: "staff",
      actorId: actor.id,
      targetKind: "application",
      ip: actor.ip,
      requestId: actor.requestId,
    };
    expect(await statusEvents(applicationId)).toEqual([
      { ...common, action: "application.deactivated", changes: { isActive: { before: true, after: false } } },
      { ...common, action: "application.activated", changes: { isActive: { before: false, after: true } } },
    ]);
  });

  it("changes nothing else", async () => {
    const { actor, applicationId } = await createOne();
    const { updatedAt: _before, ...before } = await getApplication(applicationId);
    await setApplicationStatus(contextOf(actor), { applicationId, isActive: false });
    const { updatedAt: _after, ...after } = await getApplication(applicationId);
    expect(after).toEqual({ ...before, isActive: false });
  });

  it("does nothing at the second click", async () => {
    const { actor, applicationId } = await createOne();
    await setApplicationStatus(contextOf(actor), { applicationId, isActive: false });
    const before = await getApplication(applicationId);
    await setApplicationStatus(contextOf(actor), { applicationId, isActive: false });
    expect(await getApplication(applicationId)).toEqual(before);
    expect(await statusEvents(applicationId)).toHaveLength(1);
  });

  it("records one event for clicks at the same time", async () => {
    const { actor, applicationId } = await createOne();
    const clicks = Array.from({ length: 5 }, () =>
      setApplicationStatus(contextOf(actor), { applicationId, isActive: false }),
    );
    await Promise.all(clicks);
    expect(await statusEvents(applicationId)).toHaveLength(1);
  });

  it("stays as it was when the audit event cannot be stored", async () => {
    const { actor, applicationId } = await createOne();
    const unrecordable = { ...actor, requestId: "x".repeat(65) };
    await expect(setApplicationStatus(contextOf(unrecordable), { applicationId, isActive: false })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect((await getApplication(applicationId)).isActive).toBe(true);
  });

  it.each([true, false])("answers not found for an unknown application (%s)", async (isActive) => {
    const { actor } = await createOne();
    const applicationId = randomUUID();
    await expect(setApplicationStatus(contextOf(actor), { applicationId, isActive })).rejects.toMatchObject({
      code: "not_found",
      reason: "not_found",
    });
    expect(await auditEventsAbout(applicationId)).toEqual([]);
  });

  it.each([
    ["no id", { applicationId: "1", isActive: true }],
    ["no boolean", { applicationId: randomUUID(), isActive: "false" }],
    ["more than the status", { applicationId: randomUUID(), isActive: true, clientId: "x" }],
  ])("refuses a form with %s", (_what, form) => {
    expect(setApplicationStatusSchema.safeParse(form).success).toBe(false);
  });
});
