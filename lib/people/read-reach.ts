import "server-only";

import { database } from "@/lib/db/client";
import type { EmailAddress } from "@/lib/oauth/email-address";
import type { ReachFacts } from "@/lib/oauth/reach-rules";

/** What the database says of an address and of an application's lists about it. */
export type StoredReach = Pick<ReachFacts, "listing" | "hasAllowList" | "staff"> & {
  person: { id: string; isActive: boolean; canBeActedFor: boolean } | null;
};

type Row = {
  listing: "allow" | "deny" | null;
  hasAllowList: boolean;
  personId: string | null;
  isActive: boolean | null;
  canBeActedFor: boolean | null;
  canStaffBeActedFor: boolean | null;
};

/**
 * Reads what decides whether an application may act for the person behind an address, and writes nothing. One statement:
 * all of it must be true at the same moment.
 */
export async function readReach({ address }: EmailAddress, applicationId: string): Promise<StoredReach> {
  const [row] = await database().$queryRaw<Row[]>`
    SELECT
      l."effect"::text AS "listing",
      EXISTS (
        SELECT 1 FROM "application_person_rules" w
        WHERE w."application_id" = ${applicationId}::uuid AND w."effect" = 'allow'
      ) AS "hasAllowList",
      p."id" AS "personId",
      p."is_active" AS "isActive",
      p."can_be_acted_for" AS "canBeActedFor",
      m."can_be_acted_for" AS "canStaffBeActedFor"
    FROM (SELECT ${address}::text AS "email") asked
    LEFT JOIN "people" p ON p."email" = asked."email"
    LEFT JOIN "staff_members" m ON m."email" = asked."email"
    LEFT JOIN "application_person_rules" l
      ON l."application_id" = ${applicationId}::uuid AND l."email" = asked."email"`;
  if (row === undefined) throw new Error("A statement that always has one row had none.");
  const { listing, hasAllowList, canStaffBeActedFor, personId, isActive, canBeActedFor } = row;
  return {
    listing,
    hasAllowList,
    // Whatever the state of the account: who may open the portal is out of reach until an administrator says otherwise.
    staff: canStaffBeActedFor === null ? null : { canBeActedFor: canStaffBeActedFor },
    person:
      personId === null ? null : { id: personId, isActive: isActive === true, canBeActedFor: canBeActedFor === true },
  };
}
