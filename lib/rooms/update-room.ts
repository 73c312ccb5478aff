import "server-only";

import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { Transaction } from "@/lib/db/client";
import { isUniqueViolation } from "@/lib/db/constraint-violation";
import { AppError } from "@/lib/errors/app-error";
import { lockRoom } from "./lock-room";
import { replaceAttendees } from "./replace-attendees";
import type { RoomConfiguration, UpdateRoom } from "./representation/room.schema";
import { mergeConfiguration } from "./representation/room-field.schema";
import { ROOM_COLUMNS, type RoomRow } from "./representation/room-row";
import type { RoomContext, RoomPrecondition } from "./room-context";
import { requireAccessLevelAllowed, requireFutureExpiry } from "./room-settings";

type NewValues = Partial<
  Pick<RoomRow, "name" | "accessLevel" | "externalId" | "externalOwnerId" | "expiresAt"> & {
    configuration: RoomConfiguration;
  }
>;

/**
 * Changes a room on behalf of an owner or administrator, and raises its version. Changes come one after the other: of two
 * with the same `ifMatch` the second finds another version.
 *
 * Throws AppError as `lockRoom` does; `invalid` as `createRoom` does; `external_id_not_yours` (forbidden) when another
 * application made the room; `external_id_taken` (conflict) when the name belongs to another room.
 */
export async function updateRoom(
  tx: Transaction,
  ctx: RoomContext & RoomPrecondition,
  { roomId, changes }: { roomId: string; changes: UpdateRoom },
): Promise<RoomRow> {
  const { actor, ifMatch } = ctx;
  const before = await lockRoom(tx, roomId, actor, { operation: "update", ifMatch });
  const values = chooseValues(ctx, before, changes);
  const guests =
    changes.attendees === undefined ? undefined : await replaceAttendees(tx, before.id, changes.attendees ?? []);
  const after = await writeValues(tx, before.id, values);
  await recordAuditEvent(tx, actor, {
    action: "room.updated",
    targetId: after.id,
    changes: {
      ...changed(auditValues(before), auditValues(after)),
      ...(guests === undefined ? {} : { attendeeCount: guests }),
    },
  });
  return after;
}

function chooseValues({ actor, now, config }: RoomContext, room: RoomRow, changes: UpdateRoom): NewValues {
  const { name, access_level: accessLevel, configuration, external_id: externalId, expires_at: expiresAt } = changes;
  if (accessLevel !== undefined && accessLevel !== room.accessLevel) requireAccessLevelAllowed(accessLevel, config);
  requireFutureExpiry(expiresAt, now());
  if (externalId !== undefined && room.createdByApplicationId !== actor.id) {
    throw new AppError("forbidden", "external_id_not_yours");
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(accessLevel === undefined ? {} : { accessLevel }),
    ...(configuration === undefined
      ? {}
      : { configuration: mergeConfiguration(room.configuration as RoomConfiguration, configuration) }),
    ...(externalId === undefined ? {} : { externalId, externalOwnerId: room.externalOwnerId ?? actor.personId }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

async function writeValues(tx: Transaction, id: string, values: NewValues): Promise<RoomRow> {
  try {
    return await tx.room.update({
      where: { id },
      data: { ...values, version: { increment: 1 } },
      select: ROOM_COLUMNS,
    });
  } catch (error) {
    // Nothing else that an update can change is unique.
    if (isUniqueViolation(error)) throw new AppError("conflict", "external_id_taken", { cause: error });
    throw error;
  }
}

function auditValues({ name, accessLevel, externalId, expiresAt, ...room }: RoomRow) {
  const configuration = room.configuration as RoomConfiguration;
  return {
    name,
    accessLevel,
    canPublishSources: configuration.can_publish_sources ?? null,
    everyoneCanMute: configuration.everyone_can_mute ?? null,
    externalId,
    expiresAt,
  };
}
