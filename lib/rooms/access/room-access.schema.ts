import { z } from "zod";
import { emailField, ROOM_ROLES, roleField } from "@/lib/rooms/representation/room-field.schema";

/** The body of `POST /api/external/rooms/{id}/accesses`. */
export const createRoomAccessSchema = z
  .strictObject({ email: emailField, role: roleField })
  .meta({ id: "RoomAccessCreation", description: "Somebody who is to have a role in the room." });

export type CreateRoomAccess = z.output<typeof createRoomAccessSchema>;

/** The body of `PATCH /api/external/rooms/{id}/accesses/{accessId}`. */
export const updateRoomAccessSchema = z.strictObject({ role: roleField }).meta({ id: "RoomAccessChanges" });

export type UpdateRoomAccess = z.output<typeof updateRoomAccessSchema>;

/** Somebody's role in a room. */
export const roomAccessRepresentation = z
  .strictObject({
    id: z.uuid(),
    email: z
      .string()
      .nullable()
      .meta({ description: "Null for an address of a domain that the application may not act for." }),
    role: z.enum(ROOM_ROLES),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "RoomAccess" });

/** Everybody who has a role in a room, in the order in which they got it. */
export const roomAccessListRepresentation = z
  .strictObject({ count: z.int().min(0), results: z.array(roomAccessRepresentation) })
  .meta({ id: "RoomAccessList" });

export type RoomAccessRepresentation = z.output<typeof roomAccessRepresentation>;
