import { z } from "zod";
import { emailField, grantedRoleField, ROOM_ROLES, roleField } from "@/lib/rooms/representation/room-field.schema";

/** The body of `POST /api/external/rooms/{id}/accesses`. */
export const createRoomAccessSchema = z
  .strictObject({ email: emailField, role: roleField })
  .meta({ id: "RoomAccessCreation", description: "Somebody who is to have a role in the room." });

/** The body of `PATCH /api/external/rooms/{id}/accesses/{accessId}`. */
export const updateRoomAccessSchema = z.strictObject({ role: roleField }).meta({ id: "RoomAccessChanges" });

export type UpdateRoomAccess = z.output<typeof updateRoomAccessSchema>;

/** The body of `POST /external-api/v1.0/rooms/{id}/grant-access/`, as La Suite Meet reads it: what else is sent is ignored. */
export const grantAccessSchema = z
  .object({ email: emailField, role: grantedRoleField })
  .meta({ id: "AccessGrant", description: "Somebody who is to administer the room, or to be a member of it." });

/** What it answers. */
export const grantedAccessRepresentation = z
  .strictObject({
    email: z.string(),
    role: z.enum(ROOM_ROLES).meta({ description: "What the person is now: an owner stays one." }),
    created: z.boolean().meta({ description: "Whether the person had no role in the room before." }),
    provisional_user_created: z.boolean().meta({ description: "Whether the person was unknown before." }),
  })
  .meta({ id: "GrantedAccess" });

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
