import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";
import type { FirstAccess } from "./access/resolve-room-person";
import type { AccessLevel, CreateRoom } from "./representation/room.schema";
import { ROOM_COLUMNS, type RoomRow } from "./representation/room-row";
import type { RoomContext } from "./room-context";
import { requireAccessLevelAllowed, requireFutureExpiry } from "./room-settings";
import { generatePinCode, generateRoomSlug } from "./room-slug";

/** Random slugs collide once in years; ten times in a row is a broken generator. */
const ATTEMPTS_MAX = 10;

/**
 * Creates a room that belongs to the person acted for and is attributed to the application that acts: room, ownership,
 * further roles (`firstAccesses`), guests and audit events are stored together or not at all. With an `external_id`
 * that the application has used for this person already, the room of that name is returned unchanged, also when several
 * calls come at once.
 *
 * Throws AppError `invalid` with the field that is wrong: a public room where none is allowed, an expiry that is past.
 */
export async function createRoom(
  tx: Transaction,
  ctx: RoomContext,
  input: CreateRoom,
  {
    firstAccesses = [],
    makeSlug = generateRoomSlug,
  }: { firstAccesses?: readonly FirstAccess[]; makeSlug?: () => string } = {},
): Promise<{ room: RoomRow; isNew: boolean }> {
  const { actor, now, config } = ctx;
  const attendees = input.attendees ?? [];
  const accessLevel = input.access_level ?? config.externalApi.defaultAccessLevel;
  requireAccessLevelAllowed(accessLevel, config);
  requireFutureExpiry(input.expires_at, now());
  const known = await findNamedRoom(tx, actor, input.external_id);
  if (known !== null) return { room: known, isNew: false };
  const { room, isNew } = await insertRoom(tx, ctx, { ...input, access_level: accessLevel }, makeSlug);
  if (!isNew) return { room, isNew };
  const owner: FirstAccess = { personId: actor.personId, role: "owner" };
  await tx.roomAccess.createMany({ data: [owner, ...firstAccesses].map((access) => ({ ...access, roomId: room.id })) });
  const guests = new Set(attendees.map(({ address }) => address));
  if (guests.size > 0) {
    await tx.roomAttendee.createMany({ data: [...guests].map((email) => ({ roomId: room.id, email })) });
  }
  await recordAuditEvent(tx, actor, {
    action: "room.created",
    targetId: room.id,
    changes: created({
      slug: room.slug,
      name: room.name,
      accessLevel: room.accessLevel,
      externalId: room.externalId ?? undefined,
      expiresAt: room.expiresAt ?? undefined,
      attendeeCount: guests.size || undefined,
    }),
  });
  for (const access of firstAccesses) {
    await recordAuditEvent(tx, actor, { action: "room.access_added", targetId: room.id, changes: created(access) });
  }
  return { room, isNew };
}

/** The room that the application calls so on behalf of this person. */
async function findNamedRoom(
  tx: Transaction,
  actor: ApplicationActor,
  externalId: string | null | undefined,
): Promise<RoomRow | null> {
  if (externalId == null) return null;
  return tx.room.findFirst({
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

async function insertRoom(
  tx: Transaction,
  { actor, config: { telephony } }: RoomContext,
  input: CreateRoom & { access_level: AccessLevel },
  makeSlug: () => string,
): Promise<{ room: RoomRow; isNew: boolean }> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const slug = makeSlug();
    // ON CONFLICT DO NOTHING: what is taken makes no row, where an error would end the transaction. It waits for a rival
    // that is storing the same name, so that its room can be found afterwards.
    const [room] = await tx.room.createManyAndReturn({
      data: [
        {
          slug,
          name: slug,
          accessLevel: input.access_level,
          configuration: input.configuration ?? {},
          pinCode: telephony.enabled ? generatePinCode(telephony.pinLength) : null,
          externalId: input.external_id ?? null,
          externalOwnerId: actor.personId,
          expiresAt: input.expires_at ?? null,
          createdByApplicationId: actor.id,
        },
      ],
      select: ROOM_COLUMNS,
      skipDuplicates: true,
    });
    if (room !== undefined) return { room, isNew: true };
    const rival = await findNamedRoom(tx, actor, input.external_id);
    if (rival !== null) return { room: rival, isNew: false };
  }
  throw new Error(`No free room slug was found in ${ATTEMPTS_MAX} attempts.`);
}
