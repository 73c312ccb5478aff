import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDatabaseClient, setDatabase } from "@/lib/db/client";
import type { RowReader } from "@/lib/db/connection";
import type { Statement } from "@/lib/db/statement";
import { readAuthorities } from "@/lib/machine/authority/read-authorities";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { readClientRecords } from "./client-record";

const ROWS = 100_000;
const NOW = new Date("2026-11-23T12:00:00.000Z");

let opened: Awaited<ReturnType<typeof createTestDatabase>>;

const uuid = (kind: number, n: string | number) =>
  typeof n === "number"
    ? `00000000-0000-0000-${String(kind).padStart(4, "0")}-${String(n).padStart(12, "0")}`
    : `('00000000-0000-0000-${String(kind).padStart(4, "0")}-' || lpad((${n})::text, 12, '0'))::uuid`;

const series = (count: number) => `FROM generate_series(1, ${count}) n`;

const FILL = [
  // They are for searching, and most of what a row costs.
  "DROP INDEX applications_search_idx, application_domains_search_idx, people_search_idx",
  `INSERT INTO applications (id, name, client_id, updated_at)
   SELECT ${uuid(1, "n")}, 'A', 'client-' || n, now() ${series(ROWS)}`,
  `INSERT INTO application_secrets (id, application_id, hash, hint)
   SELECT ${uuid(2, "n")}, ${uuid(1, "n")}, '$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$aGFzaA', 'abcd' ${series(ROWS)}`,
  `INSERT INTO application_domains (id, application_id, domain)
   SELECT gen_random_uuid(), ${uuid(1, "n")}, 'example.com' ${series(ROWS)}`,
  // Few applications have lists, and then long ones.
  `INSERT INTO application_person_rules (id, application_id, email, effect)
   SELECT gen_random_uuid(), ${uuid(1, "n % 1000 + 1")}, 'p-' || n || '@example.com',
     (CASE n % 2 WHEN 0 THEN 'allow' ELSE 'deny' END)::person_rule_effect ${series(ROWS)}`,
  `INSERT INTO people (id, email, updated_at) SELECT ${uuid(3, "n")}, 'p-' || n || '@example.com', now() ${series(ROWS)}`,
  `INSERT INTO staff_members (id, email, name, updated_at)
   SELECT gen_random_uuid(), 's-' || n || '@example.com', 'S', now() ${series(10_000)}`,
  `INSERT INTO application_keys (id, application_id, kid, public_jwk, thumbprint)
   SELECT gen_random_uuid(), ${uuid(1, "n")}, 'k', '{"kty":"EC"}', md5(n::text) ${series(ROWS)}`,
  `INSERT INTO revoked_tokens (jti, application_id, expires_at)
   SELECT md5(n::text), ${uuid(1, "n")}, now() + interval '1 hour' ${series(ROWS)}`,
  "VACUUM ANALYZE",
];

beforeAll(async () => {
  if (!hasSeveralConnections) return;
  opened = await createTestDatabase();
  await opened.connection.withSession(async (run) => {
    for (const sql of FILL) await run(sql);
  });
});

afterAll(async () => {
  setDatabase(undefined);
  await opened?.close();
});

/** What a read asks the database for, without asking. */
async function statementOf(
  read: () => Promise<unknown>,
): Promise<{ statement: Statement; values: readonly unknown[] }> {
  const asked: { statement: Statement; values: readonly unknown[] }[] = [];
  setDatabase(
    createDatabaseClient({
      ...opened.connection,
      async runStatement(statement, values) {
        asked.push({ statement, values });
        return [];
      },
    }),
  );
  await read();
  const [only, ...others] = asked;
  if (only === undefined || others.length > 0) throw new Error("One statement was expected.");
  return only;
}

function toLiteral(value: unknown): string {
  if (value instanceof Date) return `'${value.toISOString()}'`;
  return `'{${(value as (string | null)[]).map((member) => member ?? "NULL").join(",")}}'`;
}

/** The plans of `read` as PostgreSQL makes them for its values, and as it keeps them for any values. */
async function plansOf(read: () => Promise<unknown>): Promise<string[]> {
  const { statement, values } = await statementOf(read);
  return opened.connection.withSession(async (run) => {
    await run(`PREPARE asked AS ${statement.text}`);
    const plans: string[] = [];
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await run(`SET plan_cache_mode = ${mode}`);
      plans.push(textOf(await run(`EXPLAIN EXECUTE asked (${values.map(toLiteral).join(", ")})`)));
    }
    return plans;
  });
}

function textOf(lines: Awaited<ReturnType<RowReader>>): string {
  return lines.map((line) => Object.values(line)[0]).join("\n");
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const askClients = (count: number) => () =>
  readClientRecords(
    numbers(count).map((n) => ({ clientId: `client-${n}`, subject: `p-${n}@example.com` })),
    NOW,
  );
const askAuthorities = (count: number) => () =>
  readAuthorities(
    numbers(count).map((n) => ({
      clientId: `client-${n}`,
      credentialId: uuid(2, n),
      subjectId: uuid(3, n),
      tokenId: `token-${n}`,
    })),
  );

const CLIENT_INDEXES = [
  /applications_client_id_key/,
  /application_secrets_application_id_idx/,
  /application_domains_application_id_domain_key/,
  /people_email_key/,
  /staff_members_email_key/,
  /application_person_rules_application_id_email_key/,
];
const AUTHORITY_INDEXES = [
  /applications_client_id_key/,
  // An application has few secrets and keys: either way to the one is short.
  /application_secrets_(?:pkey|application_id_idx)/,
  /application_keys_(?:pkey|application_id_idx)/,
  /application_domains_application_id_domain_key/,
  /people_pkey/,
  /staff_members_email_key/,
  /application_person_rules_application_id_email_key/,
  /revoked_tokens_pkey/,
];

describe.skipIf(!hasSeveralConnections)("among a hundred thousand applications, on a server", () => {
  it.each([
    ["one client", askClients(1), CLIENT_INDEXES],
    ["16 clients", askClients(16), CLIENT_INDEXES],
    ["64 clients", askClients(64), CLIENT_INDEXES],
    ["one token", askAuthorities(1), AUTHORITY_INDEXES],
    ["16 tokens", askAuthorities(16), AUTHORITY_INDEXES],
    ["64 tokens", askAuthorities(64), AUTHORITY_INDEXES],
  ])(
    "the read of %s looks each thing up in an index, with a plan for these and with one for any",
    async (_title, read, indexes) => {
      const plans = await plansOf(read);
      expect(plans).toHaveLength(2);
      for (const plan of plans) {
        for (const index of indexes) expect(plan).toMatch(index);
        // One row has no index that would be worth a look.
        expect(plan.replace("Seq Scan on token_cutoff", "")).not.toMatch(/Seq Scan|Hash|Merge/);
      }
    },
  );

  it.each([
    ["clients", askClients(1)],
    ["tokens", askAuthorities(1)],
  ])("the plan for %s is kept after five runs, even of a single question each", async (_title, read) => {
    const { statement, values } = await statementOf(read);
    const counted = await opened.connection.withSession(async (run) => {
      await run(`PREPARE asked AS ${statement.text}`);
      for (let count = 0; count < 10; count += 1) await run(`EXECUTE asked (${values.map(toLiteral).join(", ")})`);
      return run("SELECT generic_plans::int, custom_plans::int FROM pg_prepared_statements WHERE name = 'asked'");
    });
    expect(counted).toEqual([{ generic_plans: 5, custom_plans: 5 }]);
  });
});
