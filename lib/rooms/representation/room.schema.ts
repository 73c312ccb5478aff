import { z } from "zod";
import {
  accessesField,
  accessLevelField,
  attendeesField,
  configurationField,
  expiresAtField,
  externalIdField,
  nameField,
  withoutNulls,
} from "./room-field.schema";

export { ACCESS_LEVELS, type AccessLevel, type RoomConfiguration } from "./room-field.schema";

const basicFields = {
  access_level: accessLevelField.optional(),
  configuration: configurationField.transform(withoutNulls).optional(),
};

/**
 * The body of a creation as the API this one replaces knows it. Everything is optional. `id`, `name`, `slug` and
 * whatever else is sent are ignored: the server chooses them.
 */
export const createBasicRoomSchema = z.object(basicFields).meta({ id: "BasicRoomCreation" });

/** The body of `POST /api/external/rooms`. Everything is optional, null is as good as absent for what was added. */
export const createRoomSchema = z
  .object({
    ...basicFields,
    external_id: externalIdField.nullish(),
    expires_at: expiresAtField.nullish(),
    attendees: attendeesField.nullish(),
    accesses: accessesField.nullish(),
  })
  .meta({ id: "RoomCreation", description: "A room to be made. Members that are not listed are ignored." });

export type CreateRoom = z.output<typeof createRoomSchema>;

/**
 * The body of `PATCH /api/external/rooms/{id}`, a JSON merge patch (RFC 7396): what is absent stays, null removes, a
 * list replaces the list, and inside `configuration` the same holds for each member. Unknown members are refused, so
 * that a misspelt one does not pass for a change.
 */
export const updateRoomSchema = z
  .strictObject({
    name: nameField.optional(),
    access_level: accessLevelField.optional(),
    configuration: configurationField.optional(),
    external_id: externalIdField.nullish(),
    expires_at: expiresAtField.nullish(),
    attendees: attendeesField.nullish(),
  })
  .meta({ id: "RoomChanges", description: "A JSON merge patch: what is absent stays as it is, null removes." });

/**
 * The same as the API this one replaces knows it: `configuration` is the whole of the new one, and what else is sent is
 * ignored, as in a creation.
 */
export const updateBasicRoomSchema = z
  .object({ access_level: accessLevelField.optional(), configuration: configurationField.optional() })
  .meta({
    id: "BasicRoomChanges",
    description: "What is absent stays as it is; a configuration takes the place of the one there is.",
  });

export type UpdateRoom = z.output<typeof updateRoomSchema>;
