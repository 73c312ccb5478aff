import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import type { Store } from "@/lib/db/client";
import type { FirstAccess } from "./access/resolve-room-person";
import type { AccessLevel, CreateRoom } from "./representation/room.schema";
import { ROOM_COLUMNS, type RoomRow } from "./representation/room-row";
import type { RoomContext } from "./room-context";
import { requireAccessLevelAllowed, requireFutureExpiry } from "./room-settings";
import { generatePinCode, generateRoomSlug } from "./room-slug";
import { type NewRoom, storeRoom } from "./store-room";

/** Random slugs collide once in years; ten times in a row is a broken generator. */
const ATTEMPTS_MAX = 10;

/**
 * Creates a room that belongs to the person acted for and is attributed to the application that acts: room, ownership,
 * further roles (`firstAccesses`), guests and audit events are stored together or not at all, in one statement. With an
 * `external_id` that the application has used for this person already, the room of that name is returned unchanged, also
 * when several calls come at once.
 *
 * Throws AppError `invalid` with the field that is wrong: a public room where none is allowed, an expiry that is past.
 */
export async function createRoom(
  store: Store,
  ctx: RoomContext,
  input: CreateRoom,
  {
    firstAccesses = [],
    makeSlug = generateRoomSlug,
  }: { firstAccesses?: readonly FirstAccess[]; makeSlug?: () => string } = {},
): Promise<{ room: RoomRow; isNew: boolean }> {
  const { actor, now, config } = ctx;
  const accessLevel = input.access_level ?? config.externalApi.defaultAccessLevel;
  requireAccessLevelAllowed(accessLevel, config);
  requireFutureExpiry(input.expires_at, now());
  const known = await findNamedRoom(store, actor, input.external_id);
  if (known !== null) return { room: known, isNew: false };
  const accesses: FirstAccess[] = [{ personId: actor.personId, role: "owner" }, ...firstAccesses];
  const guests = [...new Set((input.attendees ?? []).map(({ address }) => address))];
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const room = toNewRoom(ctx, { ...input, access_level: accessLevel }, makeSlug());
    const events = [
      { action: "room.created", changes: changesOf(room, guests) } as const,
      ...firstAccesses.map((access) => ({ action: "room.access_added", changes: created(access) }) as const),
    ];
    const stored = await storeRoom(store.runStatement, ctx, { room, accesses, guests, events });
    if (stored !== undefined) return { room: stored, isNew: true };
    const rival = await findNamedRoom(store, actor, input.external_id);
    if (rival !== null) return { room: rival, isNew: false };
  }
  throw new Error(`No free room slug was found in ${ATTEMPTS_MAX} attempts.`);
}

function toNewRoom(
  { actor, config: { telephony } }: RoomContext,
  input: CreateRoom & { access_level: AccessLevel },
  slug: string,
): NewRoom {
  return {
    slug,
    name: slug,
    accessLevel: input.access_level,
    configuration: input.configuration ?? {},
    pinCode: telephony.enabled ? generatePinCode(telephony.pinLength) : null,
    externalId: input.external_id ?? null,
    externalOwnerId: actor.personId,
    expiresAt: input.expires_at ?? null,
    createdByApplicationId: actor.id,
  };
}

function changesOf({ slug, name, accessLevel, externalId, expiresAt }: NewRoom, guests: readonly string[]) {
  return created({
    slug,
    name,
    accessLevel,
    externalId: externalId ?? undefined,
    expiresAt: expiresAt ?? undefined,
    attendeeCount: guests.length || undefined,
  });
}

/** The room that the application calls so on behalf of this person. */
async function findNamedRoom(
  { reader }: Store,
  actor: ApplicationActor,
  externalId: string | null | undefined,
): Promise<RoomRow | null> {
  if (externalId == null) return null;
  return reader.room.findFirst({
    where: {
      externalId,
      createdByApplicationId: actor.id,
      externalOwnerId: actor.personId,
      deletedAt: null,
      accesses: { some: { personId: actor.personId } },
    },
    select: ROOM_COLUMNS,
  });
}
