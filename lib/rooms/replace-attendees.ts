import "server-only";

import type { Transaction } from "@/lib/db/client";
import type { EmailAddress } from "@/lib/oauth/email-address";

/**
 * Makes `attendees` the guests of a room. An attendee is an address, not a person: nothing is looked up and nothing is
 * created, so the answer is the same for every address, of whichever domain. Returns how many guests there are before
 * and after; undefined when they are the same ones.
 */
export async function replaceAttendees(
  tx: Transaction,
  roomId: string,
  attendees: readonly EmailAddress[],
): Promise<{ before: number; after: number } | undefined> {
  const wanted = new Set(attendees.map(({ address }) => address));
  const present = (await tx.roomAttendee.findMany({ where: { roomId } })).map(({ email }) => email);
  const leaving = present.filter((address) => !wanted.has(address));
  const arriving = [...wanted].filter((address) => !present.includes(address));
  if (leaving.length > 0) await tx.roomAttendee.deleteMany({ where: { roomId, email: { in: leaving } } });
  if (arriving.length > 0) await tx.roomAttendee.createMany({ data: arriving.map((email) => ({ roomId, email })) });
  return leaving.length + arriving.length === 0 ? undefined : { before: present.length, after: wanted.size };
}
