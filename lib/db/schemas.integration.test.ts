// On a server only: where the tables are in a database that is shared with others.
import { resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { listMigrationNames } from "@/lib/db/migrations";
import { createOwnedDatabase, runOnServer, serverUrl } from "@/lib/testing/database/server-database";
import { database } from "./client";
import { DatabaseStartError, migrateDatabase, openDatabase } from "./open-database";

const MIGRATIONS = resolve("prisma/migrations");
const NAMES = await listMigrationNames(MIGRATIONS);

describe.runIf(inject("testDatabaseUrl") !== "")("a schema other than public", () => {
  let own: Awaited<ReturnType<typeof createOwnedDatabase>>;
  let opened: { close(): Promise<void> } | undefined;

  beforeAll(async () => {
    own = await createOwnedDatabase();
    // A neighbour that keeps its migrations as Prisma does, has a table of the same name, and has the extension.
    await runOnServer(
      [
        "CREATE EXTENSION pg_trgm",
        "CREATE TABLE _prisma_migrations (migration_name text)",
        "INSERT INTO _prisma_migrations VALUES ('20200101000000_neighbour')",
        "CREATE TABLE rooms (neighbour int)",
      ],
      own.name,
    );
  });
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  afterAll(() => own.drop());

  const locate = (search: string) => ({
    databaseUrl: serverUrl({ database: own.name, user: own.name, search }),
    dataDirectory: "/nonexistent",
  });

  /** Writes and reads with models, with an enumeration, in a transaction and with raw statements. */
  async function writeAndRead(): Promise<unknown[]> {
    await database().staffMember.create({
      data: { email: "ana@example.com", name: "Ana", role: "administrator", passwordHash: "correct horse battery" },
    });
    const room = { slug: "abc-defg-hij", name: "Room", accessLevel: "trusted" } as const;
    await database().$transaction((tx) => tx.room.create({ data: room }));
    return [
      await database().room.count(),
      await database().staffMember.count({ where: { role: "administrator" } }),
      await database()
        .$queryRaw`SELECT count(*)::int AS rooms FROM rooms WHERE access_level = 'trusted'::room_access_level`,
    ];
  }

  async function whereTablesAre(schema: string): Promise<unknown> {
    const found = await runOnServer(
      [
        `SELECT (SELECT count(*)::int FROM "${schema}".rooms) AS rooms,
          (SELECT array_agg(name ORDER BY name) FROM "${schema}".vestibule_migrations) AS ledger,
          to_regclass('"${schema}".applications_search_idx') IS NOT NULL AS "hasSearchIndex",
          to_regclass('public.vestibule_migrations')::text AS public,
          (SELECT count(*)::int FROM public._prisma_migrations) AS "neighbourRows"`,
      ],
      own.name,
    );
    return found[0];
  }

  const EXPECTED = { rooms: 1, ledger: NAMES, hasSearchIndex: true, public: null, neighbourRows: 1 };

  it.each(["vestibule", "Mixed_Case"])(
    "named %s in the address is made by the migrations and holds all that is read and written",
    async (schema) => {
      const location = locate(`?schema=${schema}`);
      await expect(openDatabase(location, MIGRATIONS)).rejects.toThrow("Apply with: npm run db:migrate");
      expect(await migrateDatabase(location, MIGRATIONS)).toEqual(NAMES);
      expect(await migrateDatabase(location, MIGRATIONS)).toEqual([]);
      opened = await openDatabase(location, MIGRATIONS);
      expect(await writeAndRead()).toEqual([1, 1, [{ rooms: 1 }]]);
      expect(await whereTablesAre(schema)).toEqual(EXPECTED);
    },
  );

  it.each([
    ["the role", (path: string) => `ALTER ROLE ${own.name} SET search_path = ${path}`, ""],
    ["the database", (path: string) => `ALTER DATABASE ${own.name} SET search_path = ${path}`, ""],
    ["the options of the address", () => "SELECT 1", "?options=-csearch_path%3Dby_path,public"],
  ])("to which the search_path of %s leads holds all that is read and written", async (_whose, alter, search) => {
    await runOnServer(
      [
        "DROP SCHEMA IF EXISTS by_path CASCADE",
        `CREATE SCHEMA by_path AUTHORIZATION ${own.name}`,
        alter("by_path, public"),
      ],
      own.name,
    );
    const location = locate(search);
    expect(await migrateDatabase(location, MIGRATIONS)).toEqual(NAMES);
    opened = await openDatabase(location, MIGRATIONS);
    expect(await writeAndRead()).toEqual([1, 1, [{ rooms: 1 }]]);
    expect(await whereTablesAre("by_path")).toEqual(EXPECTED);
    await runOnServer([`ALTER ROLE ${own.name} RESET ALL`, `ALTER DATABASE ${own.name} RESET ALL`]);
  });

  it("that the search_path names and nobody made is refused in one sentence", async () => {
    const location = locate("?options=-csearch_path%3Dnowhere");
    const refusal = new DatabaseStartError(
      "The search_path of the role names no schema that exists. Create one, or name it with ?schema=NAME in DATABASE_URL.",
    );
    await expect(openDatabase(location, MIGRATIONS)).rejects.toThrow(refusal);
    await expect(migrateDatabase(location, MIGRATIONS)).rejects.toThrow(refusal);
  });

  it("is asked for where a neighbour's tables are in the way, and nothing is left behind", async () => {
    await runOnServer([`GRANT CREATE ON SCHEMA public TO ${own.name}`], own.name);
    const refusal = `The migration ${NAMES[0]} failed, and nothing of it was applied: relation "rooms" already exists.`;
    await expect(migrateDatabase(locate(""), MIGRATIONS)).rejects.toThrow(new DatabaseStartError(refusal));
    const [left] = await runOnServer(["SELECT to_regclass('public.staff_members')::text AS found"], own.name);
    expect(left).toEqual({ found: null });
  });

  it("is migrated once by several processes that begin at the same time", async () => {
    const location = locate("?schema=at_once");
    const runs = await Promise.all([1, 2, 3].map(() => migrateDatabase(location, MIGRATIONS)));
    expect(runs.flat()).toEqual(NAMES);
  });
});
