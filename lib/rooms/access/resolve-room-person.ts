import "server-only";

import { AppError } from "@/lib/errors/app-error";
import { isDomainAllowed } from "@/lib/oauth/domain-limit";
import type { EmailAddress } from "@/lib/oauth/email-address";
import { isOAuthError } from "@/lib/oauth/oauth-error";
import { type ResolvedPerson, resolvePerson } from "@/lib/people/resolve-person";
import type { RoomRole } from "@/lib/rooms/representation/room-field.schema";
import type { RoomContext } from "@/lib/rooms/room-context";
import { requireRightOverRoles } from "@/lib/rooms/room-role";
import { listRoomAccesses } from "./list-room-accesses";

/** Somebody, and the role in a room that they are to have. */
export type WantedRole = { roomId: string; email: EmailAddress; role: RoomRole };

/**
 * Finds, or makes, the person who is to have a role in a room, for an owner or administrator of it. A role is authority
 * through this API, so it takes what a token for that person takes: the domain rule, and the rules of `resolvePerson`.
 *
 * Throws AppError `room_not_found` and `room_role_insufficient`, and `invalid` on `email` with one sentence for all who
 * cannot be acted for, so that it does not tell who has an account.
 */
export async function resolveRoomPerson(
  ctx: RoomContext,
  { roomId, email, role }: WantedRole,
): Promise<ResolvedPerson> {
  // Whoever may not do this must not make people come into being by trying.
  const present = await listRoomAccesses(roomId, ctx.actor);
  const own = present.find(({ personId }) => personId === ctx.actor.personId);
  requireRightOverRoles(own?.role ?? "member", [role]);
  return resolveActable(ctx, email, "email");
}

/** Somebody who is to have a role in a room from its beginning. */
export type FirstAccess = { personId: string; role: RoomRole };

/**
 * The same for those who are to have a role in a room that is about to be made for an owner, in their order. The owner
 * is left out, whatever role is asked for. Throws as `resolveRoomPerson` does, on `accesses`.
 */
export async function resolveFirstAccesses(
  ctx: RoomContext,
  wanted: readonly { email: EmailAddress; role: RoomRole }[],
): Promise<FirstAccess[]> {
  // Nobody comes into being for a list that will be refused.
  for (const { email } of wanted) requireDomain(ctx, email, "accesses");
  const accesses: FirstAccess[] = [];
  for (const { email, role } of wanted) {
    const { id: personId } = await resolveActable(ctx, email, "accesses");
    if (personId !== ctx.actor.personId) accesses.push({ personId, role });
  }
  return accesses;
}

function requireDomain({ domains }: RoomContext, email: EmailAddress, field: string): void {
  if (isDomainAllowed(email.domain, domains)) return;
  throw new AppError("invalid", "invalid", { fieldErrors: { [field]: "domain_not_allowed" } });
}

async function resolveActable(ctx: RoomContext, email: EmailAddress, field: string): Promise<ResolvedPerson> {
  requireDomain(ctx, email, field);
  try {
    return await resolvePerson(ctx, { email, domains: ctx.domains });
  } catch (error) {
    if (!isOAuthError(error) || error.code !== "invalid_scope") throw error;
    const fieldErrors = { [field]: "person_cannot_be_acted_for" } as const;
    throw new AppError("invalid", "invalid", { fieldErrors, detail: error.reason, cause: error });
  }
}
