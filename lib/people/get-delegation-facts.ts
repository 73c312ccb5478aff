import "server-only";

import { database } from "@/lib/db/client";
import type { Statement } from "@/lib/db/statement";
import type { EmailAddress } from "@/lib/oauth/email-address";
import {
  type DelegationRow,
  delegationColumns,
  type StoredDelegationFacts,
  toDelegationFacts,
} from "./delegation-columns";

const { columns, joins } = delegationColumns({ email: `asked."email"`, applicationId: `asked."application_id"` });

const STATEMENT: Statement = {
  name: "delegation_facts",
  text: `SELECT ${columns} FROM (SELECT $1::text AS "email", $2::uuid AS "application_id") asked ${joins}`,
};

/**
 * Reads what decides whether an application may act for the person behind an address, and writes nothing. One statement:
 * all of it must be true at the same moment.
 */
export async function getDelegationFacts(
  { address }: EmailAddress,
  applicationId: string,
): Promise<StoredDelegationFacts> {
  const [row] = await database().runStatement<DelegationRow>(STATEMENT, [address, applicationId]);
  if (row === undefined) throw new Error("A statement that always has one row had none.");
  return toDelegationFacts(row);
}
