import "server-only";

import { database, inTransaction, type Transaction } from "@/lib/db/client";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { hashHead, hashHour, NO_HEAD } from "./hash-hour";

/** The key of the advisory lock under which links are made. Any number, as long as it stays the same. */
const CHAIN_LOCK = 8_245_117_006;
/** No transaction takes so long, and no clock is so far off: after it nothing is added to an hour any more. */
const SETTLE_MS = 5 * MINUTE_MS;
/** Links that one call makes at most. */
const LINKS_AT_ONCE = 50;

/**
 * Makes the links of the hours that are over and have none, oldest first, at most 50. Several processes may: one link is
 * made once, and requests wait for none of them, as only what has come to rest is read. Returns how many links it has made.
 */
export async function extendAuditChain(now: Date): Promise<number> {
  let made = 0;
  while (made < LINKS_AT_ONCE && (await makeNextLink(now))) made += 1;
  return made;
}

async function makeNextLink(now: Date): Promise<boolean> {
  const last = await findLast(database());
  const hour = await findNextHour(last?.hour);
  if (hour === undefined || hour.getTime() + HOUR_MS + SETTLE_MS > now.getTime()) return false;
  // Before the transaction: it may take longer than one may last.
  const events = await hashHour(hour);
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CHAIN_LOCK})`;
    // Another process was faster, and goes on.
    if ((await findLast(tx))?.head !== last?.head) return false;
    const head = hashHead(last?.head ?? NO_HEAD, hour, events);
    await tx.auditChainLink.create({ data: { hour, ...events, head, madeAt: now } });
    return true;
  });
}

function findLast(reader: Pick<Transaction, "auditChainLink">): Promise<{ hour: Date; head: string } | null> {
  return reader.auditChainLink.findFirst({ orderBy: { hour: "desc" }, select: { hour: true, head: true } });
}

/** The next hour that has events. */
async function findNextHour(after: Date | undefined): Promise<Date | undefined> {
  const first = await database().auditEvent.findFirst({
    where: after === undefined ? {} : { at: { gte: new Date(after.getTime() + HOUR_MS) } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { at: true },
  });
  return first === null ? undefined : new Date(Math.floor(first.at.getTime() / HOUR_MS) * HOUR_MS);
}
