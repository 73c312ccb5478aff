import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { findPostgres } from "../../../scripts/testing/test-environment.mjs";
import { createOwnDatabase, migrate } from "../../support/own-database";
import { type OwnServer, startOwnServer } from "../../support/own-server";
import { skipIfMissing } from "../../support/run-client";
import { copyDataDirectory, neutralEnvironment } from "../../support/server";
import { checkStored, type ReadRows } from "../../support/torture/check-acknowledged";
import { killRounds, TORTURER, type Tortured } from "../../support/torture/kill-rounds";

// Set by `npm run torture`.
const EMBEDDED_KILLS = Number(process.env.TORTURE_EMBEDDED_KILLS ?? 4);
const POSTGRES_KILLS = Number(process.env.TORTURE_POSTGRES_KILLS ?? 16);

const postgres = await findPostgres();
const ADMINISTRATOR = { ADMIN_EMAIL: TORTURER.email, ADMIN_PASSWORD: TORTURER.password };

/** A process that is started again on its port whenever it does not run. */
async function createPart(environment: Record<string, string>) {
  const port = String(await findFreePort());
  let server: OwnServer | undefined;
  return {
    port,
    current(): OwnServer {
      if (server === undefined) throw new Error("It was never started.");
      return server;
    },
    async start(more: Record<string, string> = {}) {
      if (server !== undefined && server.process.exitCode === null && server.process.signalCode === null) return;
      server = await startOwnServer({ ...ADMINISTRATOR, ...environment, ...more, PORT: port });
      await server.ready;
    },
    async stop() {
      server?.process.kill("SIGTERM");
      return server?.exited;
    },
  };
}

/** Rejects with what it says when the audit log does not fit its chain. */
async function verifyAudit(environment: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, ["scripts/run.mjs", "verify-audit"], {
    env: { ...process.env, ...neutralEnvironment(), ...environment },
  });
}

// Conformance: K08
test("kill -9 under load on the embedded database loses nothing that was acknowledged and makes no room twice", async () => {
  const DATA_DIR = copyDataDirectory("torture");
  const part = await createPart({ DATA_DIR });
  const product: Tortured = {
    start: () => part.start(),
    machineUrl: () => part.current().baseUrl,
    portalUrl: () => part.current().baseUrl,
    victims: () => [part.current()],
  };
  try {
    const ledgers = await killRounds(product, EMBEDDED_KILLS);
    await part.stop();
    await verifyAudit({ DATA_DIR });
    const database = await PGlite.create(join(DATA_DIR, "postgres"));
    const readRows: ReadRows = async (sql, values) => (await database.query<never>(sql, [...values])).rows;
    await checkStored(readRows, ledgers);
    await database.close();
  } finally {
    await part.stop();
  }
});

// Conformance: K08
test("kill -9 under load of either half on PostgreSQL loses nothing that was acknowledged and makes no room twice", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const { environment, drop } = await createOwnDatabase(postgres.url ?? "");
  await migrate(environment);
  const portal = await createPart({ ...environment, SURFACES: "portal" });
  const PUBLIC_URL = `http://localhost:${portal.port}`;
  const machine = await createPart({ ...environment, SURFACES: "machine", PUBLIC_URL });
  const product: Tortured = {
    start: async () => {
      await Promise.all([portal, machine].map((part) => part.start({ PUBLIC_URL })));
    },
    machineUrl: () => machine.current().baseUrl,
    portalUrl: () => portal.current().baseUrl,
    // The half of the machines starts in a fraction of the time, so it dies more often.
    victims: (round) => {
      if (round % 16 === 0) return [portal.current(), machine.current()];
      return round % 8 === 5 ? [portal.current()] : [machine.current()];
    },
  };
  try {
    const ledgers = await killRounds(product, POSTGRES_KILLS);
    await verifyAudit(environment);
    const client = new pg.Client({ connectionString: environment.DATABASE_URL });
    await client.connect();
    await checkStored(async (sql, values) => (await client.query(sql, [...values])).rows, ledgers);
    await client.end();
    expect(ledgers).toHaveLength(POSTGRES_KILLS);
  } finally {
    await Promise.all([portal.stop(), machine.stop()]);
    await drop();
  }
});
