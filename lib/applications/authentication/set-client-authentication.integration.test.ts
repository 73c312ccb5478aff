import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { createClientKey } from "@/lib/oauth/testing/forge-assertion";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { addTestKey } from "@/lib/testing/machine/machine-assertions";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import type { SetClientAuthentication } from "./client-authentication.schema";
import { getClientAuthentication } from "./get-client-authentication";
import { setClientAuthentication } from "./set-client-authentication";
import { syncPublishedKeys } from "./sync-published-keys";

const test = useTestDatabase();
const URI = "https://calendar.example/jwks";
const NOW = new Date("2026-11-23T12:00:00.000Z");
let staff: StaffActor;
let applicationId: string;
let unchanged: SetClientAuthentication;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

beforeEach(async () => {
  applicationId = (await createTestClient()).id;
  unchanged = {
    applicationId,
    grantTypes: ["client_credentials"],
    methods: ["client_secret_basic", "client_secret_post"],
    jwksUri: null,
    tokenTtlSeconds: null,
  };
});

describe("setClientAuthentication", () => {
  it("stores what was chosen and tells what it was before", async () => {
    await setClientAuthentication(contextOf(staff), {
      applicationId,
      grantTypes: ["client_credentials", JWT_BEARER_GRANT],
      methods: ["private_key_jwt"],
      jwksUri: URI,
      tokenTtlSeconds: 60,
    });
    expect(await getClientAuthentication(applicationId)).toMatchObject({
      grantTypes: ["client_credentials", JWT_BEARER_GRANT],
      methods: ["private_key_jwt"],
      jwksUri: URI,
      tokenTtlSeconds: 60,
    });
    expect(await auditEventsAbout(applicationId)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.authentication_changed",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          grantTypes: { before: ["client_credentials"], after: ["client_credentials", JWT_BEARER_GRANT] },
          authenticationMethods: { before: ["client_secret_basic", "client_secret_post"], after: ["private_key_jwt"] },
          jwksUri: { before: null, after: URI },
          tokenTtlSeconds: { before: null, after: 60 },
        },
      },
    ]);
  });

  it("names in the event only what changed, and leaves none when nothing did", async () => {
    await setClientAuthentication(contextOf(staff), unchanged);
    expect(await auditEventsAbout(applicationId)).toEqual([]);
    await setClientAuthentication(contextOf(staff), { ...unchanged, tokenTtlSeconds: 3600 });
    expect(await auditEventsAbout(applicationId)).toMatchObject([
      { changes: { tokenTtlSeconds: { before: null, after: 3600 } } },
    ]);
  });

  it("touches neither client id nor secrets", async () => {
    const select = { clientId: true, credentialVersion: true, secrets: { select: { id: true, hash: true } } };
    const before = await test.database.application.findUniqueOrThrow({ where: { id: applicationId }, select });
    await setClientAuthentication(contextOf(staff), { ...unchanged, methods: ["private_key_jwt"] });
    expect(await test.database.application.findUniqueOrThrow({ where: { id: applicationId }, select })).toEqual(before);
  });

  it("refuses an address of keys while registered ones are live", async () => {
    await addTestKey({ id: applicationId }, await createClientKey());
    await expect(setClientAuthentication(contextOf(staff), { ...unchanged, jwksUri: URI })).rejects.toMatchObject({
      code: "conflict",
      fieldErrors: { jwksUri: "keys_are_registered" },
    });
    expect(await auditEventsAbout(applicationId)).toEqual([]);
  });

  it("ends the keys of the old address and forgets when they were read, when the address changes", async () => {
    await setClientAuthentication(contextOf(staff), { ...unchanged, jwksUri: URI });
    const { clientKey, thumbprint } = await createClientKey();
    const keys = [{ publicJwk: clientKey.publicJwk, thumbprint }];
    const system = { kind: "system", ip: null, requestId: null } as const;
    await syncPublishedKeys(contextOf(system), { applicationId, jwksUri: URI, fetchedAt: NOW, keys });
    await setClientAuthentication(contextOf(staff), { ...unchanged, jwksUri: URI, tokenTtlSeconds: 60 });
    expect(await getClientAuthentication(applicationId)).toMatchObject({
      jwksFetchedAt: NOW,
      keys: [{ revokedAt: null }],
    });
    await setClientAuthentication(contextOf(staff, NOW), { ...unchanged, jwksUri: `${URI}2` });
    expect(await getClientAuthentication(applicationId)).toMatchObject({
      jwksFetchedAt: null,
      keys: [{ source: "published", revokedAt: NOW }],
    });
  });

  it("refuses an application that does not exist", async () => {
    const input = { ...unchanged, applicationId: randomUUID() };
    await expect(setClientAuthentication(contextOf(staff), input)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("syncPublishedKeys", () => {
  const system = { kind: "system", ip: null, requestId: null } as const;

  async function liveKids() {
    const { keys } = await getClientAuthentication(applicationId);
    return keys.filter(({ revokedAt }) => revokedAt === null).map(({ kid }) => kid);
  }

  it("takes nothing from an older reading, nor from an address that was left", async () => {
    await setClientAuthentication(contextOf(staff), { ...unchanged, jwksUri: URI });
    const { clientKey, thumbprint } = await createClientKey();
    const keys = [{ publicJwk: clientKey.publicJwk, thumbprint }];
    const later = new Date(NOW.getTime() + 1000);
    await syncPublishedKeys(contextOf(system), { applicationId, jwksUri: URI, fetchedAt: later, keys: [] });
    await syncPublishedKeys(contextOf(system), { applicationId, jwksUri: URI, fetchedAt: NOW, keys });
    await syncPublishedKeys(contextOf(system), { applicationId, jwksUri: `${URI}2`, fetchedAt: new Date(), keys });
    expect(await liveKids()).toEqual([]);
    await syncPublishedKeys(contextOf(system), {
      applicationId,
      jwksUri: URI,
      fetchedAt: new Date(later.getTime() + 1),
      keys,
    });
    expect(await liveKids()).toEqual([clientKey.publicJwk.kid]);
  });

  it("refuses an application that does not exist", async () => {
    const set = { applicationId: randomUUID(), jwksUri: URI, fetchedAt: NOW, keys: [] };
    await expect(syncPublishedKeys(contextOf(system), set)).rejects.toMatchObject({ code: "not_found" });
  });
});
