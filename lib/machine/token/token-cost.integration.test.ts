// What many tokens at once may cost. The clock decides nothing: what goes first is held until all others have come.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storeActivity } from "@/lib/activity/store-activity";
import { createDatabaseClient, database, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { readClientRecords } from "@/lib/machine/client/client-record";
import { hashCheaply } from "@/lib/testing/database/cheap-hash";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { watchQueries } from "@/lib/testing/database/watch-queries";
import { activityOf } from "@/lib/testing/machine/activity-rows";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, obtainToken } from "@/lib/testing/machine/machine-requests";
import { openUntimedMachine } from "@/lib/testing/machine/untimed-machine";
import { testConfig } from "@/lib/testing/test-config";

const TOKENS = 100;
const CLIENTS = 5;
const NOW = new Date("2026-11-23T12:00:00.000Z");
/** More than it takes to read a request that is in memory. */
const TURNS = 20;

let opened: Awaited<ReturnType<typeof createTestDatabase>>;
let watched: ReturnType<typeof watchQueries>;
let clients: TestClient[];

beforeAll(async () => {
  opened = await createTestDatabase();
  watched = watchQueries(opened.connection);
  setDatabase(createDatabaseClient(watched, { hash: hashCheaply }));
  setConfig(testConfig());
  clients = await Promise.all(Array.from({ length: CLIENTS }, () => createTestClient()));
  await database().person.createMany({ data: addresses(0, TOKENS).map((email) => ({ email })) });
});

afterAll(async () => {
  await database().$disconnect();
  setDatabase(undefined);
  await opened.close();
});

const addresses = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `person-${from + index}@example.com`);

/** A gate that lets nothing through until it is opened. */
function createGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Asks for `TOKENS` tokens at once, of several applications and each for another person, and counts what that takes. */
async function askAtOnce() {
  const allAsked = createGate();
  const allIssued = createGate();
  let isBurst = false;
  let measured = 0;
  const groups: number[] = [];
  const machine = openUntimedMachine({
    now: () => NOW,
    // Looked at when a request begins, and again when its row is made.
    stopwatch() {
      measured += isBurst ? 1 : 0;
      if (measured === TOKENS) void afterTurns(TURNS).then(allAsked.open);
      if (measured === 2 * TOKENS) allIssued.open();
      return performance.now();
    },
    async readClients(questions, now) {
      if (isBurst) await allAsked.opened;
      return readClientRecords(questions, now);
    },
    async storeActivity(rows) {
      if (isBurst) await allIssued.opened;
      groups.push(rows.length);
      await storeActivity(rows);
    },
  });
  // Argon2 and the note of the first use are of each secret, not of each token.
  for (const client of clients) await obtainToken(machine, client, { fields: { scope: "person-0@example.com" } });
  await machine.settled();

  isBurst = true;
  groups.length = 0;
  const before = { ...watched.traffic };
  const answers = await Promise.all(
    addresses(0, TOKENS).map(async (email, index) => {
      const client = clients[index % CLIENTS];
      if (client === undefined) throw new Error("There are fewer clients than asked for.");
      const answer = await askForToken(machine, client, { fields: { scope: email } });
      // While everything is held only a refusal is answered: it must be seen, and not waited for.
      allAsked.open();
      allIssued.open();
      return answer.status;
    }),
  );
  return {
    answers,
    groups,
    statements: watched.traffic.statements - before.statements,
    transactions: watched.traffic.transactions - before.transactions,
  };
}

function afterTurns(turns: number): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => resolve(turns > 1 ? afterTurns(turns - 1) : undefined));
  });
}

describe(`${TOKENS} tokens at once, each for another person`, () => {
  it("cost two commits of rows, at most eight reads, and nothing else of the database", async () => {
    const { answers, groups, statements, transactions } = await askAtOnce();
    expect(answers).toEqual(Array(TOKENS).fill(200));
    // One that was under way already, and one for all who came meanwhile.
    expect(groups.length).toBeLessThanOrEqual(2);
    // Up to four reads are under way when each lasts long, and 64 questions are one read.
    expect(statements).toBeLessThanOrEqual(groups.length + 8);
    expect(transactions).toBe(statements);
    const rows = await Promise.all(clients.map(({ id }) => activityOf(id)));
    expect(rows.flat()).toHaveLength(TOKENS + CLIENTS);
  });
});
