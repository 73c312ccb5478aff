import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Config, setConfig } from "@/lib/env/config";
import { createM2mApi } from "@/lib/machine/m2m-api";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES, JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createSigningClient, signDelegation } from "@/lib/testing/machine/machine-assertions";
import { askForToken, memberOf } from "@/lib/testing/machine/machine-requests";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { checkAccess } from "./check-access";

const test = useTestDatabase();

const CONFIGURATIONS: Record<Config["userProvisioning"], Config> = {
  "just-in-time": testConfig(),
  "existing-only": testConfig({ userProvisioning: "existing-only" }),
};
const MACHINES = {
  "just-in-time": createM2mApi(CONFIGURATIONS["just-in-time"]),
  "existing-only": createM2mApi(CONFIGURATIONS["existing-only"]),
};
const NOW = () => new Date();

beforeAll(() => setConfig(testConfig()));

/** How many rows each table has, and when anything in it was last changed. */
async function tableState(): Promise<string> {
  const tables = await test.database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`;
  const states = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text)) AS digest FROM "${name}" t`,
  );
  return JSON.stringify(await test.database.$queryRawUnsafe(states.join(" UNION ALL ")));
}

const check = (
  applicationId: string,
  email: string,
  more: { scopes?: string[]; grantType?: (typeof GRANT_TYPES)[number] } = {},
  provisioning: Config["userProvisioning"] = "just-in-time",
) =>
  checkAccess(
    { applicationId, email, scopes: [], grantType: "client_credentials", ...more },
    { configuration: CONFIGURATIONS[provisioning], now: NOW },
  );

function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

const failedRules = (answer: Awaited<ReturnType<typeof check>>) =>
  answer.rules.filter(({ state }) => state === "failed").map(({ name, reason }) => [name, reason]);

describe("checking access", () => {
  it("lists every rule in the order in which it is asked", async () => {
    const { id } = await createTestClient();
    const { rules, refusal } = await check(id, "alice@example.com");
    expect(rules).toEqual(
      [
        "application",
        "credential",
        "grant",
        "scope",
        "scopes",
        "domain",
        "deny_list",
        "allow_list",
        "staff",
        "known",
        "active",
        "opt_out",
      ].map((name) => ({ name, state: "passed", reason: null })),
    );
    expect(refusal).toBeNull();
  });

  it("goes on after a rule that fails, and answers with the first", async () => {
    const client = await createTestClient({ domains: ["example.org"], isActive: false, allowed: ["a@example.org"] });
    const person = await createTestPerson({ isActive: false, isDelegationAllowed: false });
    const answer = await check(client.id, person.email, { scopes: ["rooms:delete"] });
    expect(failedRules(answer)).toEqual([
      ["application", "inactive_client"],
      ["scopes", "scope_not_granted"],
      ["domain", "domain_not_allowed"],
      ["allow_list", "subject_not_listed"],
      ["active", "subject_inactive"],
      ["opt_out", "subject_opted_out"],
    ]);
    expect(answer.refusal).toEqual({ status: 401, error: "invalid_client", description: "Invalid credentials" });
    expect(answer.claims).toBeNull();
  });

  it("asks nothing about a person who cannot be read from the question", async () => {
    const { id } = await createTestClient();
    const { rules, refusal } = await check(id, "alice");
    expect(rules.filter(({ state }) => state === "not_asked")).toHaveLength(8);
    expect(refusal).toMatchObject({ status: 400, error: "invalid_scope" });
  });

  it("takes an empty question for a missing one, as the endpoint does", async () => {
    const client = await createTestClient();
    const { json } = await askForToken(MACHINES["just-in-time"], client, { fields: { scope: "" } });
    const { refusal } = await check(client.id, "");
    expect(refusal?.description).toBe(
      "The requested_subject parameter is required, or a scope that holds one e-mail address.",
    );
    expect(memberOf(json, "error_description")).toBe(refusal?.description);
  });

  it("says which claims a token would carry, and which values are examples", async () => {
    const client = await createTestClient({ scopes: ["rooms:list"], tokenTtlSeconds: 600 });
    const known = await createTestPerson();
    const about = await check(client.id, known.email);
    expect(about).toMatchObject({ createsPerson: false, examples: ["iat", "nbf", "exp", "jti", "credential_id"] });
    expect(about.claims).toMatchObject({ sub: known.id, client_id: client.clientId, scope: "rooms:list" });
    expect(await check(client.id, "new@example.com")).toMatchObject({
      createsPerson: true,
      examples: ["iat", "nbf", "exp", "jti", "credential_id", "sub", "user_id"],
    });
  });

  it("misses a secret that has ended, and a key where one must sign", async () => {
    const client = await createTestClient({ grantTypes: [...GRANT_TYPES] });
    expect(failedRules(await check(client.id, "a@example.com", { grantType: JWT_BEARER_GRANT }))).toEqual([
      ["signing_key", "unknown_key"],
    ]);
    await test.database.applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: new Date() } });
    expect(failedRules(await check(client.id, "a@example.com"))).toEqual([["credential", "secret_not_live"]]);
  });

  it("does not know an application that is not there", async () => {
    await expect(check("0190a5c0-0000-7000-8000-000000000000", "a@example.com")).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("issues nothing, makes nobody and writes nothing, whatever the answer", async () => {
    const client = await createTestClient({ domains: ["example.com"] });
    // What the tokens of other tests left to be stored and counted, one machine after the other: one counts at a time.
    for (const machine of Object.values(MACHINES)) await machine.settled();
    const before = await tableState();
    for (const email of ["fresh@example.com", "fresh@example.org", "nonsense", ""]) {
      for (const grantType of GRANT_TYPES) await check(client.id, email, { grantType });
    }
    expect(await tableState()).toBe(before);
  });
});

const PEOPLE = [
  "alice@example.com",
  "Bob@Example.com",
  "bob+x@example.com",
  "carol@sub.example.com",
  "dora@other.example",
];
const address = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...PEOPLE, "staff@example.com", "exposed@example.com") },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "alice", "alice@example.com.", "аlice@example.com", "a@b.example c@d.example"),
  },
);
const listed = fc.uniqueArray(fc.constantFrom(...PEOPLE.map((email) => email.toLowerCase()), "staff@example.com"), {
  maxLength: 2,
});

const situation = fc.record({
  email: address,
  scopes: fc.subarray(["rooms:list", "rooms:create", "rooms:delete", "nonsense"]),
  granted: fc.subarray(["rooms:list", "rooms:create"] as const),
  domains: fc.subarray(["example.com", "other.example"]),
  allowed: listed,
  denied: listed,
  isActive: fc.boolean(),
  methods: fc.subarray([...CLIENT_AUTHENTICATION_METHODS], { minLength: 1 }),
  grantTypes: fc.subarray([...GRANT_TYPES], { minLength: 1 }),
  grantType: fc.constantFrom(...GRANT_TYPES),
  person: fc.option(fc.record({ isActive: fc.boolean(), isDelegationAllowed: fc.boolean() })),
  provisioning: fc.constantFrom("just-in-time" as const, "existing-only" as const),
});

type Situation = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

describe("what is said and what the token endpoint does", () => {
  it("are the same in whatever situation", async () => {
    await createStaffMember({ passwordHash: null, email: "staff@example.com" });
    await createStaffMember({ passwordHash: null, email: "exposed@example.com", isImpersonationAllowed: true });
    await fc.assert(fc.asyncProperty(situation, compare), { numRuns: 60 });
  });

  async function compare(drawn: Situation): Promise<void> {
    const { email, scopes, granted, grantType, provisioning, methods, person } = drawn;
    await test.database.person.deleteMany();
    if (person !== null && /^[^@ ]+@[a-z.]+[a-z]$/i.test(email) && /^[ -~]+$/.test(email)) {
      await createTestPerson({ email: email.toLowerCase(), ...person });
    }
    const client = await createSigningClient({
      scopes: [...granted],
      domains: drawn.domains,
      allowed: drawn.allowed.filter((entry) => !drawn.denied.includes(entry)),
      denied: drawn.denied,
      isActive: drawn.isActive,
      grantTypes: drawn.grantTypes,
      // The request below is made with a secret in the header.
      tokenEndpointAuthMethods: [...new Set([...methods, "client_secret_basic" as const])],
    });
    const before = await tableState();
    const said = await check(client.id, email, { scopes, grantType }, provisioning);
    expect(await tableState()).toBe(before);

    const fields: Record<string, string> =
      grantType === JWT_BEARER_GRANT
        ? { grant_type: grantType, assertion: await signDelegation(client, { sub: email }), scope: scopes.join(" ") }
        : { scope: [email, ...scopes].join(" ") };
    const done = await askForToken(MACHINES[provisioning], client, { fields });
    // What the endpoint writes afterwards belongs to this situation, not to the next one.
    await MACHINES[provisioning].settled();
    if (said.refusal !== null) {
      const { status, error, description } = said.refusal;
      expect({ status: done.status, json: done.json }).toEqual({
        status,
        json: {
          error,
          error_description: description,
          error_uri: `http://localhost:3000/developers/errors#${error}`,
          detail: description,
        },
      });
      return;
    }
    expect({ status: done.status, scope: memberOf(done.json, "scope") }).toEqual({
      status: 200,
      scope: said.claims?.scope,
    });
    const real = payloadOf(String(memberOf(done.json, "access_token")));
    expect(Object.keys(real).sort()).toEqual(Object.keys(said.claims ?? {}).sort());
    for (const [name, value] of Object.entries(said.claims ?? {})) {
      if (!said.examples.includes(name)) expect([name, real[name]]).toEqual([name, value]);
    }
    expect(Number(real.exp) - Number(real.iat)).toBe(Number(said.claims?.exp) - Number(said.claims?.iat));
  }
});
