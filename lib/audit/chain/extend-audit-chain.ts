import "server-only";

import { inTransaction, type Transaction } from "@/lib/db/client";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { hashHead, hashHour, NO_HEAD } from "./hash-hour";

/** The key of the advisory lock under which links are made. Any number, as long as it stays the same. */
const CHAIN_LOCK = 8_245_117_006;
/** No transaction takes so long, and no clock is so far off: after it nothing is added to an hour any more. */
const SETTLE_MS = 5 * MINUTE_MS;
/** Links that one call makes at most. */
const LINKS_AT_ONCE = 50;

/**
 * Makes the links of the hours that are over and have none, oldest first, at most 50. Of several processes one works, and
 * requests wait for none of them: only what has come to rest is read. Returns how many links it has made.
 */
export async function extendAuditChain(now: Date): Promise<number> {
  let made = 0;
  while (made < LINKS_AT_ONCE && (await inTransaction((tx) => makeNextLink(tx, now)))) made += 1;
  return made;
}

async function makeNextLink(tx: Transaction, now: Date): Promise<boolean> {
  const [turn] = await tx.$queryRaw<{ isMine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${CHAIN_LOCK}) AS "isMine"`;
  if (turn?.isMine !== true) return false;
  const last = await tx.auditChainLink.findFirst({ orderBy: { hour: "desc" }, select: { hour: true, head: true } });
  const first = await tx.auditEvent.findFirst({
    where: last === null ? {} : { at: { gte: new Date(last.hour.getTime() + HOUR_MS) } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { at: true },
  });
  if (first === null) return false;
  const hour = new Date(Math.floor(first.at.getTime() / HOUR_MS) * HOUR_MS);
  if (hour.getTime() + HOUR_MS + SETTLE_MS > now.getTime()) return false;
  const events = await hashHour(tx, hour);
  const head = hashHead(last?.head ?? NO_HEAD, hour, events);
  await tx.auditChainLink.create({ data: { hour, ...events, head, madeAt: now } });
  return true;
}
