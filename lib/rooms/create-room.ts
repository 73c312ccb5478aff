import "server-only";

import type { ApplicationActor } from "@/lib/audit/actor";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import type { AccessLevel, CreateRoom } from "./room.schema";
import { ROOM_COLUMNS, type RoomRepresentation, type RoomRow, representRoom } from "./room-representation";
import { generatePinCode, generateRoomSlug } from "./room-slug";

/** Random slugs collide once in years; ten times in a row is a broken generator. */
const ATTEMPTS_MAX = 10;

/**
 * Creates a room that belongs to the person acted for and is attributed to the application that acts: room, ownership
 * and audit event are stored together or not at all. Throws AppError `public_rooms_disabled`.
 */
export async function createRoom(
  input: CreateRoom,
  actor: ApplicationActor,
  makeSlug: () => string = generateRoomSlug,
): Promise<RoomRepresentation> {
  const accessLevel = chooseAccessLevel(input.access_level);
  const room = await inTransaction(async (tx) => {
    const row = await insertRoom(tx, { accessLevel, configuration: input.configuration ?? {}, actor, makeSlug });
    await tx.roomAccess.create({
      data: { roomId: row.id, personId: actor.personId, role: "owner" },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "room.created",
      targetKind: "room",
      targetId: row.id,
      changes: {
        slug: { before: null, after: row.slug },
        name: { before: null, after: row.name },
        accessLevel: { before: null, after: row.accessLevel },
      },
    });
    return row;
  });
  return representRoom(room);
}

/** Public rooms need to be allowed, unless the operator has made them the default anyway. */
function chooseAccessLevel(requested: AccessLevel | undefined): AccessLevel {
  const { defaultAccessLevel, allowPublicAccess } = config().externalApi;
  const accessLevel = requested ?? defaultAccessLevel;
  if (accessLevel === "public" && !allowPublicAccess && defaultAccessLevel !== "public") {
    throw new AppError("invalid", "invalid", { fieldErrors: { access_level: "public_rooms_disabled" } });
  }
  return accessLevel;
}

async function insertRoom(
  tx: Transaction,
  room: {
    accessLevel: AccessLevel;
    configuration: Record<string, string[] | boolean>;
    actor: ApplicationActor;
    makeSlug: () => string;
  },
): Promise<RoomRow> {
  const { telephony } = config();
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const slug = room.makeSlug();
    // ON CONFLICT DO NOTHING: a slug or PIN that is taken makes no row, where an error would end the transaction.
    const [row] = await tx.room.createManyAndReturn({
      data: [
        {
          slug,
          name: slug,
          accessLevel: room.accessLevel,
          configuration: room.configuration,
          pinCode: telephony.enabled ? generatePinCode(telephony.pinLength) : null,
          createdByApplicationId: room.actor.id,
        },
      ],
      select: ROOM_COLUMNS,
      skipDuplicates: true,
    });
    if (row !== undefined) return row;
  }
  throw new Error(`No free room slug was found in ${ATTEMPTS_MAX} attempts.`);
}
