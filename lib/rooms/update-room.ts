import "server-only";

import { isDeepStrictEqual } from "node:util";
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

type RoomUpdate = {
  roomId: string;
  changes: UpdateRoom;
  /** Whether `configuration` is the whole of it, in place of a merge patch. */
  replacesConfiguration?: boolean;
};

/**
 * Changes a room on behalf of an owner or administrator, and raises its version. Changes come one after the other: of
 * two with the same `ifMatch` the second finds another version. What changes nothing raises no version and leaves no
 * audit event.
 *
 * Throws AppError as `lockRoom` does; `invalid` as `createRoom` does; `external_id_not_yours` (forbidden) when another
 * application made the room; `external_id_taken` (conflict) when the name belongs to another room.
 */
export async function updateRoom(
  tx: Transaction,
  ctx: RoomContext & RoomPrecondition,
  { roomId, ...update }: RoomUpdate,
): Promise<RoomRow> {
  const { actor, ifMatch } = ctx;
  const before = await lockRoom(tx, roomId, actor, { operation: "update", ifMatch });
  const { attendees } = update.changes;
  const values = withoutEqual(before, chooseValues(ctx, before, update));
  const guests = attendees === undefined ? undefined : await replaceAttendees(tx, before.id, attendees ?? []);
  if (guests === undefined && Object.keys(values).length === 0) return before;
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

function chooseValues(
  { actor, now, config }: RoomContext,
  room: RoomRow,
  { changes, replacesConfiguration }: Omit<RoomUpdate, "roomId">,
): NewValues {
  const { name, access_level: accessLevel, configuration, external_id: externalId, expires_at: expiresAt } = changes;
  if (accessLevel !== undefined && accessLevel !== room.accessLevel) requireAccessLevelAllowed(accessLevel, config);
  requireFutureExpiry(expiresAt, now());
  if (externalId !== undefined && room.createdByApplicationId !== actor.id) {
    throw new AppError("forbidden", "external_id_not_yours");
  }
  const present = replacesConfiguration ? {} : (room.configuration as RoomConfiguration);
  return {
    ...(name === undefined ? {} : { name }),
    ...(accessLevel === undefined ? {} : { accessLevel }),
    ...(configuration === undefined ? {} : { configuration: mergeConfiguration(present, configuration) }),
    ...(externalId === undefined ? {} : { externalId, externalOwnerId: room.externalOwnerId ?? actor.personId }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

/** What of it is another value than the room has. */
function withoutEqual(room: RoomRow, values: NewValues): NewValues {
  const entries = Object.entries(values) as [keyof NewValues, unknown][];
  return Object.fromEntries(entries.filter(([name, value]) => !isDeepStrictEqual(value, room[name])));
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
