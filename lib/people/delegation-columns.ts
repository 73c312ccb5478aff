import "server-only";

import type { DelegationFacts } from "@/lib/oauth/delegation-rules";

/** What the database says of an address and of an application's lists about it. */
export type StoredDelegationFacts = Pick<DelegationFacts, "listing" | "hasAllowList" | "staff"> & {
  person: { id: string; isActive: boolean; isDelegationAllowed: boolean } | null;
};

/** A row of a statement that has `delegationColumns`. */
export type DelegationRow = {
  listing: "allow" | "deny" | null;
  hasAllowList: boolean;
  personId: string | null;
  isPersonActive: boolean | null;
  isDelegationAllowed: boolean | null;
  isImpersonationAllowed: boolean | null;
};

/**
 * The part of a statement that reads whether an application may act for the person behind an address. `email` and
 * `applicationId` are the SQL of what it is asked about. Each join finds one row at most. The list is no join: that would
 * read all of an application's list and compare the addresses.
 */
export function delegationColumns({ email, applicationId }: { email: string; applicationId: string }): {
  columns: string;
  joins: string;
} {
  return {
    columns: `
      (
        SELECT l."effect"::text FROM "application_person_rules" l
        WHERE l."application_id" = ${applicationId} AND l."email" = ${email}
      ) AS "listing",
      EXISTS (
        SELECT 1 FROM "application_person_rules" w WHERE w."application_id" = ${applicationId} AND w."effect" = 'allow'
      ) AS "hasAllowList",
      p."id" AS "personId",
      p."is_active" AS "isPersonActive",
      p."is_delegation_allowed" AS "isDelegationAllowed",
      m."is_impersonation_allowed" AS "isImpersonationAllowed"`,
    joins: `
    LEFT JOIN "people" p ON p."email" = ${email}
    LEFT JOIN "staff_members" m ON m."email" = ${email}`,
  };
}

/** What such a row says. */
export function toDelegationFacts(row: DelegationRow): StoredDelegationFacts {
  const { listing, hasAllowList, personId, isPersonActive, isDelegationAllowed, isImpersonationAllowed } = row;
  return {
    listing,
    hasAllowList,
    // Whatever the state of the account: who may sign in to the portal is not acted for until an administrator says
    // otherwise.
    staff: isImpersonationAllowed === null ? null : { isImpersonationAllowed },
    person:
      personId === null
        ? null
        : { id: personId, isActive: isPersonActive === true, isDelegationAllowed: isDelegationAllowed === true },
  };
}
