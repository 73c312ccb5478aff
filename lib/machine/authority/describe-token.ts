import "server-only";

import type { BearerGrant } from "./authenticate-bearer";
import type { TokenDescription } from "./token-description.schema";

/** What whoever holds a token may know about it: who they are, for whom they act, what they may do, and until when. */
export function describeToken(grant: BearerGrant): TokenDescription {
  return {
    client_id: grant.clientId,
    application: grant.applicationName,
    person: { id: grant.actor.personId, email: grant.personEmail },
    scopes: [...grant.scopes],
    token_expires_at: grant.tokenExpiresAt.toISOString(),
    credential_ends_at: grant.credentialEndsAt?.toISOString() ?? null,
  };
}
