// Runs on both databases: what one statement reads for many, in the driver's own types.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDatabaseClient, database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { readAuthorities } from "@/lib/machine/authority/read-authorities";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { hashCheaply } from "@/lib/testing/database/cheap-hash";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { watchQueries } from "@/lib/testing/database/watch-queries";
import { addTestSecret, createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { askWithAssertion, createSigningClient, signClientAssertion } from "@/lib/testing/machine/machine-assertions";
import { askForToken, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { findClientRecord, readClientRecords } from "./client-record";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const CAROL = { fields: { scope: "carol@example.com" } };
const soon = new Date(NOW.getTime() + 1);

let opened: Awaited<ReturnType<typeof createTestDatabase>>;
let watched: ReturnType<typeof watchQueries>;
let machine: M2mApi;
/** The time of the machine, which stands still while reads are counted: what was read long ago is read once more. */
let moment: Date;

beforeAll(async () => {
  opened = await createTestDatabase();
  watched = watchQueries(opened.connection);
  setDatabase(createDatabaseClient(watched, { hash: hashCheaply }));
  setConfig(testConfig());
});

beforeEach(() => {
  moment = new Date();
  machine = createM2mApi(testConfig(), { now: () => moment });
});

afterAll(async () => {
  await database().$disconnect();
  setDatabase(undefined);
  await opened.close();
});

function claimsOf(token: string): { client_id: string; sub: string } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** The statements of `work` that read clients, what tokens lean on, or people by themselves. */
async function readsOf(work: () => Promise<unknown>): Promise<string[]> {
  const first = watched.queries.length;
  moment = new Date();
  await work();
  const asked = watched.queries.slice(first).filter((sql) => /FROM unnest|FROM \(SELECT .* asked/.test(sql));
  return asked.filter((sql) => !sql.includes("INSERT"));
}

describe("the read of many clients", () => {
  it("answers each question by itself: every field, in its own type", async () => {
    const client = await createTestClient({
      domains: ["b.example", "a.example"],
      scopes: ["rooms:list"],
      tokenTtlSeconds: 120,
      allowed: ["alice@example.com"],
      denied: ["mallory@example.com"],
    });
    const bare = await createTestClient({ scopes: [], isActive: false });
    await database().applicationSecret.update({
      where: { id: bare.secretId },
      data: { expiresAt: soon, revokedAt: soon, lastUsedAt: NOW },
    });
    const alice = await database().person.create({ data: { email: "alice@example.com", isDelegationAllowed: false } });
    await database().staffMember.create({ data: { email: "staff@example.com", name: "Staff" } });
    const answers = await readClientRecords(
      [
        { clientId: client.clientId, subject: "alice@example.com" },
        { clientId: "nobody", subject: "alice@example.com" },
        { clientId: bare.clientId, subject: "alice@example.com" },
        { clientId: client.clientId, subject: "mallory@example.com" },
        { clientId: client.clientId, subject: "staff@example.com" },
        { clientId: bare.clientId, subject: null },
      ],
      NOW,
    );
    const secretOf = (id: string) => ({
      id,
      hash: expect.stringMatching(/^\$argon2id\$/),
      hint: expect.stringMatching(/^\w{4}$/),
    });
    const person = { id: alice.id, isActive: true, isDelegationAllowed: false };
    const read = (address: string, facts: object) => ({ address, facts, readAt: NOW });
    const full = {
      applicationId: client.id,
      isActive: true,
      credentialVersion: 0,
      grantTypes: ["client_credentials"],
      methods: ["client_secret_basic", "client_secret_post"],
      scopes: ["rooms:list"],
      domains: expect.arrayContaining(["a.example", "b.example"]),
      tokenTtlSeconds: 120,
      secrets: [{ ...secretOf(client.secretId), lastUsedAt: null, revokedAt: null, expiresAt: null }],
      readAt: NOW,
    };
    const empty = {
      ...full,
      applicationId: bare.id,
      isActive: false,
      scopes: [],
      domains: "any",
      tokenTtlSeconds: null,
      secrets: [{ ...secretOf(bare.secretId), lastUsedAt: NOW, revokedAt: soon, expiresAt: soon }],
    };
    const nobody = { listing: null, hasAllowList: true, staff: null, person: null };
    expect(answers).toEqual([
      { ...full, subject: read("alice@example.com", { ...nobody, listing: "allow", person }) },
      null,
      { ...empty, subject: read("alice@example.com", { ...nobody, hasAllowList: false, person }) },
      { ...full, subject: read("mallory@example.com", { ...nobody, listing: "deny" }) },
      { ...full, subject: read("staff@example.com", { ...nobody, staff: { isImpersonationAllowed: false } }) },
      { ...empty, subject: null },
    ]);
  });

  it("holds the live secrets alone, the newest first", async () => {
    const client = await createTestClient();
    const ends = [
      { revokedAt: NOW },
      { expiresAt: NOW },
      { revokedAt: soon, compromisedAt: soon },
      { revokedAt: soon, expiresAt: soon },
    ];
    const ids: string[] = [];
    for (const [index, data] of ends.entries()) {
      const { secretId } = await addTestSecret(client);
      const createdAt = new Date(Date.now() + (index + 1) * 1000);
      await database().applicationSecret.update({ where: { id: secretId }, data: { ...data, createdAt } });
      ids.push(secretId);
    }
    const [found] = await readClientRecords([{ clientId: client.clientId, subject: null }], NOW);
    expect(found?.secrets.map(({ id }) => id)).toEqual([ids[3], client.secretId]);
  });

  it("holds no secret of a client that has none, and nothing of a client that was deleted", async () => {
    const client = await createTestClient();
    await database().applicationSecret.update({ where: { id: client.secretId }, data: { revokedAt: NOW } });
    expect((await findClientRecord(client.clientId, NOW))?.secrets).toEqual([]);
    await database().application.update({ where: { id: client.id }, data: { deletedAt: NOW, isActive: false } });
    expect(await findClientRecord(client.clientId, NOW)).toBeNull();
  });
});

const TURNS = 1_000;

/** A read that lasts for many turns of the event loop: whatever is under way in this process has come by then. */
function lasting<Args extends unknown[], Result>(read: (...args: Args) => Promise<Result>) {
  return async (...args: Args): Promise<Result> => {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return read(...args);
  };
}

describe("a hundred requests at once", () => {
  beforeEach(() => {
    const reads = { readClients: lasting(readClientRecords), readAuthorities: lasting(readAuthorities) };
    machine = createM2mApi(testConfig(), { now: () => moment, ...reads });
  });

  it("for known people take 20 statements to read at most, and each gets its own person", async () => {
    const clients = await Promise.all(Array.from({ length: 10 }, () => createTestClient()));
    const people = await Promise.all(Array.from({ length: 25 }, () => createTestPerson()));
    // Secrets that were verified just now: the first use of each is another matter.
    for (const client of clients) await obtainToken(machine, client, CAROL);
    const pairs = Array.from({ length: 100 }, (_, index) => ({
      client: clients[index % clients.length] ?? expect.fail(),
      person: people[Math.floor(index / 4)] ?? expect.fail(),
    }));
    let tokens: string[] = [];
    const reads = await readsOf(async () => {
      tokens = await Promise.all(
        pairs.map(({ client, person }) => obtainToken(machine, client, { fields: { scope: person.email } })),
      );
    });
    // Two of 64 and 36 when all arrive in one turn. On a slow machine a few more begin, because the first one lasts for
    // longer than others wait for it: many more would mean that somebody read alone.
    expect(reads.length).toBeLessThanOrEqual(20);
    expect(tokens.map(claimsOf)).toEqual(
      pairs.map(({ client, person }) => expect.objectContaining({ client_id: client.clientId, sub: person.id })),
    );
  });

  it("about tokens take 20 statements at most, and each is told of its own", async () => {
    const client = await createTestClient();
    const people = await Promise.all(Array.from({ length: 20 }, () => createTestPerson()));
    const tokens = await Promise.all(
      people.map(({ email }) => obtainToken(machine, client, { fields: { scope: email } })),
    );
    await database().person.update({ where: { id: people[0]?.id ?? "" }, data: { isActive: false } });
    let answers: unknown[] = [];
    const reads = await readsOf(async () => {
      const asked = Array.from({ length: 100 }, (_, index) => tokens[index % tokens.length] ?? expect.fail());
      answers = await Promise.all(
        asked.map(async (token) => (await presentToken(machine.introspectionEndpoint, client, token)).json),
      );
    });
    // The client, and then the token: the groups of the second are those of the first, or parts of them.
    expect(reads.length).toBeLessThanOrEqual(20);
    answers.forEach((answer, index) => {
      const person = people[index % people.length];
      const expected = person === people[0] ? { active: false } : { active: true, sub: person?.id };
      expect(answer).toMatchObject(expected);
    });
  });
});

describe("one request", () => {
  it("reads once, with a secret that was verified before", async () => {
    const client = await createTestClient();
    const { email } = await createTestPerson();
    const ask = () => obtainToken(machine, client, { fields: { scope: email } });
    await ask();
    expect(await readsOf(ask)).toHaveLength(1);
  });

  it("reads of the person once more after Argon2, and after an assertion", async () => {
    const client = await createSigningClient();
    const { email } = await createTestPerson();
    expect(await readsOf(() => obtainToken(machine, client, { fields: { scope: email } }))).toHaveLength(2);
    const assertion = await signClientAssertion(client);
    const reads = await readsOf(() => askWithAssertion(machine, assertion, { fields: { scope: email } }));
    expect(reads.map((sql) => sql.includes(email))).toEqual([false, true]);
  });

  it.each([
    ["no e-mail address", "rooms:list"],
    ["two", "alice@example.com bob@example.com"],
    ["something like one", "alice@@example.com"],
  ])("that names %s reads the client alone, and is told so once it has proved who it is", async (_title, scope) => {
    const client = await createTestClient();
    await obtainToken(machine, client, CAROL);
    const reads = await readsOf(async () => {
      const answer = await askForToken(machine, client, { fields: { scope } });
      expect(answer).toMatchObject({ status: 400, json: { error: "invalid_scope" } });
    });
    expect(reads).toHaveLength(1);
    expect(reads[0]).not.toContain("@example");
  });
});
