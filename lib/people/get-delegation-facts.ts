import "server-only";

import { database } from "@/lib/db/client";
import type { DelegationFacts } from "@/lib/oauth/delegation-rules";
import type { EmailAddress } from "@/lib/oauth/email-address";

/** What the database says of an address and of an application's lists about it. */
export type StoredDelegationFacts = Pick<DelegationFacts, "listing" | "hasAllowList" | "staff"> & {
  person: { id: string; isActive: boolean; isDelegationAllowed: boolean } | null;
};

type Row = {
  listing: "allow" | "deny" | null;
  hasAllowList: boolean;
  personId: string | null;
  isActive: boolean | null;
  isDelegationAllowed: boolean | null;
  isImpersonationAllowed: boolean | null;
};

/**
 * Reads what decides whether an application may act for the person behind an address, and writes nothing. One statement:
 * all of it must be true at the same moment.
 */
export async function getDelegationFacts(
  { address }: EmailAddress,
  applicationId: string,
): Promise<StoredDelegationFacts> {
  const [row] = await database().$queryRaw<Row[]>`
    SELECT
      l."effect"::text AS "listing",
      EXISTS (
        SELECT 1 FROM "application_person_rules" w
        WHERE w."application_id" = ${applicationId}::uuid AND w."effect" = 'allow'
      ) AS "hasAllowList",
      p."id" AS "personId",
      p."is_active" AS "isActive",
      p."is_delegation_allowed" AS "isDelegationAllowed",
      m."is_impersonation_allowed" AS "isImpersonationAllowed"
    FROM (SELECT ${address}::text AS "email") asked
    LEFT JOIN "people" p ON p."email" = asked."email"
    LEFT JOIN "staff_members" m ON m."email" = asked."email"
    LEFT JOIN "application_person_rules" l
      ON l."application_id" = ${applicationId}::uuid AND l."email" = asked."email"`;
  if (row === undefined) throw new Error("A statement that always has one row had none.");
  const { listing, hasAllowList, personId, isActive, isDelegationAllowed, isImpersonationAllowed } = row;
  return {
    listing,
    hasAllowList,
    // Whatever the state of the account: who may sign in to the portal is not acted for until an administrator says
    // otherwise.
    staff: isImpersonationAllowed === null ? null : { isImpersonationAllowed },
    person:
      personId === null
        ? null
        : { id: personId, isActive: isActive === true, isDelegationAllowed: isDelegationAllowed === true },
  };
}
