import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { isDomainAllowed } from "@/lib/oauth/domain-limit";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { isOAuthError } from "@/lib/oauth/oauth-error";
import { resolvePerson } from "@/lib/people/resolve-person";
import type { RoomContext } from "@/lib/rooms/room-context";

/**
 * Finds, or makes, the person who is to have a role in a room. A role is authority through this API, so it takes what a
 * token for that person takes: the domain rule, and the rules of `resolvePerson`. Throws AppError `invalid` on `email`
 * with one sentence for all who cannot be acted for, so that it does not tell who has an account.
 */
export async function resolveRoomPerson(ctx: RoomContext, email: EmailAddress): Promise<string> {
  if (!isDomainAllowed(email.domain, ctx.domains)) {
    throw new AppError("invalid", "invalid", { fieldErrors: { email: "domain_not_allowed" } });
  }
  try {
    return (await resolvePerson(ctx, { email, domains: ctx.domains })).id;
  } catch (error) {
    if (!isOAuthError(error) || error.code !== "invalid_scope") throw error;
    const fieldErrors = { email: "person_cannot_be_acted_for" } as const;
    throw new AppError("invalid", "invalid", { fieldErrors, detail: error.reason, cause: error });
  }
}
