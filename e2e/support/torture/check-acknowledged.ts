import { expect } from "@playwright/test";
import type { HttpAnswer } from "../http-client";
import { type Credentials, callApi, claimsOf, obtainToken, postForm, ROOMS_PATH, tokenForm } from "../oauth-requests";
import type { Ledger } from "./ledger";
import { createRoom } from "./load";

const PAGE = 100;

/** Reads rows of the database behind the product. */
export type ReadRows = (sql: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>;

type Room = { id: string };
const idOf = (text: string) => (JSON.parse(text) as Room).id;

/**
 * Asks the product for everything that a round was told, as its callers would: rooms, keys, tokens, revocations, secrets.
 * Sends every key again, so that afterwards each has its room.
 */
export async function checkAcknowledged(baseUrl: string, client: Credentials, ledger: Ledger): Promise<void> {
  const { email, keys, rooms, tokens, ending, revoked, live, replaced, shutOut } = ledger;
  const token = await obtainToken(baseUrl, client, email);
  ledger.tokens.add(token);
  const ids = new Set<string>();
  for (const key of keys) {
    const retried = await retry(() => createRoom(baseUrl, token, key));
    expect(retried.status).toBe(201);
    const first = rooms.get(key);
    if (first !== undefined) {
      expect(retried.text).toBe(first);
      expect(retried.headers["idempotency-replayed"]).toBe("true");
    }
    ids.add(idOf(retried.text));
    rooms.set(key, retried.text);
  }
  // One room for each key, and none besides: those that were stored without an answer are the ones that a retry gets.
  expect(ids.size).toBe(keys.length);
  expect(await listIds(baseUrl, token)).toEqual([...ids].sort());

  for (const given of tokens) {
    if (ending.has(given) && !revoked.has(given)) continue;
    const { status } = await callApi(baseUrl, given, { path: `${ROOMS_PATH}?limit=1` });
    expect(status).toBe(revoked.has(given) ? 401 : 200);
  }
  for (const [secrets, status] of [
    [live, 200],
    [replaced, 401],
    [shutOut, 401],
  ] as const) {
    for (const secret of secrets) expect((await postForm(baseUrl, tokenForm(secret, email))).status).toBe(status);
  }
}

/** A call that was cut off on PostgreSQL may still be running there: its key is in use for as long. */
async function retry(call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  for (;;) {
    const answer = await call();
    if (answer.status !== 409) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function listIds(baseUrl: string, token: string): Promise<string[]> {
  const ids: string[] = [];
  for (let page = 1, count = 1; ids.length < count; page += 1) {
    const answer = await callApi(baseUrl, token, { path: `${ROOMS_PATH}?page_size=${PAGE}&page=${page}` });
    expect(answer.status).toBe(200);
    const found = answer.json as { count: number; results: Room[] };
    count = found.count;
    ids.push(...found.results.map(({ id }) => id));
  }
  return ids.sort();
}

/** Looks behind the product: everything of all rounds is stored, with its owner, its trace and its audit event. */
export async function checkStored(readRows: ReadRows, ledgers: readonly Ledger[]): Promise<void> {
  const missing = async (sql: string, wanted: readonly string[]) => {
    const found = new Set((await readRows(sql, [wanted])).map(({ found }) => String(found)));
    return wanted.filter((each) => !found.has(each));
  };
  const every = <Value>(of: (ledger: Ledger) => Iterable<Value>) => ledgers.flatMap((ledger) => [...of(ledger)]);
  const owned = ledgers.flatMap(({ email, rooms }) => [...rooms.values()].map((text) => `${idOf(text)} ${email}`));
  const OWNED = `
    SELECT a.room_id || ' ' || p.email AS found FROM room_accesses a JOIN people p ON p.id = a.person_id
    WHERE a.role = 'owner' AND a.room_id || ' ' || p.email = ANY($1)`;
  expect(await missing(OWNED, owned)).toEqual([]);
  expect(await readRows(COUNTS, [])).toEqual([{ rooms: owned.length, keys: owned.length }]);

  const issued = every(({ tokens }) => tokens).map((token) => String(claimsOf(token).jti));
  expect(await missing("SELECT jti AS found FROM activity WHERE jti = ANY($1)", issued)).toEqual([]);

  const event = (action: string) =>
    `SELECT target_id::text AS found FROM audit_events WHERE action = '${action}' AND target_id = ANY($1::uuid[])`;
  const roomIds = owned.map((each) => each.split(" ")[0] ?? "");
  expect(await missing(event("room.created"), roomIds)).toEqual([]);
  const applications = (of: (ledger: Ledger) => Iterable<{ applicationId: string }>) =>
    every(of).map(({ applicationId }) => applicationId);
  expect(
    await missing(
      event("application.secret_rotated"),
      applications(({ replaced }) => replaced),
    ),
  ).toEqual([]);
  expect(
    await missing(
      event("application.deactivated"),
      applications(({ shutOut }) => shutOut),
    ),
  ).toEqual([]);
}

const COUNTS = `SELECT (SELECT count(*)::int FROM rooms) AS rooms, (SELECT count(*)::int FROM idempotency_keys) AS keys`;
