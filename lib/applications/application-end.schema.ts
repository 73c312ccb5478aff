import { z } from "zod";

/** What becomes of the rooms that a deleted application has created. */
export const ROOM_FATES = ["keep", "delete"] as const;
export type RoomFate = (typeof ROOM_FATES)[number];

const details = {
  /** Messages are keys of the `errors` catalogue, so that both languages can say them. */
  rooms: z.enum(ROOM_FATES, "room_fate_required"),
  /** The application's name, typed. */
  confirmation: z.string().trim().max(255, "application_name_differs"),
};

/** What the form asks for. */
export const applicationDeletionSchema = z.strictObject(details);
export const deleteApplicationSchema = z.strictObject({ applicationId: z.uuid("not_found"), ...details });

export type ApplicationDeletionInput = z.input<typeof applicationDeletionSchema>;
export type ApplicationDeletionValues = z.output<typeof applicationDeletionSchema>;
export type DeleteApplication = z.output<typeof deleteApplicationSchema>;
