import { z } from "zod";
import { parseEmailAddress } from "@/lib/oauth/email-address";
import { FORGING, looksEmpty } from "@/lib/text";
import { isMoment, MOMENT_MAX, MOMENT_MIN } from "@/lib/time";

export const ACCESS_LEVELS = ["public", "trusted", "restricted"] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

export const PUBLISH_SOURCES = ["camera", "microphone", "screen_share", "screen_share_audio"] as const;

export const ROOM_ROLES = ["owner", "administrator", "member"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

export const ATTENDEES_MAX = 500;

const NULL_REFUSED = "This field may not be null.";

/** Says "may not be null" where null was sent and `otherwise` for any other wrong value. */
function refusal(otherwise: string) {
  return { error: (issue: { input?: unknown }) => (issue.input === null ? NULL_REFUSED : otherwise) };
}

/**
 * Text that the database keeps as it was sent: nothing that forges, no halves of surrogate pairs, and something in it
 * that can be seen.
 */
function plainText(charactersMax: number) {
  const expected = `Must be visible text of 1 to ${charactersMax} characters without control characters.`;
  const plain = new RegExp(`^[^${FORGING}\\p{Cs}]{1,${charactersMax}}$`, "u");
  return z
    .string(refusal(expected))
    .regex(plain, expected)
    .refine((text) => !looksEmpty(text), expected);
}

/** A date and time with its offset from UTC (RFC 3339 §5.6), which may lead beyond the years that it can write. */
function timestamp() {
  const expected =
    "Must be an RFC 3339 date and time with an offset, such as 2026-11-24T09:30:00Z, " +
    `between ${MOMENT_MIN} and ${MOMENT_MAX}.`;
  return z.iso
    .datetime({ ...refusal(expected), offset: true })
    .transform((text) => new Date(text))
    .refine(isMoment, expected);
}

export const accessLevelField = z
  .enum(ACCESS_LEVELS, refusal(`Must be one of: ${ACCESS_LEVELS.join(", ")}.`))
  .meta({ description: "Who may join without waiting: anybody, whoever is signed in, or invited people only." });

export const nameField = plainText(255).meta({
  description: "What the room is called. A new room is called by its slug.",
});

export const externalIdField = plainText(255).meta({
  description:
    "Your own name for the room, such as the id of a calendar event. Among the rooms that your application made for " +
    "one person it is unique until the room is deleted.",
});

export const expiresAtField = timestamp().meta({
  description: "When the room closes: from then on nobody can join. Must be in the future.",
});

export const updatedSinceField = timestamp().meta({
  description: "Only rooms that were changed at that time or later. RFC 3339, the `+` of an offset encoded.",
});

const addressField = z.string(refusal("Must be an e-mail address.")).transform((text, context) => {
  // White space around it is what copying leaves.
  const email = parseEmailAddress(text.trim());
  if (email !== undefined) return email;
  context.addIssue({ code: "custom", message: "Must be an e-mail address." });
  return z.NEVER;
});

export const emailField = addressField.meta({
  description: "An e-mail address of a domain that the application may act for.",
  format: "email",
});

export const attendeesField = z
  .array(
    addressField.meta({ description: "An e-mail address of any domain.", format: "email" }),
    refusal("Must be a list."),
  )
  .max(ATTENDEES_MAX, `Must hold at most ${ATTENDEES_MAX} addresses.`)
  .transform((emails) => [...new Map(emails.map((email) => [email.address, email])).values()])
  .meta({ description: "Guests who bypass the lobby. They have no role in the room and need no account." });

export const roleField = z
  .enum(ROOM_ROLES, refusal(`Must be one of: ${ROOM_ROLES.join(", ")}.`))
  .meta({ description: "An owner may do everything, an administrator may change the room, a member may see it." });

/** Beyond that, people are added to the room that is there. */
const FIRST_ACCESSES_MAX = 50;

export const accessesField = z
  .array(z.strictObject({ email: emailField, role: roleField.default("administrator") }), refusal("Must be a list."))
  .max(FIRST_ACCESSES_MAX, `Must hold at most ${FIRST_ACCESSES_MAX} people.`)
  .refine(
    (accesses) => new Set(accesses.map(({ email }) => email.address)).size === accesses.length,
    "Must name everybody once.",
  )
  .meta({ description: "Who has a role in the room from the beginning, beside its owner." });

const GRANTED_ROLES = ["administrator", "member"] as const;

export const grantedRoleField = z
  .enum(GRANTED_ROLES, refusal(`Must be one of: ${GRANTED_ROLES.join(", ")}.`))
  .default("administrator")
  .meta({ description: "Owners stay owners, whichever is asked for." });

/** More than there are: whoever repeats one is understood. */
const PUBLISH_SOURCES_MAX = 16;

const publishSourcesField = z
  .array(z.enum(PUBLISH_SOURCES, `Each must be one of: ${PUBLISH_SOURCES.join(", ")}.`), "Must be a list.")
  .max(PUBLISH_SOURCES_MAX, `Must hold at most ${PUBLISH_SOURCES_MAX} sources.`)
  .transform((sources) => PUBLISH_SOURCES.filter((source) => sources.includes(source)))
  .nullish()
  .meta({ description: "What participants may publish." });

/** How a meeting in the room behaves. A member that is null is one that was left out. */
export const configurationField = z
  .strictObject(
    {
      can_publish_sources: publishSourcesField,
      everyone_can_mute: z
        .boolean("Must be true or false.")
        .nullish()
        .meta({ description: "Whether every participant may mute others." }),
    },
    {
      error: (issue) =>
        issue.code === "unrecognized_keys"
          ? "Extra inputs are not permitted."
          : refusal("Must be an object.").error(issue),
    },
  )
  .meta({ description: "How a meeting in the room behaves." });

export type RoomConfiguration = { can_publish_sources?: string[]; everyone_can_mute?: boolean };

/** The configuration with the members that are null left out. */
export function withoutNulls(configuration: z.output<typeof configurationField>): RoomConfiguration {
  const { can_publish_sources: sources, everyone_can_mute: everyoneCanMute } = configuration;
  return {
    ...(sources == null ? {} : { can_publish_sources: sources }),
    ...(everyoneCanMute == null ? {} : { everyone_can_mute: everyoneCanMute }),
  };
}

/** The configuration with a merge patch applied (RFC 7396 §2): what is absent stays, null removes. */
export function mergeConfiguration(
  present: RoomConfiguration,
  patch: z.output<typeof configurationField>,
): RoomConfiguration {
  return withoutNulls({ ...present, ...patch } as z.output<typeof configurationField>);
}
