import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createApplicationSchema, type UpdateApplication, updateApplicationSchema } from "./application.schema";
import { createApplication } from "./create-application";
import { getApplication } from "./get-application";
import { updateApplication } from "./update-application";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

const FORM = {
  name: "Calendar",
  description: "",
  ownerContact: "",
  scopes: ["rooms:create"],
};
const DOMAINS = { domainPolicy: "listed", domains: ["example.com", "example.org"] };

async function createOne(): Promise<{ actor: StaffActor; applicationId: string }> {
  const actor = await createStaffActor();
  const { applicationId } = await createApplication(
    contextOf(actor),
    createApplicationSchema.parse({ ...FORM, ...DOMAINS }),
  );
  return { actor, applicationId };
}

const edit = (applicationId: string, changes: Record<string, unknown> = {}): UpdateApplication =>
  updateApplicationSchema.parse({ ...FORM, ...changes, applicationId });

async function credentialsOf(applicationId: string) {
  return database().application.findUniqueOrThrow({
    where: { id: applicationId },
    select: { clientId: true, credentialVersion: true, secrets: { select: { id: true, hash: true, hint: true } } },
  });
}

const renaming = z.object({ name: z.object({ before: z.string(), after: z.string() }) });

const updates = async (applicationId: string) =>
  (await auditEventsAbout(applicationId)).filter(({ action }) => action === "application.updated");

describe("updateApplication", () => {
  it("changes the name, the description, the contact and the scopes, and not for whom it may act", async () => {
    const { actor, applicationId } = await createOne();
    const changes = {
      name: "Diary",
      description: "Now\nwith lines.",
      ownerContact: "Ana, room 12",
      scopes: ["rooms:list"],
    };
    await updateApplication(contextOf(actor), edit(applicationId, changes));
    expect(await getApplication(applicationId)).toMatchObject({ ...changes, domains: DOMAINS.domains });
  });

  it("leaves the client id and the secrets as they were, bit by bit", async () => {
    const { actor, applicationId } = await createOne();
    const before = await credentialsOf(applicationId);
    await updateApplication(contextOf(actor), edit(applicationId, { name: "Diary", scopes: [] }));
    expect(await credentialsOf(applicationId)).toEqual(before);
  });

  it.each([
    "clientId",
    "clientSecret",
    "secret",
    "secrets",
    "hash",
    "isActive",
    "createdById",
    "credentialVersion",
    "domains",
    "domainPolicy",
  ])("refuses a form that carries %s", (field) => {
    const result = updateApplicationSchema.safeParse({ ...FORM, applicationId: randomUUID(), [field]: "x" });
    expect(result.error?.issues).toEqual([expect.objectContaining({ code: "unrecognized_keys", keys: [field] })]);
  });

  it("ignores credentials that come past the form", async () => {
    const { actor, applicationId } = await createOne();
    const before = await credentialsOf(applicationId);
    const smuggled = { clientId: "mine", hash: "mine", secrets: { create: { hash: "mine", hint: "mine" } } };
    await updateApplication(contextOf(actor), { ...edit(applicationId, { name: "Diary" }), ...smuggled });
    expect(await credentialsOf(applicationId)).toEqual(before);
  });

  it("cannot change credentials even when it tries: the database refuses", async () => {
    const { applicationId } = await createOne();
    const id = { id: applicationId };
    await expect(database().application.update({ where: id, data: { clientId: "another" } })).rejects.toThrow(
      /constraint violated|23001/,
    );
    await expect(
      database().applicationSecret.updateMany({ where: { applicationId }, data: { hash: "another plain secret" } }),
    ).rejects.toThrow(/constraint violated|23001/);
  });

  it("records exactly what changed, before and after", async () => {
    const { actor, applicationId } = await createOne();
    await updateApplication(contextOf(actor), edit(applicationId, { name: "Diary", scopes: ["rooms:list"] }));
    expect(await updates(applicationId)).toEqual([
      {
        actorKind: "staff",
        actorId: actor.id,
        action: "application.updated",
        targetKind: "application",
        ip: actor.ip,
        requestId: actor.requestId,
        changes: {
          name: { before: "Calendar", after: "Diary" },
          scopes: { before: ["rooms:create"], after: ["rooms:list"] },
        },
      },
    ]);
  });

  it("neither writes nor records an edit that changes nothing", async () => {
    const { actor, applicationId } = await createOne();
    const before = await getApplication(applicationId);
    await updateApplication(contextOf(actor), edit(applicationId, { name: " Calendar " }));
    expect(await getApplication(applicationId)).toEqual(before);
    expect(await updates(applicationId)).toEqual([]);
  });

  it("changes nothing when the audit event cannot be stored", async () => {
    const { actor, applicationId } = await createOne();
    const before = await getApplication(applicationId);
    const unrecordable = { ...actor, requestId: "x".repeat(65) };
    await expect(updateApplication(contextOf(unrecordable), edit(applicationId, { name: "Diary" }))).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect(await getApplication(applicationId)).toEqual(before);
  });

  it("touches no other application", async () => {
    const { applicationId: other } = await createOne();
    const { actor, applicationId } = await createOne();
    const before = await getApplication(other);
    await updateApplication(contextOf(actor), edit(applicationId, { name: "Diary" }));
    expect(await getApplication(other)).toEqual(before);
  });

  it("keeps the log consistent when several edit at once: each begins where another ended", async () => {
    const { actor, applicationId } = await createOne();
    const names = Array.from({ length: 6 }, (_, index) => `Name ${index}`);
    await Promise.all(names.map((name) => updateApplication(contextOf(actor), edit(applicationId, { name }))));
    const steps = (await updates(applicationId)).map(({ changes }) => renaming.parse(changes));
    const { name: last } = await getApplication(applicationId);
    expect(new Set(steps.map(({ name }) => name.before))).toEqual(
      new Set(["Calendar", ...names.filter((name) => name !== last)]),
    );
    expect(new Set(steps.map(({ name }) => name.after))).toEqual(new Set(names));
  });

  it("answers not found for an unknown application and records nothing", async () => {
    const { actor } = await createOne();
    const unknown = randomUUID();
    const failure = await updateApplication(contextOf(actor), edit(unknown)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: "not_found", reason: "not_found" });
    expect(await auditEventsAbout(unknown)).toEqual([]);
  });
});
