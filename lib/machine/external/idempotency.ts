import "server-only";

import { createHash } from "node:crypto";
import type { ApplicationActor } from "@/lib/audit/actor";
import { type Database, database, inTransaction, type Transaction } from "@/lib/db/client";
import type { ExpiredRows } from "@/lib/db/retention/expired-rows";
import { HttpProblem } from "@/lib/http/problem";
import { HOUR_MS } from "@/lib/time";
import { type ExternalAnswer, textAnswer } from "./external-answer";

/** How long a key is remembered. Published in docs/rooms-api.md. */
const IDEMPOTENCY_KEY_HOURS = 24;

export type IdempotentCall = {
  actor: ApplicationActor;
  method: string;
  path: string;
  key: string;
  /** Everything that makes two requests the same one: the query and the JSON body, as they were parsed. */
  content: unknown;
};

/**
 * Runs `work` once for each key of an application, a person, a method and a path: later calls get the first answer, byte
 * for byte. The key's row is written in the transaction of the work, so both are stored or neither is; a failure stores
 * nothing and may be tried again. Throws HttpProblem: 422 when the key came with another content, 409 while the first
 * call runs. What `prepare` does comes before the transaction, and not at all for a key that is known.
 *
 * A running call is known by a lock, not by a row: in `running` for this process, in the database for the others. Both
 * end with the process that holds them.
 */
export async function runOnce(
  call: IdempotentCall,
  { running, now }: { running: Set<string>; now: Date },
  work: (tx: Transaction) => Promise<ExternalAnswer>,
  prepare?: () => Promise<void>,
): Promise<ExternalAnswer> {
  const scope = JSON.stringify([call.actor.id, call.actor.personId, call.method, call.path, call.key]);
  if (running.has(scope)) throw keyInUse();
  running.add(scope);
  try {
    const known = prepare === undefined ? undefined : await replay(database(), call, now);
    if (known !== undefined) return known;
    await prepare?.();
    return await inTransaction(async (tx) => {
      if (!(await lock(tx, scope))) throw keyInUse();
      return (await replay(tx, call, now)) ?? (await remember(tx, call, now, await work(tx)));
    });
  } finally {
    running.delete(scope);
  }
}

/** Keys that are over: a call with one of them is a new call. */
export const EXPIRED_IDEMPOTENCY_KEYS: ExpiredRows = { table: "idempotency_keys", column: "expires_at", keptMs: 0 };

/** Ends with the transaction, after what it wrote can be seen by others. */
async function lock(tx: Transaction, scope: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isLocked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${scope}, 0)) AS "isLocked"`;
  return row?.isLocked === true;
}

async function replay(
  tx: Database | Transaction,
  call: IdempotentCall,
  now: Date,
): Promise<ExternalAnswer | undefined> {
  const where = { applicationId_personId_method_path_key: keyOf(call) };
  const known = await tx.idempotencyKey.findUnique({
    where,
    select: { requestDigest: true, responseStatus: true, responseBody: true, responseFields: true, expiresAt: true },
  });
  if (known === null) return undefined;
  if (known.expiresAt <= now) {
    await tx.idempotencyKey.delete({ where, select: { id: true } });
    return undefined;
  }
  if (known.requestDigest !== digestOf(call.content)) throw keyReused();
  const fields = known.responseFields as Record<string, string>;
  return textAnswer({
    status: known.responseStatus,
    text: known.responseBody,
    fields: { ...fields, "Idempotency-Replayed": "true" },
  });
}

async function remember(
  tx: Transaction,
  call: IdempotentCall,
  now: Date,
  answer: ExternalAnswer,
): Promise<ExternalAnswer> {
  await tx.idempotencyKey.create({
    data: {
      ...keyOf(call),
      requestDigest: digestOf(call.content),
      responseStatus: answer.status,
      responseBody: answer.text,
      responseFields: { ...answer.fields },
      expiresAt: new Date(now.getTime() + IDEMPOTENCY_KEY_HOURS * HOUR_MS),
    },
    select: { id: true },
  });
  return answer;
}

function keyOf({ actor, method, path, key }: IdempotentCall) {
  return { applicationId: actor.id, personId: actor.personId, method, path, key };
}

function digestOf(content: unknown): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}

/** JSON with the members of every object in one order: a client may write them in another the next time. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function keyInUse(): HttpProblem {
  return new HttpProblem({
    status: 409,
    code: "idempotency_key_in_use",
    detail: "The first request with this Idempotency-Key is still running.",
    headers: { "Retry-After": "1" },
  });
}

function keyReused(): HttpProblem {
  return new HttpProblem({
    status: 422,
    code: "idempotency_key_reused",
    detail: "This Idempotency-Key was used for another request. Send a new one.",
  });
}
