import { z } from "zod";
import { type ListParamsOf, listParams, oneOf, textFilter } from "@/lib/list/list-params";
import { ACCESS_LEVELS } from "@/lib/rooms/representation/room.schema";
import { ROOM_STATES } from "./staff-room.types";

/** What the address of the list of rooms may say. */
export const roomList = listParams({
  sorts: { created: "desc", name: "asc" },
  defaultSort: "created",
  filters: {
    access: oneOf(ACCESS_LEVELS),
    state: oneOf(ROOM_STATES),
    /** The id of the application that made them. */
    application: textFilter(36)
      .pipe(z.union([z.uuid(), z.literal("")]))
      .catch(""),
  },
});

export type ListRoomsForStaffParams = ListParamsOf<typeof roomList>;

/** What each action on one room is sent. */
export const roomIdSchema = z.strictObject({ roomId: z.uuid("not_found") });
export type RoomId = z.output<typeof roomIdSchema>;
