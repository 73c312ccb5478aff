import "server-only";

import { FAILURES_OF_OURS } from "@/lib/activity/call-result.types";
import { type OutcomesOfCause, outcomesOfCause } from "@/lib/activity/refusal-causes";
import { Prisma } from "@/lib/db/generated/client";
import type { ActivityScope } from "./activity-log.types";

export type ActivityConditions = {
  /** What an index of a partition answers in the order of the log. */
  indexed: Prisma.Sql[];
  /** What has to be looked at row by row. */
  rest: Prisma.Sql[];
};

/** Builds the conditions of a scope for rows of `activity`, the time apart. */
export function toConditions({
  application,
  person,
  credential,
  outcome,
  status,
  cause,
}: ActivityScope): ActivityConditions {
  const applicationId = application?.id ?? credential?.applicationId;
  const ofApplication = applicationId === undefined ? [] : [Prisma.sql`"application_id" = ${applicationId}::uuid`];
  const ofPerson = person === undefined ? [] : [Prisma.sql`"person_id" = ${person.id}::uuid`];
  const isRefused = cause !== undefined || outcome === "refused" || outcome === "failed";
  const refusal = isRefused ? [Prisma.sql`"reason" IS NOT NULL`] : [];
  const rest = [
    // What nobody has proved was done for nobody, and by no secret.
    ...(person === undefined && credential === undefined ? [] : [Prisma.sql`"is_proven"`]),
    ...(credential === undefined ? [] : [Prisma.sql`"credential_id" = ${credential.id}::uuid`]),
    ...(status === undefined ? [] : [Prisma.sql`"status" = ${status}`]),
    ...(outcome === undefined ? [] : [OUTCOMES[outcome]]),
    ...(cause === undefined ? [] : [toCauseCondition(outcomesOfCause(cause))]),
  ];
  // A person's rows are few; with two conditions an index answers one, and might read all rows of the other.
  return person === undefined
    ? { indexed: [...ofApplication, ...refusal], rest }
    : { indexed: ofPerson, rest: [...ofApplication, ...refusal, ...rest] };
}

const IS_OURS = Prisma.sql`"reason" = ANY(${[...FAILURES_OF_OURS]}::text[])`;
const OUTCOMES = {
  answered: Prisma.sql`"reason" IS NULL`,
  refused: Prisma.sql`("reason" IS NOT NULL AND NOT ${IS_OURS})`,
  failed: IS_OURS,
} as const;

function toCauseCondition({ reasons, ofRooms, ofOthers, isOther }: OutcomesOfCause): Prisma.Sql {
  const among = Prisma.sql`("reason" = ANY(${reasons}::text[])
    OR ("kind" = 'rooms' AND "reason" = ANY(${ofRooms}::text[]))
    OR ("kind" <> 'rooms' AND "reason" = ANY(${ofOthers}::text[])))`;
  return isOther ? Prisma.sql`NOT ${among}` : among;
}
