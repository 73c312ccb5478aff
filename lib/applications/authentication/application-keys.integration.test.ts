import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { createClientKey, type TestClientKey } from "@/lib/oauth/testing/forge-assertion";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout, createStaffActor, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { addApplicationKey } from "./add-application-key";
import { getClientAuthentication } from "./get-client-authentication";
import { revokeApplicationKey } from "./revoke-application-key";

const test = useTestDatabase();
let staff: StaffActor;
let applicationId: string;
let key: TestClientKey;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor({ name: "Mara" });
  key = await createClientKey();
});

beforeEach(async () => {
  applicationId = (await createTestClient()).id;
});

const jwkOf = ({ clientKey }: TestClientKey) => JSON.stringify(clientKey.publicJwk);

function add(publicKey: string, kid = "") {
  return addApplicationKey(contextOf(staff), { applicationId, publicKey, kid });
}

/** What an AppError tells, so that one assertion covers all of it. */
async function refusalOf(work: Promise<unknown>) {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) throw new Error("it was not refused");
  const { code, reason, fieldErrors } = thrown;
  return { code, reason, ...(fieldErrors === undefined ? {} : { fieldErrors }) };
}

describe("addApplicationKey", () => {
  it("stores the public key alone, under its own name, and shows it to staff", async () => {
    const { publicJwk } = key.clientKey;
    const { keyId, kid } = await add(JSON.stringify({ ...publicJwk, comment: "canary", x5c: ["canary"] }));
    expect(kid).toBe(publicJwk.kid);
    const row = await test.database.applicationKey.findUniqueOrThrow({ where: { id: keyId } });
    expect(row).toMatchObject({ publicJwk, thumbprint: key.thumbprint, source: "registered", revokedAt: null });
    expect(await getClientAuthentication(applicationId)).toEqual({
      grantTypes: ["client_credentials"],
      methods: ["client_secret_basic", "client_secret_post"],
      jwksUri: null,
      jwksFetchedAt: null,
      tokenTtlSeconds: null,
      keys: [
        {
          id: keyId,
          source: "registered",
          kid,
          algorithm: "ES256",
          thumbprint: key.thumbprint,
          createdAt: expect.any(Date),
          createdByName: "Mara",
          revokedAt: null,
          lastUsedAt: null,
        },
      ],
    });
  });

  it("stores it under the name that staff give it", async () => {
    const { keyId, kid } = await add(jwkOf(key), "2026-11");
    expect(kid).toBe("2026-11");
    const row = await test.database.applicationKey.findUniqueOrThrow({ where: { id: keyId } });
    expect(row).toMatchObject({ kid: "2026-11", publicJwk: { ...key.clientKey.publicJwk, kid: "2026-11" } });
  });

  it("leaves one audit event with everything but the key itself", async () => {
    const { keyId, kid } = await add(jwkOf(key));
    expect(await auditEventsAbout(applicationId)).toEqual([
      {
        actorKind: "staff",
        actorId: staff.id,
        action: "application.key_added",
        targetKind: "application",
        ip: "192.0.2.7",
        requestId: staff.requestId,
        changes: {
          keyId: { before: null, after: keyId },
          kid: { before: null, after: kid },
          algorithm: { before: null, after: "ES256" },
          thumbprint: { before: null, after: key.thumbprint },
        },
      },
    ]);
  });

  it("refuses a private key and leaves no trace of it anywhere", async () => {
    const jwk = await key.privateJwk();
    const log = captureLog();
    const thrown: unknown = await add(JSON.stringify(jwk)).catch((error: unknown) => error);
    log.stop();
    expect(thrown).toMatchObject({ code: "invalid", fieldErrors: { publicKey: "public_key_private" } });
    const traces = [
      JSON.stringify(thrown, Object.getOwnPropertyNames(thrown)),
      ...log.lines,
      await dumpDatabase(),
    ].join();
    expect(traces).not.toContain(jwk.d);
    expect(await auditEventsAbout(applicationId)).toEqual([]);
  });

  it.each([
    ["nonsense", "my key", "public_key_invalid"],
    ["a certificate", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", "public_key_invalid"],
    ["an algorithm that is not offered", '{"kty":"EC","crv":"P-521","x":"a","y":"b"}', "public_key_invalid"],
    ["a symmetric key", '{"kty":"oct","k":"c2VjcmV0"}', "public_key_private"],
    ["a weak key", `{"kty":"RSA","e":"AQAB","n":"${Buffer.alloc(128, 255).toString("base64url")}"}`, "public_key_weak"],
  ])("refuses %s", async (_what, text, reason) => {
    expect(await refusalOf(add(text))).toEqual({
      code: "invalid",
      reason: "invalid",
      fieldErrors: { publicKey: reason },
    });
  });

  it("refuses a key that is live already, whatever it is called, and a name that is", async () => {
    await add(jwkOf(key), "one");
    const taken = { code: "conflict", reason: "invalid" };
    expect(await refusalOf(add(jwkOf(key), "two"))).toEqual({
      ...taken,
      fieldErrors: { publicKey: "public_key_taken" },
    });
    const other = await createClientKey();
    expect(await refusalOf(add(jwkOf(other), "one"))).toEqual({ ...taken, fieldErrors: { kid: "kid_taken" } });
  });

  it("lets a name and a key come back after their end, as another row", async () => {
    const { keyId } = await add(jwkOf(key), "one");
    await revokeApplicationKey(contextOf(staff), { applicationId, keyId });
    const again = await add(jwkOf(key), "one");
    expect(again.keyId).not.toBe(keyId);
    const { keys } = await getClientAuthentication(applicationId);
    expect(keys.map(({ id, revokedAt }) => [id, revokedAt === null])).toEqual([
      [again.keyId, true],
      [keyId, false],
    ]);
  });

  it("refuses a sixth live key, also when six come at once", async () => {
    const keys = await Promise.all(Array.from({ length: 6 }, () => createClientKey()));
    const results = await Promise.allSettled(keys.map((each) => add(jwkOf(each))));
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toEqual([{ status: "rejected", reason: expect.objectContaining({ reason: "keys_too_many" }) }]);
    expect(await test.database.applicationKey.count({ where: { applicationId, revokedAt: null } })).toBe(5);
  });

  it("refuses a key for an application that publishes its own, and for none at all", async () => {
    applicationId = (await createTestClient({ jwksUri: "https://calendar.example/jwks" })).id;
    expect(await refusalOf(add(jwkOf(key)))).toEqual({ code: "conflict", reason: "keys_are_published" });
    applicationId = randomUUID();
    expect(await refusalOf(add(jwkOf(key)))).toEqual({ code: "not_found", reason: "not_found" });
  });
});

describe("revokeApplicationKey", () => {
  it("ends a key for good and says so once", async () => {
    const { keyId, kid } = await add(jwkOf(key));
    const end = new Date("2026-11-23T12:00:00.000Z");
    await revokeApplicationKey(contextOf(staff, end), { applicationId, keyId });
    await revokeApplicationKey(contextOf(staff), { applicationId, keyId });
    const row = await test.database.applicationKey.findUniqueOrThrow({ where: { id: keyId } });
    expect(row).toMatchObject({ revokedAt: end, revokedById: staff.id });
    const [, ...events] = await auditEventsAbout(applicationId);
    expect(events).toMatchObject([
      {
        action: "application.key_revoked",
        actorId: staff.id,
        changes: {
          keyId: { before: keyId, after: keyId },
          kid: { before: kid, after: kid },
          revokedAt: { before: null, after: end.toISOString() },
        },
      },
    ]);
  });

  it("does not touch a key of another application", async () => {
    const { keyId } = await add(jwkOf(key));
    const other = await createTestClient();
    const refused = await refusalOf(revokeApplicationKey(contextOf(staff), { applicationId: other.id, keyId }));
    expect(refused).toEqual({ code: "not_found", reason: "not_found" });
    expect((await getClientAuthentication(applicationId)).keys[0]?.revokedAt).toBeNull();
  });

  it("refuses what does not exist", async () => {
    const notFound = { code: "not_found", reason: "not_found" };
    expect(await refusalOf(revokeApplicationKey(contextOf(staff), { applicationId, keyId: randomUUID() }))).toEqual(
      notFound,
    );
    expect(await refusalOf(getClientAuthentication(randomUUID()))).toEqual(notFound);
    expect(await refusalOf(getClientAuthentication("x"))).toEqual(notFound);
  });
});
