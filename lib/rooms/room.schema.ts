import { z } from "zod";

export const ACCESS_LEVELS = ["public", "trusted", "restricted"] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

export const PUBLISH_SOURCES = ["camera", "microphone", "screen_share", "screen_share_audio"] as const;

export const ROOMS_PER_PAGE = 20;

/** Says "may not be null" where null was sent and `otherwise` for any other wrong value. */
function refusal(otherwise: string) {
  return (issue: { input?: unknown }) => (issue.input === null ? "This field may not be null." : otherwise);
}

/** A member that is sent as null is one that was left out, as in the API this one replaces. */
const publishSources = z
  .array(z.enum(PUBLISH_SOURCES, `Each must be one of: ${PUBLISH_SOURCES.join(", ")}.`), "Must be a list.")
  .transform((sources) => PUBLISH_SOURCES.filter((source) => sources.includes(source)))
  .nullish();

const configurationSchema = z
  .strictObject(
    { can_publish_sources: publishSources, everyone_can_mute: z.boolean("Must be true or false.").nullish() },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys" ? "Extra inputs are not permitted." : refusal("Must be an object.")(issue),
    },
  )
  .transform(withoutNulls);

/**
 * The body of `POST /api/external/rooms`. Everything is optional. `id`, `name`, `slug` and whatever else is sent are
 * ignored: the server chooses them.
 */
export const createRoomSchema = z.object({
  access_level: z.enum(ACCESS_LEVELS, { error: refusal(`Must be one of: ${ACCESS_LEVELS.join(", ")}.`) }).optional(),
  configuration: configurationSchema.optional(),
});

export type CreateRoom = z.output<typeof createRoomSchema>;
export type RoomConfiguration = z.output<typeof configurationSchema>;

/** The query of `GET /api/external/rooms`. What a page may be is for the list to say: a wrong one is not found. */
export const listRoomsQuery = z.object({ page: z.string().optional() });

export type ListRoomsQuery = z.output<typeof listRoomsQuery>;

function withoutNulls(value: { can_publish_sources?: string[] | null; everyone_can_mute?: boolean | null }) {
  const { can_publish_sources: sources, everyone_can_mute: everyoneCanMute } = value;
  return {
    ...(sources == null ? {} : { can_publish_sources: sources }),
    ...(everyoneCanMute == null ? {} : { everyone_can_mute: everyoneCanMute }),
  };
}
