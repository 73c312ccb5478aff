import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { config, setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { createApplicationSchema } from "./application.schema";
import { createApplication } from "./create-application";
import { getApplication } from "./get-application";
import { clientSecretFormat } from "./secrets/generate-credentials";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

const INPUT = createApplicationSchema.parse({
  name: "Calendar",
  description: "Makes a room for every meeting.",
  ownerContact: "calendar@example.com",
  scopes: ["rooms:list", "rooms:create"],
  domainPolicy: "listed",
  domains: ["example.org", "Example.com"],
});

describe("createApplication", () => {
  it("returns the credentials and nothing else", async () => {
    const issued = await createApplication(contextOf(await createStaffActor()), INPUT);
    expect(issued).toEqual({
      applicationId: expect.stringMatching(/^[0-9a-f]{8}-/),
      name: "Calendar",
      clientId: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
      secretId: expect.stringMatching(/^[0-9a-f]{8}-/),
      clientSecret: expect.stringMatching(/^vst_t[A-Za-z0-9]{43}_[A-Za-z0-9]{22}$/),
    });
    expect(clientSecretFormat(config()).check(issued.clientId, issued.clientSecret)).toBe("authentic");
  });

  it("stores the application as it was asked for, active and with one secret", async () => {
    const actor = await createStaffActor({ name: "Ana Dupont" });
    const { applicationId, clientId, clientSecret } = await createApplication(contextOf(actor), INPUT);
    expect(await getApplication(applicationId)).toEqual({
      id: applicationId,
      name: "Calendar",
      description: "Makes a room for every meeting.",
      ownerContact: "calendar@example.com",
      clientId,
      isActive: true,
      scopes: ["rooms:create", "rooms:list"],
      domains: ["example.com", "example.org"],
      createdAt: expect.any(Date),
      createdByName: "Ana Dupont",
      updatedAt: expect.any(Date),
      lastUsedAt: null,
      secrets: [
        {
          id: expect.stringMatching(/^[0-9a-f]{8}-/),
          hint: clientSecret.slice(-27, -23),
          label: null,
          createdAt: expect.any(Date),
          createdByName: "Ana Dupont",
          expiresAt: null,
          revokedAt: null,
          compromisedAt: null,
          replacedById: null,
          lastUsedAt: null,
          lastUsedIp: null,
          isUntaken: true,
        },
      ],
    });
  });

  it("stores the secret as an Argon2id hash, and no part of it in any table but its four character hint", async () => {
    const { applicationId, clientSecret } = await createApplication(contextOf(await createStaffActor()), INPUT);
    const [row] = await database().applicationSecret.findMany({ where: { applicationId }, select: { hash: true } });
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$/);

    const dump = await dumpDatabase();
    const [prefix, keyAndRandom, tag] = clientSecret.split("_");
    expect(prefix).toBe("vst");
    expect(dump).toContain(applicationId);
    for (const part of [clientSecret, keyAndRandom, keyAndRandom?.slice(1), tag]) {
      expect(part?.length).toBeGreaterThan(20);
      expect(dump).not.toContain(part);
    }
  });

  it("records who created it and what was granted, and the secret by its id", async () => {
    const actor = await createStaffActor();
    const { applicationId, clientId } = await createApplication(contextOf(actor), INPUT);
    const [secret] = await database().applicationSecret.findMany({ where: { applicationId } });
    const common = {
      actorKind: "staff",
      actorId: actor.id,
      targetKind: "application",
      ip: actor.ip,
      requestId: actor.requestId,
    };
    expect(await auditEventsAbout(applicationId)).toEqual([
      {
        ...common,
        action: "application.created",
        changes: {
          name: { before: null, after: "Calendar" },
          description: { before: null, after: "Makes a room for every meeting." },
          ownerContact: { before: null, after: "calendar@example.com" },
          clientId: { before: null, after: clientId },
          scopes: { before: null, after: ["rooms:create", "rooms:list"] },
          domains: { before: null, after: ["example.com", "example.org"] },
          isActive: { before: null, after: true },
        },
      },
      {
        ...common,
        action: "application.secret_created",
        changes: { secretId: { before: null, after: secret?.id }, hint: { before: null, after: secret?.hint } },
      },
    ]);
  });

  it("stores neither application nor secret when the audit event cannot be stored", async () => {
    const actor = { ...(await createStaffActor()), requestId: "x".repeat(65) };
    await expect(createApplication(contextOf(actor), { ...INPUT, name: "Unrecorded" })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect(await database().application.count({ where: { name: "Unrecorded" } })).toBe(0);
    expect(await database().applicationSecret.count({ where: { createdById: actor.id } })).toBe(0);
  });

  it("lets two applications have one name, with credentials of their own", async () => {
    const actor = await createStaffActor();
    const first = await createApplication(contextOf(actor), INPUT);
    const second = await createApplication(contextOf(actor), INPUT);
    expect(second.clientId).not.toBe(first.clientId);
    expect(second.clientSecret).not.toBe(first.clientSecret);
    expect(clientSecretFormat(config()).check(first.clientId, second.clientSecret)).toBe("forged");
  });

  it("grants nothing that was not asked for", async () => {
    const input = createApplicationSchema.parse({
      ...INPUT,
      scopes: [],
      domainPolicy: "any",
      domains: [],
    });
    const { applicationId } = await createApplication(contextOf(await createStaffActor()), input);
    const { scopes, domains } = await getApplication(applicationId);
    expect({ scopes, domains }).toEqual({ scopes: [], domains: [] });
  });
});
