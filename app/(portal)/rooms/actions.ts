"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { deleteRoomAsStaff } from "@/lib/rooms/delete-room-as-staff";
import { restoreRoom } from "@/lib/rooms/restore-room";
import { revealRoomPin } from "@/lib/rooms/reveal-room-pin";
import { roomIdSchema } from "@/lib/rooms/staff-room.schema";

export const deleteRoomAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  run: (input, { actor }) => deleteRoomAsStaff(input, actor),
});

export const restoreRoomAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  run: (input, { actor }) => restoreRoom(input, actor),
});

export const revealRoomPinAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  run: (input, { actor }) => revealRoomPin(input, actor),
});
