"use server";

import { staffAction } from "@/lib/actions/staff-action";
import { deleteRoomForStaff } from "@/lib/rooms/staff/delete-room-for-staff";
import { restoreRoom } from "@/lib/rooms/staff/restore-room";
import { revealRoomPin } from "@/lib/rooms/staff/reveal-room-pin";
import { roomIdSchema } from "@/lib/rooms/staff/staff-room.schema";

export const deleteRoomAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  run: (input, ctx) => deleteRoomForStaff(ctx, input),
});

export const restoreRoomAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  requiresFreshSignIn: true,
  run: (input, ctx) => restoreRoom(ctx, input),
});

export const revealRoomPinAction = staffAction({
  permission: "rooms:write",
  schema: roomIdSchema,
  run: (input, ctx) => revealRoomPin(ctx, input),
});
