import "server-only";

import type { EmailAddress } from "@/lib/oauth/email-address";
import { OAuthError } from "@/lib/oauth/oauth-error";
import type { StoredDelegationFacts } from "@/lib/people/delegation-columns";
import type { ClientReader, M2mClient } from "./authenticate-client";

/** Longer than anything takes that comes between the read and its use, unless something has come to a halt. */
export const SUBJECT_MAX_AGE_MS = 1_000;

/**
 * Makes the reader of what decides whether a client may act for a person. What was read of this very person together
 * with the client is used while it is less than a second old; otherwise both are read once more, with what others ask in
 * the same moment. Throws `invalid_client` when the client is gone by then.
 */
export function createSubjectReader({ readClient, now }: { readClient: ClientReader; now(): Date }) {
  return async function readSubject(
    { address }: EmailAddress,
    { clientId, subject: known }: Pick<M2mClient, "clientId" | "subject">,
  ): Promise<StoredDelegationFacts> {
    if (known?.address === address && isFresh(known.readAt, now())) return known.facts;
    const subject = (await readClient({ clientId, subject: address }))?.subject;
    if (subject?.address !== address) throw new OAuthError("invalid_client", { reason: "unknown_client" });
    return subject.facts;
  };
}

/** A clock that was set back makes nothing fresh. */
function isFresh(readAt: Date, now: Date): boolean {
  const age = now.getTime() - readAt.getTime();
  return age >= 0 && age < SUBJECT_MAX_AGE_MS;
}
