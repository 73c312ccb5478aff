import "server-only";

import { database } from "@/lib/db/client";
import { HOUR_MS } from "@/lib/time";
import { hashHead, hashHour, NO_HEAD } from "./hash-hour";

/** What does not fit at an hour. */
export type ChainFault =
  /** An event of it was changed, or replaced by another. */
  | "events_changed"
  | "events_missing"
  | "events_added"
  /** The link itself, or the one before it, is not the one that was made. */
  | "link_changed"
  /** The head that was kept elsewhere is no head of this chain: it was made anew. */
  | "head_unknown";

export type ChainReport = {
  /** Hours and events that fit. */
  hours: number;
  events: number;
  /** The first hour whose events are there; those before were removed, as retention does. */
  keptSince: Date | undefined;
  /** The newest head that fits. */
  head: { hour: Date; head: string } | undefined;
  /** The first hour that does not fit; nothing after it was looked at. */
  fault: { hour: Date | undefined; kind: ChainFault } | undefined;
};

type Link = { hour: Date; eventCount: number; digest: string; head: string };

const LINKS_AT_ONCE = 500;

/**
 * Hashes the audit log again, hour by hour, and compares it with its chain. `knownHead` is a head that somebody has kept
 * elsewhere: without one, whoever may change the tables may have made the whole chain anew. Changes nothing.
 */
export async function verifyAuditChain({ knownHead }: { knownHead?: string } = {}): Promise<ChainReport> {
  const report: ChainReport = { hours: 0, events: 0, keptSince: undefined, head: undefined, fault: undefined };
  let before = NO_HEAD;
  let isKnown = knownHead === undefined;
  /** Up to where everything was looked at. */
  let seenUntil: Date | undefined;
  for await (const link of readLinks()) {
    const stray = await findStrayHour(seenUntil, link.hour);
    if (stray !== undefined) return { ...report, fault: { hour: stray, kind: "events_added" } };
    const isLinked = hashHead(before, link.hour, link) === link.head;
    const kind = isLinked ? await checkEvents(link, report) : "link_changed";
    if (kind !== undefined) return { ...report, fault: { hour: link.hour, kind } };
    before = link.head;
    isKnown ||= link.head === knownHead;
    seenUntil = new Date(link.hour.getTime() + HOUR_MS);
    report.head = { hour: link.hour, head: link.head };
  }
  return isKnown ? report : { ...report, fault: { hour: undefined, kind: "head_unknown" } };
}

async function checkEvents(link: Link, report: ChainReport): Promise<ChainFault | undefined> {
  const { eventCount, digest } = await hashHour(link.hour);
  // The oldest hours may have been removed as a whole; later ones may not.
  if (eventCount === 0 && report.hours === 0) return undefined;
  if (eventCount < link.eventCount) return "events_missing";
  if (eventCount > link.eventCount) return "events_added";
  if (digest !== link.digest) return "events_changed";
  report.keptSince ??= link.hour;
  report.hours += 1;
  report.events += eventCount;
  return undefined;
}

/** The hour of an event that stands between two links, where there was none when they were made. */
async function findStrayHour(from: Date | undefined, until: Date): Promise<Date | undefined> {
  const stray = await database().auditEvent.findFirst({
    where: { at: { lt: until, ...(from === undefined ? {} : { gte: from }) } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { at: true },
  });
  return stray === null ? undefined : new Date(Math.floor(stray.at.getTime() / HOUR_MS) * HOUR_MS);
}

async function* readLinks(): AsyncGenerator<Link> {
  let after: Date | undefined;
  for (;;) {
    const links = await database().auditChainLink.findMany({
      where: after === undefined ? {} : { hour: { gt: after } },
      orderBy: { hour: "asc" },
      take: LINKS_AT_ONCE,
      select: { hour: true, eventCount: true, digest: true, head: true },
    });
    yield* links;
    after = links.at(-1)?.hour;
    if (links.length < LINKS_AT_ONCE) return;
  }
}
