import { beforeAll, beforeEach, expect, it } from "vitest";
import { createApplication } from "@/lib/applications/create-application";
import { getApplication } from "@/lib/applications/get-application";
import { setPickedUpStored } from "@/lib/applications/pick-up/set-picked-up-stored";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { createPickUps, credentialsOf } from "@/lib/testing/pick-up-links";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { addSecret } from "./add-secret";
import { rotateSecret } from "./rotate-secret";
import { setSecretStored } from "./set-secret-stored";

useTestDatabase();
let staff: StaffActor;
let client: TestClient;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  staff = await createStaffActor();
  client = await createTestClient();
});

async function isUntaken(applicationId: string, secretId: string): Promise<boolean | undefined> {
  const { secrets } = await getApplication(applicationId);
  return secrets.find(({ id }) => id === secretId)?.isUntaken;
}

it("a secret that was shown counts as untaken until somebody says that it is stored, and again when they take that back", async () => {
  const ctx = contextOf(staff);
  const form = { name: "Diary", description: "", ownerContact: "", scopes: [], domains: [] };
  const choices = { applicationId: client.id, label: "", expiresAt: "" };
  for (const { applicationId, secretId } of [
    await createApplication(ctx, { ...form, domainPolicy: "any" }),
    await addSecret(ctx, choices),
    await rotateSecret(ctx, { ...choices, secretIds: [client.secretId], revocation: "24h", revocationAt: "" }),
  ]) {
    const events = (await auditEventsAbout(applicationId)).length;
    expect(await isUntaken(applicationId, secretId)).toBe(true);
    await setSecretStored({ applicationId, secretId, isStored: true });
    expect(await isUntaken(applicationId, secretId)).toBe(false);
    await setSecretStored({ applicationId, secretId, isStored: false });
    expect(await isUntaken(applicationId, secretId)).toBe(true);
    expect(await auditEventsAbout(applicationId)).toHaveLength(events);
  }
});

it("of a secret of before, whose maker nobody asked, it is not said that it is untaken", async () => {
  expect(await isUntaken(client.id, client.secretId)).toBe(false);
});

it("nothing is noted of a secret under another application", async () => {
  const { applicationId, secretId } = await addSecret(contextOf(staff), {
    applicationId: client.id,
    label: "",
    expiresAt: "",
  });
  await setSecretStored({ applicationId: (await createTestClient()).id, secretId, isStored: true });
  expect(await isUntaken(applicationId, secretId)).toBe(true);
});

it("whoever picked a secret up says with their link that it is stored, and can say so of no other", async () => {
  const pickUps = createPickUps(staff, () => new Date());
  const { token } = await pickUps.make(client.id);
  await setPickedUpStored({ token, isStored: true });
  const { applicationId, secretId } = credentialsOf(await pickUps.press(token));
  expect(await isUntaken(applicationId, secretId)).toBe(true);
  await expect(setPickedUpStored({ token: "a".repeat(43), isStored: true })).rejects.toMatchObject({
    reason: "pick_up_link_unknown",
  });
  await setPickedUpStored({ token, isStored: true });
  expect(await isUntaken(applicationId, secretId)).toBe(false);
});
