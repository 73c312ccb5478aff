import { z } from "zod";

/** What becomes of the rooms that a deleted application has created. */
export const ROOM_CHOICES = ["keep", "delete"] as const;
export type RoomChoice = (typeof ROOM_CHOICES)[number];

const details = {
  /** Messages are keys of the `errors` catalogue, so that both languages can say them. */
  rooms: z.enum(ROOM_CHOICES, "room_choice_required"),
  /** The application's name, typed. */
  confirmation: z.string().trim().max(255, "application_name_differs"),
};

/** What the form asks for. */
export const applicationDeletionSchema = z.strictObject(details);
export const deleteApplicationSchema = z.strictObject({ applicationId: z.uuid("not_found"), ...details });

export type DeleteApplication = z.output<typeof deleteApplicationSchema>;
