// Runs on both databases: what is changed while a secret is being verified.
import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, captureLog } from "@/lib/testing/machine/machine-requests";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

type Parties = { client: TestClient; person: { id: string; email: string } };

/** Lets `change` happen after the client was read and before Argon2 has said that the secret is right. */
function machineThatWaits(change: () => Promise<unknown>) {
  return createM2mApi(testConfig(), {
    async verifyHash() {
      await change();
      return true;
    },
  });
}

async function ask(change: (parties: Parties) => Promise<unknown>) {
  const parties = { client: await createTestClient(), person: await createTestPerson() };
  const machine = machineThatWaits(() => change(parties));
  const log = captureLog();
  const answer = await askForToken(machine, parties.client, { fields: { scope: parties.person.email } });
  await machine.settled();
  log.stop();
  const [, reason] = /"event":"token_refused","code":"\w+","reason":"(\w+)"/.exec(log.lines.join("")) ?? [];
  return { status: answer.status, json: answer.json, reason };
}

const PERSON_REFUSED = { error: "invalid_scope", error_description: "This person cannot be acted for." };
const CLIENT_REFUSED = { error: "invalid_client", error_description: "Invalid credentials" };

describe("while Argon2 has the first secret of a client, or a queue before it", () => {
  it.each<[string, (parties: Parties) => Promise<unknown>, object, string]>([
    [
      "the person is switched off",
      ({ person }) => database().person.update({ where: { id: person.id }, data: { isActive: false } }),
      PERSON_REFUSED,
      "subject_inactive",
    ],
    [
      "the person opts out",
      ({ person }) => database().person.update({ where: { id: person.id }, data: { isDelegationAllowed: false } }),
      PERSON_REFUSED,
      "subject_opted_out",
    ],
    [
      "the person joins the staff",
      ({ person }) => createStaffMember({ passwordHash: null, email: person.email }),
      PERSON_REFUSED,
      "subject_is_staff",
    ],
    [
      "the person is put on the deny list",
      ({ client, person }) =>
        database().applicationPersonRule.create({
          data: { applicationId: client.id, email: person.email, effect: "deny" },
        }),
      { error: "invalid_scope" },
      "subject_denied",
    ],
    [
      "somebody else is put on an allow list",
      ({ client }) =>
        database().applicationPersonRule.create({
          data: { applicationId: client.id, email: "other@example.com", effect: "allow" },
        }),
      { error: "invalid_scope" },
      "subject_not_listed",
    ],
    [
      "the domain is taken away",
      ({ client }) =>
        database().applicationDomain.create({ data: { applicationId: client.id, domain: "other.example" } }),
      { error: "invalid_scope" },
      "domain_not_allowed",
    ],
    [
      "the application is switched off",
      ({ client }) => database().application.update({ where: { id: client.id }, data: { isActive: false } }),
      CLIENT_REFUSED,
      "inactive_client",
    ],
    [
      "the application is deleted",
      ({ client }) =>
        database().application.update({ where: { id: client.id }, data: { isActive: false, deletedAt: new Date() } }),
      CLIENT_REFUSED,
      "unknown_client",
    ],
    [
      "the secret is revoked",
      ({ client }) =>
        database().applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: new Date(0) } }),
      CLIENT_REFUSED,
      "secret_not_live",
    ],
  ])("%s: no token is given", async (_title, change, json, reason) => {
    const answer = await ask(change);
    expect(answer).toMatchObject({ status: json === CLIENT_REFUSED ? 401 : 400, json, reason });
  });

  it("nothing changes: a token is given", async () => {
    expect(await ask(async () => undefined)).toMatchObject({ status: 200, reason: undefined });
  });

  it("the scopes are narrowed: the token has the narrower ones", async () => {
    const narrow = ({ client }: Parties) =>
      database().application.update({ where: { id: client.id }, data: { scopes: ["rooms:list"] } });
    expect(await ask(narrow)).toMatchObject({ status: 200, json: { scope: "rooms:list" } });
  });
});

describe("a secret that was verified before", () => {
  it("gives no token for somebody who was switched off before the request came", async () => {
    const client = await createTestClient();
    const person = await createTestPerson();
    const machine = createM2mApi(testConfig());
    const call = { fields: { scope: person.email } };
    expect((await askForToken(machine, client, call)).status).toBe(200);
    await database().person.update({ where: { id: person.id }, data: { isActive: false } });
    expect(await askForToken(machine, client, call)).toMatchObject({ status: 400, json: PERSON_REFUSED });
  });
});
