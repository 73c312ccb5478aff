import { beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { externalRoute } from "@/lib/machine/external-routes";
import { createM2mApi, m2mApi } from "@/lib/machine/m2m-api";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { createSigningClient, signDelegation } from "@/lib/testing/machine/machine-assertions";
import {
  type Answer,
  askForToken,
  callExternal,
  captureLog,
  obtainToken,
  send,
} from "@/lib/testing/machine/machine-requests";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

const test = useTestDatabase();

beforeAll(() => setConfig(testConfig()));

const DENIED = "The deny list of the application holds this person.";
const NOT_LISTED = "The allow list of the application does not hold this person.";
const CANNOT = "This person cannot be acted for.";

const here = externalRoute({ scope: "rooms:list", run: async () => ({}) });

function refusal(description: string, error = "invalid_scope") {
  return {
    status: 400,
    json: { error, error_description: description, error_uri: errorUri(error), detail: description },
  };
}

const ask = (client: TestClient, scope: string): Promise<Answer> =>
  askForToken(m2mApi(), client, { fields: { scope } });

/** What the log says about the last refusal while `work` ran. */
async function reasonLogged(work: () => Promise<unknown>): Promise<unknown> {
  const log = captureLog();
  await work();
  log.stop();
  const refused = log.lines.map((line) => JSON.parse(line)).filter(({ event }) => /_refused$/.test(event));
  return refused.at(-1)?.reason;
}

describe("the lists of an application, when a token is asked for", () => {
  it("keep out whoever is on the deny list, and nobody else", async () => {
    const client = await createTestClient({ denied: ["mallory@example.com"] });
    expect(await ask(client, "mallory@example.com")).toMatchObject(refusal(DENIED));
    expect((await ask(client, "alice@example.com")).status).toBe(200);
    expect(await reasonLogged(() => ask(client, "mallory@example.com"))).toBe("subject_denied");
  });

  it("let only people on the allow list be acted for, once it holds somebody", async () => {
    const client = await createTestClient({ allowed: ["alice@example.com"] });
    expect((await ask(client, "alice@example.com")).status).toBe(200);
    expect(await ask(client, "bob@example.com")).toMatchObject(refusal(NOT_LISTED));
    expect(await reasonLogged(() => ask(client, "bob@example.com"))).toBe("subject_not_listed");
  });

  it("are those of one application: another is not touched by them", async () => {
    await createTestClient({ allowed: ["alice@example.com"], denied: ["bob@example.com"] });
    expect((await ask(await createTestClient(), "bob@example.com")).status).toBe(200);
  });

  it("come after the domains: neither list opens a domain that is closed", async () => {
    const client = await createTestClient({ domains: ["example.org"], allowed: ["alice@example.com"] });
    const description = "The application may not act for this e-mail domain.";
    expect(await ask(client, "alice@example.com")).toMatchObject(refusal(description));
  });

  it("tell nobody who has an account: the answer about a stranger is the same, to the byte", async () => {
    const known = await createTestPerson();
    const inactive = await createTestPerson({ isActive: false });
    const staff = await createStaffMember({ passwordHash: null });
    const emails = [known.email, inactive.email, staff.email, "stranger@example.com"];
    const denying = await createTestClient({ denied: emails });
    const allowing = await createTestClient({ allowed: ["alice@example.com"] });
    for (const client of [denying, allowing]) {
      const answers = await Promise.all(emails.map((email) => ask(client, email)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
    }
  });

  it("make no person of somebody who is refused", async () => {
    const client = await createTestClient({ denied: ["unborn@example.com"] });
    await ask(client, "unborn@example.com");
    expect(await test.database.person.count({ where: { email: "unborn@example.com" } })).toBe(0);
  });

  it.each([
    ["capital letters", "Mallory@Example.COM"],
    ["capital letters in the name only", "MALLORY@example.com"],
  ])("know a person in %s", async (_title, scope) => {
    const client = await createTestClient({ denied: ["mallory@example.com"] });
    expect(await ask(client, scope)).toMatchObject(refusal(DENIED));
  });

  it.each([
    ["a tag behind a plus sign", "mallory+calendar@example.com"],
    ["a sub-domain", "mallory@mail.example.com"],
    ["another name", "mallor@example.com"],
    ["a name that ends alike", "x.mallory@example.com"],
    ["a per cent sign, which is no pattern", "%@example.com"],
    ["an underscore, which is no pattern", "_allory@example.com"],
  ])("take %s for another person, on the deny list and on the allow list", async (_title, scope) => {
    const denying = await createTestClient({ denied: ["mallory@example.com"] });
    const allowing = await createTestClient({ allowed: ["mallory@example.com"] });
    expect((await ask(denying, scope)).status).toBe(200);
    expect(await ask(allowing, scope)).toMatchObject(refusal(NOT_LISTED));
  });

  it.each([
    ["a letter that only looks alike", "mаllory@example.com"],
    ["full-width letters", "ｍallory@example.com"],
    ["a dot at the end", "mallory@example.com."],
    ["a quoted name", '"mallory"@example.com'],
    ["a percent-encoded at sign", "mallory%40example.com"],
  ])("cannot be passed by with %s: that is no address", async (_title, scope) => {
    const client = await createTestClient({ denied: ["mallory@example.com"] });
    const people = await test.database.person.count();
    expect(await ask(client, scope)).toMatchObject({ status: 400, json: { error: "invalid_scope" } });
    expect(await test.database.person.count()).toBe(people);
  });

  it("hold for a signed delegation as well, as a fault of the grant", async () => {
    const client = await createSigningClient({ denied: ["alice@example.com"], allowed: ["carol@example.com"] });
    const askSigned = async (sub: string) => {
      const assertion = await signDelegation(client, { sub });
      const body = new URLSearchParams({ grant_type: JWT_BEARER_GRANT, assertion });
      const headers = { Authorization: `Basic ${btoa(`${client.clientId}:${client.secret}`)}` };
      const request = new Request("http://localhost:3000/api/oauth/token", { method: "POST", headers, body });
      return send((sent) => m2mApi().tokenEndpoint(sent), request);
    };
    expect(await askSigned("alice@example.com")).toMatchObject(refusal(DENIED, "invalid_grant"));
    expect(await askSigned("bob@example.com")).toMatchObject(refusal(NOT_LISTED, "invalid_grant"));
    expect((await askSigned("carol@example.com")).status).toBe(200);
  });
});

describe("a member of staff", () => {
  it("cannot be acted for, and can once an administrator allows it", async () => {
    const { id, email } = await createStaffMember({ passwordHash: null });
    const client = await createTestClient();
    expect(await ask(client, email)).toMatchObject(refusal(CANNOT));
    await test.database.staffMember.update({ where: { id }, data: { isImpersonationAllowed: true } });
    expect((await ask(client, email)).status).toBe(200);
  });

  it("is not let in by an allow list", async () => {
    const { email } = await createStaffMember({ passwordHash: null });
    expect(await ask(await createTestClient({ allowed: [email] }), email)).toMatchObject(refusal(CANNOT));
  });
});

describe("a live token, with the next call on every instance", () => {
  /** The statuses of a call of two instances. */
  async function list(token: string): Promise<number[]> {
    const another = createM2mApi(testConfig());
    const there = createExternalRoute(() => another)({ scope: "rooms:list", run: async () => ({}) });
    const answers = [await callExternal(here, { token }), await callExternal(there, { token })];
    return answers.map(({ status }) => status);
  }

  const changes: Record<string, (ids: { clientId: string; personId: string; email: string }) => Promise<unknown>> = {
    person_denied: ({ clientId: applicationId, email }) =>
      test.database.applicationPersonRule.create({ data: { applicationId, email, effect: "deny" } }),
    person_not_listed: ({ clientId: applicationId }) =>
      test.database.applicationPersonRule.create({
        data: { applicationId, email: "somebody-else@example.com", effect: "allow" },
      }),
    domain_not_allowed: ({ clientId: applicationId }) =>
      test.database.applicationDomain.create({ data: { applicationId, domain: "example.org" } }),
    person_is_staff: ({ email }) => createStaffMember({ passwordHash: null, email }),
    person_inactive: ({ personId: id }) => test.database.person.update({ where: { id }, data: { isActive: false } }),
    person_opted_out: ({ personId: id }) =>
      test.database.person.update({ where: { id }, data: { isDelegationAllowed: false } }),
    person_tokens_revoked: ({ personId: id }) =>
      test.database.person.update({ where: { id }, data: { tokensRevokedAt: new Date(Date.now() + 1000) } }),
  };

  it.each(Object.entries(changes))("stops with %s when that changes", async (reason, change) => {
    const client = await createTestClient();
    const { id, email } = await createTestPerson();
    const token = await obtainToken(m2mApi(), client, { fields: { scope: email } });
    expect(await list(token)).toEqual([200, 200]);
    await change({ clientId: client.id, personId: id, email });
    expect(await reasonLogged(async () => expect(await list(token)).toEqual([401, 401]))).toBe(reason);
  });

  it("goes on when the change is about somebody else", async () => {
    const client = await createTestClient();
    const { email } = await createTestPerson();
    const token = await obtainToken(m2mApi(), client, { fields: { scope: email } });
    await test.database.applicationPersonRule.createMany({
      data: [
        { applicationId: client.id, email: "other@example.com", effect: "deny" },
        { applicationId: client.id, email, effect: "allow" },
      ],
    });
    expect(await list(token)).toEqual([200, 200]);
  });

  it("is dead for good when its person's tokens were ended, even if somebody writes an earlier moment", async () => {
    const client = await createTestClient();
    const { id, email } = await createTestPerson();
    const token = await obtainToken(m2mApi(), client, { fields: { scope: email } });
    await test.database.person.update({ where: { id }, data: { tokensRevokedAt: new Date(Date.now() + 1000) } });
    for (const tokensRevokedAt of [null, new Date(0)]) {
      await test.database.person.update({ where: { id }, data: { tokensRevokedAt } });
      expect(await list(token)).toEqual([401, 401]);
    }
  });
});

describe("20 requests at once while a person is put on the deny list", () => {
  it("leave no token that works afterwards", async () => {
    const client = await createTestClient();
    const { email } = await createTestPerson();
    const asking = Array.from({ length: 20 }, () => ask(client, email));
    const denying = test.database.applicationPersonRule.create({
      data: { applicationId: client.id, email, effect: "deny" },
    });
    const [answers] = await Promise.all([Promise.all(asking), denying]);
    for (const { status, json } of answers) {
      if (status !== 200) expect(json).toMatchObject({ error_description: DENIED });
      else {
        const { access_token: token } = json as { access_token: string };
        expect((await callExternal(here, { token })).status).toBe(401);
      }
    }
    expect(await ask(client, email)).toMatchObject(refusal(DENIED));
  });
});
