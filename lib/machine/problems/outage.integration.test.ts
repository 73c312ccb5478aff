import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabaseClient, type Database, database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import { checkReadiness, type ReadinessParts } from "@/lib/server/health/check-readiness";
import { hashCheaply } from "@/lib/testing/database/cheap-hash";
import { openEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { createTestDatabase, useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, captureLog, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

const test = useTestDatabase();
let client: TestClient;
let log: ReturnType<typeof captureLog> | undefined;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

afterEach(() => {
  log?.stop();
  log = undefined;
  setDatabase(test.database);
  vi.useRealTimers();
});

const PARTS: ReadinessParts = {
  now: () => new Date(),
  migrations: [],
  trySigning: async () => {},
  dataDirectory: undefined,
};
const UNAVAILABLE = "The server cannot answer now. Try again later.";
const UNAVAILABLE_TOKEN = {
  error: "temporarily_unavailable",
  error_description: UNAVAILABLE,
  error_uri: errorUri("temporarily_unavailable"),
  detail: UNAVAILABLE,
};
const UNAVAILABLE_PROBLEM = {
  type: "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity",
  title: "Service Unavailable",
  status: 503,
  detail: UNAVAILABLE,
  code: "temporarily_unavailable",
};

function listRoute(machine: M2mApi) {
  return createExternalRoute(() => machine)({
    scope: "rooms:list",
    run: async () => ({ count: await database().room.count() }),
  });
}

let lost: Database;

beforeAll(async () => {
  const closed = await createTestDatabase();
  await closed.close();
  lost = closed.database;
});

/** Makes the process-wide database one that was closed behind its client's back. */
function loseDatabase(): void {
  setDatabase(lost);
}

describe("when the database is gone", () => {
  // Conformance: N46
  it("no token is given, not even for a secret that was just verified", async () => {
    const machine = createM2mApi(testConfig());
    await obtainToken(machine, client);
    loseDatabase();
    log = captureLog();
    const answer = await askForToken(machine, client);
    expect(answer).toMatchObject({ status: 503, json: UNAVAILABLE_TOKEN, headers: { "retry-after": "5" } });
  });

  // Conformance: N46
  it("no token is accepted", async () => {
    const machine = createM2mApi(testConfig());
    const token = await obtainToken(machine, client);
    loseDatabase();
    log = captureLog();
    const answer = await callExternal(listRoute(machine), { token });
    expect(answer).toMatchObject({ status: 503, json: UNAVAILABLE_PROBLEM, headers: { "retry-after": "5" } });
    expect(answer.headers["www-authenticate"]).toBeUndefined();
  });

  it("a forged secret is still refused with 401, because nothing needs to be asked", async () => {
    const machine = createM2mApi(testConfig());
    loseDatabase();
    expect((await askForToken(machine, { clientId: client.clientId, secret: "wrong" })).status).toBe(401);
  });

  it("everything works again once it is back", async () => {
    const machine = createM2mApi(testConfig());
    loseDatabase();
    log = captureLog();
    await askForToken(machine, client);
    setDatabase(test.database);
    expect((await askForToken(machine, client)).status).toBe(200);
  });
});

describe("when the database answers and can only be read", () => {
  it("no token is given and none accepted for writing, reading goes on, and readiness says no", async () => {
    const connection = await openEmbeddedTemplate();
    setDatabase(createDatabaseClient(connection, { hash: hashCheaply }));
    const machine = createM2mApi(testConfig());
    const own = await createTestClient();
    const token = await obtainToken(machine, own);
    // However long it takes here: what the limit is for is tested where it is.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    expect(await checkReadiness(PARTS)).toBeUndefined();
    // All that the embedded database does is in one session.
    await connection.readRows("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
    log = captureLog();
    const refused = await askForToken(machine, own);
    expect(refused).toMatchObject({ status: 503, json: UNAVAILABLE_TOKEN, headers: { "retry-after": "5" } });
    const write = createExternalRoute(() => machine)({
      scope: "rooms:list",
      run: () => database().person.create({ data: { email: "new@example.com" } }),
    });
    const failed = await callExternal(write, { token });
    expect(failed).toMatchObject({ status: 503, json: UNAVAILABLE_PROBLEM, headers: { "retry-after": "5" } });
    expect((await callExternal(listRoute(machine), { token })).status).toBe(200);
    expect(await checkReadiness(PARTS)).toBe("read_only");
    expect(log.lines.join("")).toContain('"detail":"read_only"');
    await connection.readRows("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE");
    expect(await checkReadiness(PARTS)).toBeUndefined();
    expect((await askForToken(machine, own)).status).toBe(200);
    await machine.settled();
    await connection.close();
  });
});

describe("when a part of the token path fails", () => {
  const failing = async (): Promise<never> => {
    throw new Error("a cause that must not be told");
  };
  const ports: Record<string, Partial<M2mPorts>> = {
    "a token id that is too short": { randomId: () => "short" },
  };

  it.each(Object.entries(ports))("the answer to a failure of %s is 500 and never a token", async (_name, overrides) => {
    log = captureLog();
    const answer = await askForToken(createM2mApi(testConfig(), overrides), client);
    const description = "The server could not complete the request.";
    expect(answer).toMatchObject({
      status: 500,
      json: {
        error: "server_error",
        error_description: description,
        error_uri: errorUri("server_error"),
        detail: description,
      },
    });
    expect(log.lines.join("")).toContain('"level":"error"');
  });

  it("a failure to note the last use costs nobody the token, and is logged", async () => {
    log = captureLog();
    const machine = createM2mApi(testConfig(), { writeCredentialUse: failing });
    expect((await askForToken(machine, await createTestClient())).status).toBe(200);
    await machine.settled();
    expect(log.lines.join("")).toContain("credential_use_not_written");
  });

  it("a token whose authority cannot be read is not accepted, and the caller is told nothing", async () => {
    const token = await obtainToken(createM2mApi(testConfig()), client);
    log = captureLog();
    const answer = await callExternal(listRoute(createM2mApi(testConfig(), { readAuthorities: failing })), { token });
    expect(answer).toMatchObject({
      status: 500,
      json: {
        type: "about:blank",
        title: "Internal Server Error",
        status: 500,
        detail: "The server could not complete the request.",
        code: "server_error",
      },
    });
    expect(log.lines.join("")).toContain("a cause that must not be told");
  });

  it("too many waiting checks are 503 with a time to come back, and decide nothing", async () => {
    const blocked: (() => void)[] = [];
    const verifyHash = () => new Promise<boolean>((resolve) => blocked.push(() => resolve(true)));
    const machine = createM2mApi(testConfig(), { verifyHash });
    const clients = await Promise.all(Array.from({ length: 24 }, () => createTestClient()));
    const answers = clients.map((one) => askForToken(machine, one));
    const first = await Promise.race(answers);
    expect(first).toMatchObject({ status: 503, json: UNAVAILABLE_TOKEN });
    expect(Number(first.headers["retry-after"])).toBeGreaterThanOrEqual(1);
    expect(Number(first.headers["retry-after"])).toBeLessThanOrEqual(3);
    const release = setInterval(() => blocked.splice(0).map((resolve) => resolve()), 1);
    await Promise.all(answers);
    clearInterval(release);
  });

  it("a caller who has gone costs no Argon2 run", async () => {
    log = captureLog();
    let runs = 0;
    const machine = createM2mApi(testConfig(), {
      verifyHash: async () => {
        runs += 1;
        return true;
      },
    });
    const gone = AbortSignal.abort();
    const answer = await askForToken(machine, client, { signal: gone }).catch(() => undefined);
    expect([answer?.status === 200, runs]).toEqual([false, 0]);
  });
});
