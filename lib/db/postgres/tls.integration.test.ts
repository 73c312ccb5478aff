// On a server only: sslmode as libpq means it, and sockets.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { createDatabaseClient } from "@/lib/db/client";
import { openPostgresConnection } from "@/lib/db/connection";
import { describeDatabaseFailure } from "@/lib/db/describe-database-failure";
import { migrateDatabase } from "@/lib/db/open-database";
import { openServerGate, type ServerGate } from "@/lib/testing/database/server-gate";
import { TEST_CERTIFICATE } from "@/lib/testing/process/test-certificate";

describe.runIf(inject("testDatabaseUrl") !== "")("sslmode", () => {
  let folder: string;
  let gate: ServerGate | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "vestibule-tls-"));
    await writeFile(join(folder, "ca.pem"), TEST_CERTIFICATE.cert);
  });
  afterEach(async () => {
    await gate?.close();
    gate = undefined;
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function isEncryptedVia(tls: boolean, search: string): Promise<boolean | string> {
    gate = await openServerGate({ tls });
    const { username, pathname } = new URL(inject("testDatabaseUrl"));
    const connection = await openPostgresConnection(
      `postgresql://${username}@127.0.0.1:${gate.port}${pathname}?${search.replace("CA", join(folder, "ca.pem"))}`,
      1,
    );
    try {
      await createDatabaseClient(connection).$queryRaw`SELECT 1`;
      return gate.seen.encrypted > 0;
    } catch {
      return await connection.readRows("SELECT 1").then(() => "mended", describeDatabaseFailure);
    } finally {
      await connection.close();
    }
  }

  const NO_TLS = "The database server has no TLS, which sslmode in DATABASE_URL asks for.";
  const untrusted = (code: string) =>
    `The certificate of the database server is not accepted (${code}). sslrootcert in DATABASE_URL names whom to trust.`;

  it.each([
    ["", false],
    ["sslmode=disable", false],
    ["sslmode=allow", false],
    ["sslmode=prefer", false],
    ["sslmode=require", NO_TLS],
    ["sslmode=verify-ca&sslrootcert=CA", NO_TLS],
    ["sslmode=verify-full&sslrootcert=CA", NO_TLS],
  ])("of a server without TLS: %j", async (search, outcome) => {
    expect(await isEncryptedVia(false, search)).toBe(outcome);
  });

  // The certificate is for another name than 127.0.0.1.
  it.each([
    ["", true],
    ["sslmode=disable", false],
    ["sslmode=allow", false],
    ["sslmode=prefer", true],
    ["sslmode=require", true],
    ["sslmode=require&sslrootcert=CA", true],
    ["sslmode=verify-ca", untrusted("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["sslmode=verify-ca&sslrootcert=CA", true],
    ["sslmode=verify-full", untrusted("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["sslmode=verify-full&sslrootcert=CA", untrusted("ERR_TLS_CERT_ALTNAME_INVALID")],
    ["sslmode=require&sslrootcert=system", untrusted("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ])("of a server with TLS: %j", async (search, outcome) => {
    expect(await isEncryptedVia(true, search)).toBe(outcome);
  });

  it("with a file that is not there is refused at the start in one sentence", async () => {
    const location = {
      databaseUrl: "postgresql://127.0.0.1:9/none?sslmode=verify-full&sslrootcert=/nonexistent/ca.pem",
      dataDirectory: "/nonexistent",
    };
    await expect(migrateDatabase(location, resolve("prisma/migrations"))).rejects.toThrow(
      "The socket or a file that DATABASE_URL names is not there (ENOENT). Correct its path.",
    );
  });

  it.each([
    (path: string) => `postgresql://USER@/postgres?host=${path}`,
    (path: string) => `postgresql://USER@${encodeURIComponent(path)}/postgres`,
  ])("does not matter on a socket, which %s names", async (write) => {
    gate = await openServerGate({ path: join(folder, ".s.PGSQL.5432") });
    const { username, pathname } = new URL(inject("testDatabaseUrl"));
    const url = write(folder).replace("USER", username).replace("/postgres", pathname);
    const connection = await openPostgresConnection(url, 1);
    expect(await connection.readRows("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await connection.close();
  });
});
