import { z } from "zod";
import { ACCESS_LEVELS, PUBLISH_SOURCES, ROOM_ROLES } from "./room-field.schema";

const moment = z.iso.datetime();

const telephony = z.strictObject({
  enabled: z.literal(true),
  phone_number: z.string().nullable(),
  pin_code: z.string().nullable().meta({ description: "Asked for after dialling. Secret to those who are invited." }),
  default_country: z.string().nullable(),
});

const basicMembers = {
  id: z.uuid(),
  name: z.string(),
  slug: z.string().meta({ description: "`xxx-xxxx-xxx` in lower-case letters, unlike that of any other room." }),
  access_level: z.enum(ACCESS_LEVELS),
  configuration: z.strictObject({
    can_publish_sources: z.array(z.enum(PUBLISH_SOURCES)).optional(),
    everyone_can_mute: z.boolean().optional(),
  }),
  url: z.url().meta({ description: "The join link." }),
  telephony: telephony.optional().meta({ description: "Absent when telephony is off." }),
};

/** A room as upstream represents it: these members and no others, because clients compare whole bodies. */
export const roomRepresentation = z.strictObject(basicMembers).meta({ id: "Room" });

/** A room with `?include=details`. */
export const roomDetailsRepresentation = z
  .strictObject({
    ...basicMembers,
    external_id: z.string().nullable().meta({ description: "Null for a room that another application made." }),
    expires_at: moment.nullable().meta({ description: "When the room closes, or closed." }),
    created_at: moment,
    updated_at: moment,
    role: z.enum(ROOM_ROLES).meta({ description: "Of the person acted for." }),
    attendees: z
      .array(z.string())
      .optional()
      .meta({ description: "Addresses of those who bypass the lobby. Absent for members." }),
  })
  .meta({ id: "RoomDetails" });

const rooms = z.array(z.union([roomRepresentation, roomDetailsRepresentation]));

/** A numbered page of rooms, by name. */
export const roomPageRepresentation = z
  .strictObject({
    count: z.int().min(0).meta({ description: "Of all pages together." }),
    next: z.url().nullable(),
    previous: z.url().nullable(),
    results: rooms,
  })
  .meta({ id: "RoomPage" });

/** A page of rooms by cursor, newest first. */
export const roomCursorPageRepresentation = z
  .strictObject({
    next: z
      .url()
      .nullable()
      .meta({ description: "The following page, also as `Link` with rel=next; null at the end." }),
    results: rooms,
  })
  .meta({ id: "RoomCursorPage" });

export type RoomRepresentation = z.output<typeof roomRepresentation>;
export type RoomDetailsRepresentation = z.output<typeof roomDetailsRepresentation>;
