// Runs on both databases: the constraints themselves.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";

const HASH = `$argon2id$v=19$m=19456,t=2,p=1$${"a".repeat(22)}$${"b".repeat(43)}`;
const OTHER_HASH = HASH.replace("bbb", "ccc");

const test = useTestDatabase();

/** Plain SQL on purpose: these guarantees hold for whatever writes, not only for our client. */
const sql = (text: string) => test.database.$executeRawUnsafe(text);
const rows = (text: string) => test.database.$queryRawUnsafe<Record<string, unknown>[]>(text);

async function insertApplication(columns: { scopes?: string; ttl?: number } = {}): Promise<string> {
  const id = randomUUID();
  await sql(
    `INSERT INTO applications (id, name, client_id, scopes, token_ttl_seconds, updated_at)
     VALUES ('${id}', 'Calendar', '${id}', '${columns.scopes ?? "{}"}', ${columns.ttl ?? "NULL"}, now())`,
  );
  return id;
}

async function insertSecret(hash = HASH): Promise<string> {
  const id = randomUUID();
  const applicationId = await insertApplication();
  await sql(
    `INSERT INTO application_secrets (id, application_id, hash, hint) VALUES ('${id}', '${applicationId}', '${hash}', 'abcd')`,
  );
  return id;
}

describe("credentials in the database", () => {
  it("refuses a new client id for an existing application", async () => {
    const id = await insertApplication();
    await expect(sql(`UPDATE applications SET client_id = 'another' WHERE id = '${id}'`)).rejects.toThrow(/immutable/);
  });

  it("lets the rest of an application change", async () => {
    const id = await insertApplication();
    await sql(`UPDATE applications SET name = 'Diary', client_id = client_id WHERE id = '${id}'`);
    expect(await rows(`SELECT name FROM applications WHERE id = '${id}'`)).toEqual([{ name: "Diary" }]);
  });

  it.each([
    ["another hash", `hash = '${OTHER_HASH}'`],
    ["another hint", "hint = 'zzzz'"],
    ["another id", `id = '${randomUUID()}'`],
  ])("refuses %s for an existing secret", async (_what, change) => {
    const id = await insertSecret();
    await expect(sql(`UPDATE application_secrets SET ${change} WHERE id = '${id}'`)).rejects.toThrow(/immutable/);
  });

  it("refuses to move a secret to another application", async () => {
    const id = await insertSecret();
    const target = await insertApplication();
    await expect(sql(`UPDATE application_secrets SET application_id = '${target}' WHERE id = '${id}'`)).rejects.toThrow(
      /immutable/,
    );
  });

  it("lets a secret end and records its use", async () => {
    const id = await insertSecret();
    expect(
      await sql(`UPDATE application_secrets SET revoked_at = now(), last_used_at = now() WHERE id = '${id}'`),
    ).toBe(1);
  });

  it.each(["plain-secret", "$2b$12$abcdefghijklmnopqrstuv", "$argon2i$v=19$m=19456,t=2,p=1$a$b", ""])(
    "refuses to store %j as the hash of a secret",
    async (value) => {
      await expect(insertSecret(value)).rejects.toThrow(/hash_argon2id/);
    },
  );

  it("refuses a plain password", async () => {
    await expect(
      sql(
        `INSERT INTO staff_members (id, email, name, password_hash, updated_at)
         VALUES ('${randomUUID()}', 'a@example.com', 'A', 'correct horse', now())`,
      ),
    ).rejects.toThrow(/password_hash_argon2id/);
  });
});

describe("applications in the database", () => {
  it.each(["{rooms:fly}", "{rooms:create,ROOMS:LIST}", '{""}'])("refuses the scopes %s", async (scopes) => {
    await expect(insertApplication({ scopes })).rejects.toThrow(/scopes_known/);
  });

  it.each([0, 59, 3601])("refuses a token life of %i seconds", async (ttl) => {
    await expect(insertApplication({ ttl })).rejects.toThrow(/token_ttl_range/);
  });

  it.each(["Example.com", " example.com", ""])("refuses the domain %j", async (domain) => {
    const id = await insertApplication();
    await expect(
      sql(
        `INSERT INTO application_domains (id, application_id, domain) VALUES ('${randomUUID()}', '${id}', '${domain}')`,
      ),
    ).rejects.toThrow(/lower_case/);
  });
});

describe("client authentication in the database", () => {
  it.each([
    ["an unknown grant", "grant_types = '{password}'", /grant_types_known/],
    ["no grant", "grant_types = '{}'", /grant_types_known/],
    ["a grant that is null", "grant_types = NULL", /grant_types_known/],
    ["an unknown method", "token_endpoint_auth_methods = '{none}'", /auth_methods_known/],
    ["no method", "token_endpoint_auth_methods = '{}'", /auth_methods_known/],
    ["keys published without TLS", "jwks_uri = 'http://app.example/jwks'", /jwks_uri_https/],
  ])("refuses %s", async (_what, change, constraint) => {
    const id = await insertApplication();
    await expect(sql(`UPDATE applications SET ${change} WHERE id = '${id}'`)).rejects.toThrow(constraint);
  });

  it("gives a new application secrets and client credentials, and no more", async () => {
    const id = await insertApplication();
    expect(
      await rows(`SELECT grant_types, token_endpoint_auth_methods, jwks_uri FROM applications WHERE id = '${id}'`),
    ).toEqual([
      {
        grant_types: ["client_credentials"],
        token_endpoint_auth_methods: ["client_secret_basic", "client_secret_post"],
        jwks_uri: null,
      },
    ]);
  });
});

describe("keys in the database", () => {
  async function insertKey(applicationId: string, { kid = "one", jwk = '{"kty":"EC"}', ended = "NULL" } = {}) {
    const id = randomUUID();
    await sql(
      `INSERT INTO application_keys (id, application_id, kid, public_jwk, thumbprint, revoked_at)
       VALUES ('${id}', '${applicationId}', '${kid}', '${jwk}', 'thumbprint', ${ended})`,
    );
    return id;
  }

  it.each(["d", "p", "q", "dp", "dq", "qi", "oth", "k"])("refuses a JWK with the private member %s", async (member) => {
    const id = await insertApplication();
    await expect(insertKey(id, { jwk: `{"kty":"EC","${member}":"x"}` })).rejects.toThrow(/public_only/);
  });

  it("refuses a second live key of the same name, and lets it follow one that has ended", async () => {
    const id = await insertApplication();
    await insertKey(id, { ended: "now()" });
    await insertKey(id);
    await expect(insertKey(id)).rejects.toThrow(/live_kid_key/);
    await insertKey(await insertApplication());
  });

  it.each([
    ["another key", `public_jwk = '{"kty":"RSA"}'`],
    ["another kid", "kid = 'two'"],
    ["another thumbprint", "thumbprint = 'x'"],
    ["another source", "source = 'published'"],
    ["life after its end", "revoked_at = NULL"],
  ])("refuses %s for an existing key", async (_what, change) => {
    const id = await insertKey(await insertApplication(), { ended: "now()" });
    await expect(sql(`UPDATE application_keys SET ${change} WHERE id = '${id}'`)).rejects.toThrow(/immutable/);
  });

  it("lets a key end and records its use", async () => {
    const id = await insertKey(await insertApplication());
    const change = "revoked_at = now(), last_used_at = now(), last_used_ip = '192.0.2.7'";
    expect(await sql(`UPDATE application_keys SET ${change} WHERE id = '${id}'`)).toBe(1);
  });
});

describe("people in the database", () => {
  const insert = (email: string) =>
    sql(`INSERT INTO people (id, email, updated_at) VALUES ('${randomUUID()}', '${email}', now())`);

  it("keeps one row per address, whatever its case", async () => {
    await insert("ana@example.com");
    await expect(insert("ana@example.com")).rejects.toThrow(/people_email_key/);
    await expect(insert("Ana@example.com")).rejects.toThrow(/lower_case/);
  });
});

describe("rooms in the database", () => {
  type Room = { application: string; owner: string; externalId?: string; deleted?: string };
  async function insertPerson(): Promise<string> {
    const id = randomUUID();
    await sql(`INSERT INTO people (id, email, updated_at) VALUES ('${id}', '${id}@example.com', now())`);
    return id;
  }
  async function insertRoom({ application, owner, externalId = "event-1", deleted = "NULL" }: Room): Promise<string> {
    const id = randomUUID();
    await sql(
      `INSERT INTO rooms (id, slug, name, access_level, created_by_application_id, external_owner_id, external_id, deleted_at, updated_at)
       VALUES ('${id}', '${id}', 'Room', 'trusted', '${application}', '${owner}', '${externalId}', ${deleted}, now())`,
    );
    await sql(
      `INSERT INTO room_accesses (id, room_id, person_id, role) VALUES ('${randomUUID()}', '${id}', '${owner}', 'owner')`,
    );
    return id;
  }

  it("have an external id once for an application and a person, until they are deleted", async () => {
    const [application, owner] = [await insertApplication(), await insertPerson()];
    await insertRoom({ application, owner, deleted: "now()" });
    const id = await insertRoom({ application, owner });
    await expect(insertRoom({ application, owner })).rejects.toThrow(/rooms_external_id_key/);
    await insertRoom({ application, owner, externalId: "event-2" });
    await insertRoom({ application, owner: await insertPerson() });
    await insertRoom({ application: await insertApplication(), owner });
    await sql(`UPDATE rooms SET deleted_at = now() WHERE id = '${id}'`);
    await insertRoom({ application, owner });
  });

  it("lose the owner of their external id with that person's role, and with nobody else's", async () => {
    const [owner, other] = [await insertPerson(), await insertPerson()];
    const id = await insertRoom({ application: await insertApplication(), owner });
    await sql(
      `INSERT INTO room_accesses (id, room_id, person_id, role) VALUES ('${randomUUID()}', '${id}', '${other}', 'member')`,
    );
    await sql(`DELETE FROM room_accesses WHERE room_id = '${id}' AND person_id = '${other}'`);
    expect(await rows(`SELECT external_owner_id FROM rooms WHERE id = '${id}'`)).toEqual([
      { external_owner_id: owner },
    ]);
    await sql(`DELETE FROM room_accesses WHERE room_id = '${id}' AND person_id = '${owner}'`);
    expect(await rows(`SELECT external_owner_id FROM rooms WHERE id = '${id}'`)).toEqual([{ external_owner_id: null }]);
  });

  it("can be removed for good with all that hangs on them", async () => {
    const id = await insertRoom({ application: await insertApplication(), owner: await insertPerson() });
    await sql(`INSERT INTO room_attendees (room_id, email) VALUES ('${id}', 'guest@example.com')`);
    expect(await sql(`DELETE FROM rooms WHERE id = '${id}'`)).toBe(1);
    expect(await rows(`SELECT email FROM room_attendees WHERE room_id = '${id}'`)).toEqual([]);
  });

  it.each(["Guest@example.com", " guest@example.com"])("refuse the guest %j", async (email) => {
    const id = await insertRoom({ application: await insertApplication(), owner: await insertPerson() });
    await expect(sql(`INSERT INTO room_attendees (room_id, email) VALUES ('${id}', '${email}')`)).rejects.toThrow(
      /lower_case/,
    );
  });
});

describe("the audit log in the database", () => {
  const insert = (id: string) =>
    sql(
      `INSERT INTO audit_events (id, actor_kind, action, target_kind) VALUES ('${id}', 'system', 'staff.created', 'staff')`,
    );

  it.each([
    ["UPDATE", (id: string) => `UPDATE audit_events SET action = 'nothing' WHERE id = '${id}'`],
    ["DELETE", (id: string) => `DELETE FROM audit_events WHERE id = '${id}'`],
    ["TRUNCATE", () => "TRUNCATE audit_events"],
  ])("refuses %s and keeps the row", async (_verb, statement) => {
    const id = randomUUID();
    await insert(id);
    await expect(sql(statement(id))).rejects.toThrow(/append-only/);
    expect(await rows(`SELECT action FROM audit_events WHERE id = '${id}'`)).toEqual([{ action: "staff.created" }]);
  });
});
