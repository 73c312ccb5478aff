import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setApplicationStatus } from "@/lib/applications/status/set-application-status";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { metricsSnapshot, resetMetrics } from "@/lib/observability/metrics/metrics";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { addTestSecret, createTestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, memberOf, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const test = useTestDatabase();
let here: M2mApi;
let there: M2mApi;
let staff: StaffActor;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

// Two instances: each with its own memory, both on the same database.
beforeEach(() => {
  here = createM2mApi(testConfig());
  there = createM2mApi(testConfig());
  resetMetrics();
});

const TRIALS = 200;

function whoami(machine: M2mApi) {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run: async (_input, { actor }) => actor });
}

const INVALID_TOKEN = {
  type: errorUri("invalid_token"),
  title: "Unauthorized",
  status: 401,
  detail: "The access token is invalid, expired or revoked.",
  code: "invalid_token",
};

describe("a secret that was ended on one instance", () => {
  it(`is refused by the other in its next request, ${TRIALS} times out of ${TRIALS}, under load (T3)`, async () => {
    const client = await createTestClient();
    const bystander = await createTestClient();
    const where = { id: client.secretId };
    await Promise.all([obtainToken(here, client), obtainToken(there, client), obtainToken(there, bystander)]);
    let staleAccepts = 0;
    let wrongRefusals = 0;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const load = [askForToken(there, bystander), askForToken(there, client, { address: "198.51.100.1" })];
      await test.database.applicationSecret.update({ where, data: { revokedAt: new Date() } });
      // Another address each time: the refusals themselves must not add up to a limit.
      const refused = await askForToken(there, client, { address: `10.0.${trial}.1` });
      if (refused.status !== 401) staleAccepts += 1;
      await test.database.applicationSecret.update({ where, data: { revokedAt: null } });
      const accepted = await askForToken(here, client);
      if (accepted.status !== 200) wrongRefusals += 1;
      await Promise.all(load);
    }
    expect({ staleAccepts, wrongRefusals }).toEqual({ staleAccepts: 0, wrongRefusals: 0 });
    // Two instances, one secret each, and the bystander: everything else came from memory.
    expect((await metricsSnapshot())['vestibule_argon2_verify_total{result="match"}']).toBe(3);
  });

  it("is refused while its successor works", async () => {
    const client = await createTestClient();
    await obtainToken(there, client);
    const successor = { ...client, ...(await addTestSecret(client)) };
    await test.database.applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: new Date() } });
    expect((await askForToken(there, client)).status).toBe(401);
    expect((await askForToken(there, successor)).status).toBe(200);
  });

  it("works until the moment at which it was told to end, and not after it", async () => {
    const client = await createTestClient();
    const end = new Date(Date.now() + 60_000);
    await test.database.applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: end } });
    const at = (milliseconds: number) => createM2mApi(testConfig(), { now: () => new Date(milliseconds) });
    expect((await askForToken(at(end.getTime() - 1), client)).status).toBe(200);
    expect((await askForToken(at(end.getTime()), client)).status).toBe(401);
  });

  it("ends the tokens it obtained", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    await test.database.applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: new Date() } });
    expect(await callExternal(whoami(there), { token })).toMatchObject({ status: 401, json: INVALID_TOKEN });
  });
});

describe("an application that was switched off", () => {
  it("gets no token and can use none, on either instance, from the next request on (T4)", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client);
    await obtainToken(there, client);
    expect((await callExternal(whoami(there), { token })).status).toBe(200);

    await setApplicationStatus(contextOf(staff), { applicationId: client.id, isActive: false });
    for (const machine of [here, there]) {
      expect((await askForToken(machine, client)).status).toBe(401);
      expect(await callExternal(whoami(machine), { token })).toMatchObject({ status: 401, json: INVALID_TOKEN });
    }
  });

  it("works again once it is switched on", async () => {
    const client = await createTestClient({ isActive: false });
    await setApplicationStatus(contextOf(staff), { applicationId: client.id, isActive: true });
    expect((await askForToken(here, client)).status).toBe(200);
  });
});

describe("a live token", () => {
  type Change = (token: { applicationId: string; secretId: string; personId: string; jti: string }) => Promise<unknown>;
  const changes: Record<string, Change> = {
    "when its application is deleted": ({ applicationId }) =>
      test.database.application.delete({ where: { id: applicationId } }),
    "when all tokens of its application are revoked": ({ applicationId }) =>
      test.database.application.update({ where: { id: applicationId }, data: { credentialVersion: { increment: 1 } } }),
    "when its secret is deleted": ({ secretId }) => test.database.applicationSecret.delete({ where: { id: secretId } }),
    "when its secret has expired": ({ secretId }) =>
      test.database.applicationSecret.update({ where: { id: secretId }, data: { expiresAt: new Date() } }),
    "when it is revoked itself": ({ applicationId, jti }) =>
      test.database.revokedToken.create({ data: { jti, applicationId, expiresAt: new Date() } }),
    "when the person is switched off": ({ personId }) =>
      test.database.person.update({ where: { id: personId }, data: { isActive: false } }),
    "when the person may no longer be acted for": ({ personId }) =>
      test.database.person.update({ where: { id: personId }, data: { isDelegationAllowed: false } }),
    "when the person becomes a member of staff": async ({ personId }) => {
      const { email } = await test.database.person.findUniqueOrThrow({ where: { id: personId } });
      await createStaffMember({ email, passwordHash: null });
    },
    "when the person is deleted": ({ personId }) => test.database.person.delete({ where: { id: personId } }),
    "when the application is limited to another domain": ({ applicationId }) =>
      test.database.applicationDomain.create({ data: { applicationId, domain: "elsewhere.example" } }),
    "when the person moved to an address outside the allowed domains": async ({ applicationId, personId }) => {
      await test.database.applicationDomain.create({ data: { applicationId, domain: "example.com" } });
      await test.database.person.update({
        where: { id: personId },
        data: { email: `${personId}@sub.example.com` },
      });
    },
  };

  // Conformance: B07
  it.each(Object.entries(changes))("stops working %s", async (name, change) => {
    const client = await createTestClient();
    const address = `${name.replaceAll(/\W+/g, "-")}@example.com`.slice(-60).replace(/^-+/, "");
    const token = await obtainToken(here, client, { fields: { scope: address } });
    const before = await callExternal(whoami(there), { token });
    expect(before.status).toBe(200);
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    await change({
      applicationId: client.id,
      secretId: client.secretId,
      personId: String(memberOf(claims, "sub")),
      jti: String(memberOf(claims, "jti")),
    });
    expect(await callExternal(whoami(there), { token })).toMatchObject({ status: 401, json: INVALID_TOKEN });
  });

  it("does not pass to somebody who gets the same address later", async () => {
    const client = await createTestClient();
    const token = await obtainToken(here, client, { fields: { scope: "reborn@example.com" } });
    await test.database.person.delete({ where: { email: "reborn@example.com" } });
    await test.database.person.create({ data: { email: "reborn@example.com" } });
    expect((await callExternal(whoami(here), { token })).status).toBe(401);
  });

  it("loses a scope with the application, and gets no new one with it", async () => {
    const client = await createTestClient({ scopes: ["rooms:list", "rooms:create"] });
    const token = await obtainToken(here, client);
    const creates = createExternalRoute(() => here)({ scope: "rooms:create", run: async () => "created" });
    const retrieves = createExternalRoute(() => here)({ scope: "rooms:retrieve", run: async () => "retrieved" });
    expect((await callExternal(creates, { token })).status).toBe(200);
    await test.database.application.update({
      where: { id: client.id },
      data: { scopes: ["rooms:list", "rooms:retrieve"] },
    });
    expect((await callExternal(creates, { token })).status).toBe(403);
    expect((await callExternal(retrieves, { token })).status).toBe(403);
    expect((await callExternal(whoami(here), { token })).status).toBe(200);
  });
});

describe("the next token", () => {
  // Conformance: N47
  it("follows a domain that was added", async () => {
    const client = await createTestClient();
    await obtainToken(here, client);
    await test.database.applicationDomain.create({ data: { applicationId: client.id, domain: "gov.example" } });
    const description = "The application may not act for this e-mail domain.";
    expect(await askForToken(here, client)).toMatchObject({
      status: 400,
      json: {
        error: "invalid_scope",
        error_description: description,
        error_uri: errorUri("invalid_scope"),
        detail: description,
      },
    });
    expect((await askForToken(here, client, { fields: { scope: "ana@gov.example" } })).status).toBe(200);
    expect((await askForToken(here, client, { fields: { scope: "ana@sub.gov.example" } })).status).toBe(400);
  });

  // Conformance: N29
  it("follows a scope that was removed", async () => {
    const client = await createTestClient({ scopes: ["rooms:list", "rooms:create"] });
    const fields = { scope: "alice@example.com rooms:create" };
    expect((await askForToken(here, client, { fields })).status).toBe(200);
    await test.database.application.update({ where: { id: client.id }, data: { scopes: ["rooms:list"] } });
    expect(await askForToken(here, client, { fields })).toMatchObject({
      status: 400,
      json: { error: "invalid_scope" },
    });
  });
});
