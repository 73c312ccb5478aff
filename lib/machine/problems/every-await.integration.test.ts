// What the token path and the creation of rooms wait for is made to fail, one after the other.
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { POST } from "@/app/api/external/rooms/route";
import { createDatabaseClient, type Database, database, setDatabase } from "@/lib/db/client";
import { type DatabaseConnection, openPostgresConnection } from "@/lib/db/connection";
import { setConfig } from "@/lib/env/config";
import { createM2mApi, type M2mApi, m2mApi } from "@/lib/machine/m2m-api";
import { defaultPorts, type M2mPorts } from "@/lib/machine/m2m-ports";
import { JWT_BEARER_GRANT } from "@/lib/oauth/client/client-metadata";
import { hashCheaply } from "@/lib/testing/database/cheap-hash";
import { createStatementCutter, type StatementCutter } from "@/lib/testing/database/statement-cutter";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import {
  askWithAssertion,
  createSigningClient,
  type SigningClient,
  signClientAssertion,
  signDelegation,
} from "@/lib/testing/machine/machine-assertions";
import {
  type Answer,
  askForToken,
  callExternal,
  captureLog,
  memberOf,
  obtainToken,
} from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

const test = useTestDatabase();
const url = inject("testDatabaseUrl");
let log: ReturnType<typeof captureLog> | undefined;

beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));
afterEach(() => log?.stop());

type Machine = Pick<M2mApi, "tokenEndpoint">;

/** Every kind of request for a token. */
const REQUESTS: Record<string, (machine: Machine, client: SigningClient) => Promise<Answer>> = {
  client_secret_basic: (machine, client) => askForToken(machine, client),
  client_secret_post: (machine, client) => askForToken(machine, client, { method: "post" }),
  private_key_jwt: async (machine, client) => askWithAssertion(machine, await signClientAssertion(client)),
  "a signed delegation": async (machine, client) =>
    askForToken(machine, client, {
      fields: { grant_type: JWT_BEARER_GRANT, assertion: await signDelegation(client), scope: "" },
    }),
};
const KINDS = Object.keys(REQUESTS);

/** What is done beside a request: its failure costs nobody the token, and is logged. */
const BESIDE: ReadonlySet<keyof M2mPorts> = new Set(["writeCredentialUse", "countActivity"]);

/** The ids of the tokens that the application was given, as far as they are stored. */
async function jtisOf({ id }: SigningClient): Promise<string[]> {
  const rows = await test.database.$queryRaw<{ jti: string }[]>`
    SELECT "jti" FROM "activity" WHERE "application_id" = ${id}::uuid AND "jti" IS NOT NULL`;
  return rows.map(({ jti }) => jti);
}

/** Expects a whole answer without a token, and nothing in the log that opens anything. */
function expectRefused(answer: Answer, { secret }: SigningClient, statuses: readonly number[]): void {
  expect(statuses).toContain(answer.status);
  expect(answer.headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
  expect(answer.json).toEqual({
    error: answer.status === 503 ? "temporarily_unavailable" : "server_error",
    error_description: expect.any(String),
    error_uri: expect.any(String),
    detail: expect.any(String),
  });
  if (answer.status === 503) expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(log?.lines.join("")).not.toContain(secret);
}

function jtiIn({ json }: Answer): unknown {
  const payload = String(memberOf(json, "access_token")).split(".")[1] ?? "";
  return memberOf(JSON.parse(Buffer.from(payload, "base64url").toString()), "jti");
}

/** As a port does: all but the source of random ids promise their answer. */
function fail(port: string): Promise<never> {
  const error = new Error("A cause that must not be told.");
  if (port === "randomId") throw error;
  return Promise.reject(error);
}

type PortCall = { name: keyof M2mPorts; isLate: boolean };

/** The ports of production, of which the `at`-th call from outside of the clock throws. */
function failingPorts(at: number): { ports: M2mPorts; calls: PortCall[]; finish(): void } {
  const calls: PortCall[] = [];
  let isAnswered = false;
  const wrapped = Object.entries(defaultPorts(testConfig())).map(([name, port]) => [
    name,
    (...args: unknown[]) => {
      if (name !== "now" && name !== "stopwatch" && name !== "schedule") {
        calls.push({ name: name as keyof M2mPorts, isLate: isAnswered });
        if (calls.length === at) return fail(name);
      }
      return Reflect.apply(port, undefined, args);
    },
  ]);
  return {
    ports: Object.fromEntries(wrapped) as M2mPorts,
    calls,
    finish: () => {
      isAnswered = true;
    },
  };
}

describe("a port that throws", () => {
  it.each(KINDS)("means no token for %s, whichever call it is", async (kind) => {
    const ask = REQUESTS[kind] as (typeof REQUESTS)[string];
    let refused = 0;
    for (let at = 1; ; at += 1) {
      log = captureLog();
      const client = await createSigningClient();
      const { ports, calls, finish } = failingPorts(at);
      const machine = createM2mApi(testConfig(), ports);
      const answer = await ask(machine, client);
      finish();
      await machine.settled();
      log.stop();
      const failed = calls[at - 1];
      if (failed === undefined || failed.isLate || BESIDE.has(failed.name)) {
        expect(answer.status, failed?.name).toBe(200);
        expect(await jtisOf(client)).toEqual([jtiIn(answer)]);
        if (failed === undefined) break;
        continue;
      }
      expectRefused(answer, client, [500]);
      expect(answer.text).not.toContain("must not be told");
      expect(await jtisOf(client)).toEqual([]);
      refused += 1;
    }
    // The application or its keys, a secret or an assertion, the id, the trace.
    expect(refused).toBeGreaterThanOrEqual(4);
  });
});

// The connection is lost on its way to a real server; the embedded database has no way to it.
describe.runIf(url !== "")("a connection that is lost", () => {
  let cutter: StatementCutter;
  let connection: DatabaseConnection;
  let losable: Database;

  beforeAll(async () => {
    const address = new URL(url);
    cutter = await createStatementCutter({ host: address.hostname, port: Number(address.port || 5432) });
    const [row] = await test.database.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    address.hostname = "127.0.0.1";
    address.port = String(cutter.port);
    address.pathname = `/${row?.name}`;
    connection = await openPostgresConnection(address.href, 2);
    losable = createDatabaseClient(connection, { hash: hashCheaply });
  });
  afterAll(async () => {
    setDatabase(test.database);
    await connection.close();
    await cutter.close();
  });

  /** Makes the way that can be lost the product's, or the sure one. */
  const takeWay = (isLosable: boolean) => setDatabase(isLosable ? losable : test.database);

  const moments = ["before", "after"] as const;

  // Where the secret stands in a request makes no difference to what is asked of the database.
  it.each(
    KINDS.filter((kind) => kind !== "client_secret_post").flatMap((kind) =>
      moments.map((moment) => [moment, kind] as const),
    ),
  )("%s any statement means no token for %s that has no row, and all is as before", async (moment, kind) => {
    const ask = REQUESTS[kind] as (typeof REQUESTS)[string];
    let refused = 0;
    for (let at = 1; ; at += 1) {
      takeWay(false);
      const client = await createSigningClient();
      takeWay(true);
      // Both connections are open: what they begin with is no statement of the request.
      await Promise.all([1, 2].map(() => database().$queryRaw`SELECT 1`));
      log = captureLog();
      const machine = createM2mApi(testConfig());
      cutter.arm(at, moment);
      const answer = await ask(machine, client);
      await machine.settled();
      const isOver = cutter.count() < at;
      cutter.arm();
      log.stop();
      const stored = await jtisOf(client);
      if (answer.status === 200) expect(stored).toEqual([jtiIn(answer)]);
      else {
        expectRefused(answer, client, [503]);
        refused += 1;
        // What was carried out may be stored; it was handed to nobody.
        if (moment === "before") expect(stored).toEqual([]);
        expect((await ask(machine, client)).status).toBe(200);
        await machine.settled();
      }
      if (isOver) {
        expect(answer.status).toBe(200);
        break;
      }
    }
    expect(refused).toBeGreaterThanOrEqual(2);
  });

  const countRooms = (applicationId: string) =>
    test.database.room.count({ where: { createdByApplicationId: applicationId } });

  it.each(["with a key", "without one"].flatMap((kind) => moments.map((moment) => [moment, kind] as const)))(
    "%s any statement means no room %s that is answered and not stored, and no second one for a key",
    async (moment, kind) => {
      let refused = 0;
      for (let at = 1; ; at += 1) {
        takeWay(false);
        const client = await createSigningClient();
        const token = await obtainToken(m2mApi(), client);
        await m2mApi().settled();
        takeWay(true);
        await Promise.all([1, 2].map(() => database().$queryRaw`SELECT 1`));
        log = captureLog();
        const headers: Record<string, string> = { "Content-Type": "application/json" };
        if (kind === "with a key") headers["Idempotency-Key"] = `"at-${at}"`;
        const call = () => callExternal(POST, { token, method: "POST", headers, body: "{}" });
        cutter.arm(at, moment);
        const answer = await call();
        await m2mApi().settled();
        const isOver = cutter.count() < at;
        cutter.arm();
        log.stop();
        const rooms = await countRooms(client.id);
        if (answer.status === 201) {
          expect(rooms).toBe(1);
          expect(memberOf(answer.json, "id")).toEqual(expect.any(String));
        } else {
          refused += 1;
          expect([answer.status, answer.headers["cache-control"]]).toEqual([503, "no-store"]);
          expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
          expect(answer.json).not.toHaveProperty("id");
          if (moment === "before") expect(rooms).toBe(0);
          expect((await call()).status).toBe(201);
          if (kind === "with a key") expect(await countRooms(client.id)).toBe(1);
        }
        if (isOver) {
          expect(answer.status).toBe(201);
          break;
        }
      }
      expect(refused).toBeGreaterThanOrEqual(2);
    },
  );
});
