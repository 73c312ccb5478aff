import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { type DomainLimit, isDomainAllowed } from "@/lib/oauth/domain-limit";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { isAddressAllowed } from "./allowed-address";

/** Throws AppError `invalid` on `attendees` when one of them is of a domain that the application may not act for. */
export function requireAttendeesAllowed(attendees: readonly EmailAddress[], domains: DomainLimit): void {
  if (attendees.every(({ domain }) => isDomainAllowed(domain, domains))) return;
  throw new AppError("invalid", "invalid", { fieldErrors: { attendees: "domain_not_allowed" } });
}

/**
 * Makes `attendees` the guests of a room, as far as the application can see: guests of other domains were invited by
 * somebody else and stay. An attendee is an address, not a person: nothing is looked up and nothing is created, so the
 * answer is the same for every address. Returns how many guests there are before and after.
 */
export async function replaceAttendees(
  tx: Transaction,
  roomId: string,
  attendees: readonly EmailAddress[],
  domains: DomainLimit,
): Promise<{ before: number; after: number }> {
  requireAttendeesAllowed(attendees, domains);
  const wanted = new Set(attendees.map(({ address }) => address));
  const present = (await tx.roomAttendee.findMany({ where: { roomId } })).map(({ email }) => email);
  const leaving = present.filter((address) => !wanted.has(address) && isAddressAllowed(address, domains));
  const arriving = [...wanted].filter((address) => !present.includes(address));
  if (leaving.length > 0) await tx.roomAttendee.deleteMany({ where: { roomId, email: { in: leaving } } });
  if (arriving.length > 0) await tx.roomAttendee.createMany({ data: arriving.map((email) => ({ roomId, email })) });
  return { before: present.length, after: present.length - leaving.length + arriving.length };
}
