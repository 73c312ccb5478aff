import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { revokeApplicationKey } from "@/lib/applications/authentication/revoke-application-key";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";
import {
  askWithAssertion,
  createSigningClient,
  type SigningClient,
  signClientAssertion,
  signDelegation,
  TEST_TOKEN_URL,
} from "@/lib/testing/machine/machine-assertions";
import { askForToken, callExternal, memberOf } from "@/lib/testing/machine/machine-requests";
import { createStaffActor, createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const test = useTestDatabase();
let machine: M2mApi;
let client: SigningClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createSigningClient();
});

beforeEach(() => {
  machine = createM2mApi(testConfig());
});

function redeem(signer: SigningClient, assertion: string, fields: Record<string, string> = {}) {
  return askForToken(machine, signer, { fields: { grant_type: JWT_BEARER_GRANT, scope: "", assertion, ...fields } });
}

function whoami() {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run: async (_input, { actor }) => actor });
}

const INVALID_GRANT = { error: "invalid_grant", error_description: "The grant is invalid or expired." };

describe("a signed delegation", () => {
  // Conformance: J10
  it("gives a token for the person it names, who is created when nobody knows them", async () => {
    const answer = await redeem(client, await signDelegation(client, { sub: "New.Person@example.com" }));
    expect(answer).toMatchObject({ status: 200, json: { scope: "rooms:create rooms:list rooms:retrieve" } });
    const person = await test.database.person.findUniqueOrThrow({ where: { email: "new.person@example.com" } });
    const seen = await callExternal(whoami(), { token: String(memberOf(answer.json, "access_token")) });
    expect(seen).toMatchObject({ status: 200, json: { id: client.id, personId: person.id } });
  });

  // Conformance: J12
  it.each([
    ["issuer", "http://localhost:3000"],
    ["token endpoint", TEST_TOKEN_URL],
  ])("may be addressed to the %s", async (_what, aud) => {
    expect((await redeem(client, await signDelegation(client, { aud }))).status).toBe(200);
  });

  // Conformance: J13
  it("leans on the key that signed it: when that ends, so does the token", async () => {
    const own = await createSigningClient();
    const token = String(memberOf((await redeem(own, await signDelegation(own))).json, "access_token"));
    expect((await callExternal(whoami(), { token })).status).toBe(200);
    await revokeApplicationKey(contextOf(await createStaffActor()), { applicationId: own.id, keyId: own.keyId });
    expect((await callExternal(whoami(), { token })).status).toBe(401);
    expect(await redeem(own, await signDelegation(own))).toMatchObject({ status: 400, json: INVALID_GRANT });
  });

  it("is good for one token, also when twenty ask for it at once", async () => {
    const assertion = await signDelegation(client);
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(client, assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
  });

  it("goes together with a client assertion, and no secret at all", async () => {
    const keysOnly = await createSigningClient({ tokenEndpointAuthMethods: ["private_key_jwt"] });
    const fields = { grant_type: JWT_BEARER_GRANT, scope: "rooms:list", assertion: await signDelegation(keysOnly) };
    const answer = await askWithAssertion(machine, await signClientAssertion(keysOnly), { fields });
    expect(answer).toMatchObject({ status: 200, json: { scope: "rooms:list" } });
  });
});

describe("a signed delegation that is refused", () => {
  // Conformance: J13
  it("is one for a person who is switched off, out of reach or staff", async () => {
    const off = await createTestPerson({ isActive: false });
    const optedOut = await createTestPerson({ isDelegationAllowed: false });
    const staff = await createStaffMember();
    for (const sub of [off.email, optedOut.email, staff.email]) {
      expect(await redeem(client, await signDelegation(client, { sub }))).toMatchObject({
        status: 400,
        json: { error: "invalid_grant", error_description: "This person cannot be acted for." },
      });
    }
  });

  // Conformance: J11
  it("is one for a person outside the domains of the application", async () => {
    const limited = await createSigningClient({ domains: ["other.example"] });
    expect(await redeem(limited, await signDelegation(limited))).toMatchObject({
      status: 400,
      json: { error: "invalid_grant" },
    });
    expect(await test.database.person.count({ where: { createdByApplicationId: limited.id } })).toBe(0);
  });

  // Conformance: J11
  it("is one that another application has signed, in its own name or in this one's", async () => {
    const other = await createSigningClient();
    for (const signer of [other, { ...client, key: other.key }]) {
      expect(await redeem(client, await signDelegation(signer))).toMatchObject({ status: 400, json: INVALID_GRANT });
    }
  });

  // Conformance: N41
  it("is any, of an application that is not registered for the grant", async () => {
    const plain = await createSigningClient({ grantTypes: ["client_credentials"] });
    expect(await redeem(plain, await signDelegation(plain))).toMatchObject({
      status: 400,
      json: { error: "unauthorized_client", error_description: "The client may not use this grant type." },
    });
    const signedOnly = await createSigningClient({ grantTypes: [JWT_BEARER_GRANT] });
    expect(await askForToken(machine, signedOnly)).toMatchObject({
      status: 400,
      json: { error: "unauthorized_client" },
    });
  });

  it("is none of a client that has not authenticated, however good", async () => {
    const answer = await redeem({ ...client, secret: "wrong" }, await signDelegation(client));
    expect(answer).toMatchObject({ status: 401, json: { error: "invalid_client" } });
  });
});
