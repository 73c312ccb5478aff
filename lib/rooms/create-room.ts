import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction, type TransactionRunner } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import type { DomainLimit } from "@/lib/oauth/domain-limit";
import { replaceAttendees, requireAttendeesAllowed } from "./replace-attendees";
import type { CreateRoom } from "./representation/room.schema";
import { ROOM_COLUMNS, type RoomRow } from "./representation/room-row";
import { defaultAccessLevel, requireAccessLevelAllowed, requireFutureExpiry } from "./room-settings";
import { generatePinCode, generateRoomSlug } from "./room-slug";

/** Random slugs collide once in years; ten times in a row is a broken generator. */
const ATTEMPTS_MAX = 10;

export type CreateRoomOptions = {
  /** Of which guests may be. */
  domains: DomainLimit;
  transaction?: TransactionRunner;
  now?: Date;
  makeSlug?: () => string;
};

/**
 * Creates a room that belongs to the person acted for and is attributed to the application that acts: room, ownership,
 * guests and audit event are stored together or not at all. With an `external_id` that the application has used for this
 * person already, the room of that name is returned unchanged, also when several calls come at once.
 *
 * Throws AppError `invalid` with the field that is wrong: a public room where none is allowed, an expiry that is past, a
 * guest of a foreign domain.
 */
export async function createRoom(
  input: CreateRoom,
  actor: ApplicationActor,
  options: CreateRoomOptions,
): Promise<{ room: RoomRow; isNew: boolean }> {
  const { domains, transaction = inTransaction, now = new Date(), makeSlug = generateRoomSlug } = options;
  const accessLevel = input.access_level ?? defaultAccessLevel();
  requireAccessLevelAllowed(accessLevel);
  requireFutureExpiry(input.expires_at, now);
  requireAttendeesAllowed(input.attendees ?? [], domains);
  return transaction(async (tx) => {
    const known = await findNamedRoom(tx, input.external_id, actor);
    if (known !== null) return { room: known, isNew: false };
    const { row, isNew } = await insertRoom(tx, { input, accessLevel, actor, makeSlug });
    if (!isNew) return { room: row, isNew };
    await tx.roomAccess.create({
      data: { roomId: row.id, personId: actor.personId, role: "owner" },
      select: { id: true },
    });
    const guests = await replaceAttendees(tx, row.id, input.attendees ?? [], domains);
    await recordCreation(tx, actor, row, guests.after);
    return { room: row, isNew };
  });
}

/** The room that the application calls so on behalf of this person. */
async function findNamedRoom(
  tx: Transaction,
  externalId: string | null | undefined,
  actor: ApplicationActor,
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
  room: { input: CreateRoom; accessLevel: RoomRow["accessLevel"]; actor: ApplicationActor; makeSlug: () => string },
): Promise<{ row: RoomRow; isNew: boolean }> {
  const { telephony } = config();
  const { input, accessLevel, actor } = room;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const slug = room.makeSlug();
    // ON CONFLICT DO NOTHING: what is taken makes no row, where an error would end the transaction. It waits for a rival
    // that is storing the same name, so that its room can be found afterwards.
    const [row] = await tx.room.createManyAndReturn({
      data: [
        {
          slug,
          name: slug,
          accessLevel,
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
    if (row !== undefined) return { row, isNew: true };
    const rival = await findNamedRoom(tx, input.external_id, actor);
    if (rival !== null) return { row: rival, isNew: false };
  }
  throw new Error(`No free room slug was found in ${ATTEMPTS_MAX} attempts.`);
}

async function recordCreation(tx: Transaction, actor: ApplicationActor, row: RoomRow, guests: number): Promise<void> {
  const made = <Value>(after: Value) => ({ before: null, after });
  await recordAuditEvent(tx, actor, {
    action: "room.created",
    targetKind: "room",
    targetId: row.id,
    changes: {
      slug: made(row.slug),
      name: made(row.name),
      accessLevel: made(row.accessLevel),
      ...(row.externalId === null ? {} : { externalId: made(row.externalId) }),
      ...(row.expiresAt === null ? {} : { expiresAt: made(row.expiresAt.toISOString()) }),
      ...(guests === 0 ? {} : { attendeeCount: made(guests) }),
    },
  });
}
