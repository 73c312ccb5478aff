import { z } from "zod";
import { accessLevelField, externalIdField, updatedSinceField } from "@/lib/rooms/representation/room-field.schema";

export const ROOMS_PER_PAGE = 20;
export const ROOMS_PER_PAGE_MAX = 100;

const SLUG = /^[a-z]{3}-[a-z]{4}-[a-z]{3}$/;

/** A query is text; what it says is a number, and generated clients should take one. */
const WHOLE_NUMBER = { type: "integer", minimum: 1 } as const;

const COUNT_EXPECTED = "Must be a whole number from 1.";

/** How many at once. More than the most there can be is as good as that. */
const countField = z
  .string()
  .regex(/^[1-9]\d*$/, COUNT_EXPECTED)
  .transform((text) => Math.min(Number(text), ROOMS_PER_PAGE_MAX));

const includeField = z
  .enum(["details"], "Must be: details.")
  .meta({ description: "`details` adds what upstream's representation of a room lacks." });

/** The query of requests about one room. */
export const roomQuery = z.strictObject({ include: includeField.optional() });

/** Which of a person's rooms. */
const filterFields = {
  external_id: externalIdField.optional(),
  slug: z
    .string()
    .regex(SLUG, "Must be a room slug.")
    .optional()
    .meta({ description: "Only the room with this slug." }),
  url: z.string().max(2048, "Must be a join link.").optional().meta({
    description: "Only the room that this join link leads to. Its query and fragment do not matter.",
  }),
  created_by: z
    .enum(["me"], "Must be: me.")
    .optional()
    .meta({ description: "`me`: only rooms that your application made." }),
  updated_since: updatedSinceField.optional(),
  access_level: accessLevelField.optional(),
  include: includeField.optional(),
};

/**
 * The query of `GET /api/external/rooms`. `limit` or `cursor` asks for pages by cursor, newest first; without both the
 * list has numbered pages by name, as upstream's. What a page number may be is for the list to say: a wrong one is not
 * found. Unknown parameters are refused: a misspelt filter must not list everything.
 */
export const listRoomsQuery = z
  .strictObject({
    page: z
      .string()
      .optional()
      .meta({ ...WHOLE_NUMBER, description: "Number of the page, from 1." }),
    page_size: countField
      .optional()
      .meta({ ...WHOLE_NUMBER, description: "Rooms on a numbered page, at most 100; 20 when absent." }),
    limit: countField
      .optional()
      .meta({ ...WHOLE_NUMBER, description: "Rooms on a page by cursor, at most 100; 20 when absent." }),
    cursor: z
      .string()
      .regex(/^[A-Za-z0-9_-]{40}$/, "Must be a cursor of this list.")
      .optional()
      .meta({ description: "Where to go on, from `next`. Empty of meaning to you, bound to the other parameters." }),
    ...filterFields,
  })
  .superRefine((query, context) => {
    if (query.limit === undefined && query.cursor === undefined) return;
    for (const field of ["page", "page_size"] as const) {
      if (query[field] === undefined) continue;
      context.addIssue({ code: "custom", path: [field], message: "Cannot be combined with limit or cursor." });
    }
  });

export type ListRoomsQuery = z.output<typeof listRoomsQuery>;

/** What no room is called. */
const NO_SLUG = "-";

/**
 * The query of the list as the API this one replaces knows it: whatever else is sent is ignored, an empty value is
 * none, and a slug that cannot be finds nothing.
 */
export const listBasicRoomsQuery = z.object({
  page: z
    .string()
    .transform((text) => (text === "" ? undefined : text))
    .optional()
    .meta({ ...WHOLE_NUMBER, description: "Number of the page, from 1." }),
  slug: z
    .string()
    .transform((text) => (text === "" ? undefined : SLUG.test(text) ? text : NO_SLUG))
    .optional()
    .meta({ description: "Only the room with exactly this slug." }),
});
