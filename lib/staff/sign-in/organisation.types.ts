import type { PortalReason } from "@/lib/errors/app-reason";

/** Why somebody whom the provider knows does not get in. */
const ORGANISATION_REFUSALS = [
  "organisation_email_unverified",
  "organisation_email_invalid",
  "organisation_email_taken",
  "organisation_role_missing",
  "organisation_member_inactive",
  "organisation_last_administrator",
] as const satisfies readonly PortalReason[];
export type OrganisationRefusal = (typeof ORGANISATION_REFUSALS)[number];

/** Why a sign-in through the provider ended without anybody known: what the sign-in page may be told by its address. */
export const ORGANISATION_PROBLEMS = [
  ...ORGANISATION_REFUSALS,
  "organisation_cancelled",
  "organisation_unreachable",
  "organisation_answer_refused",
  "organisation_flow_lost",
  "organisation_not_fresh",
  "organisation_other_member",
  "session_ended",
  "unexpected",
] as const satisfies readonly (PortalReason | "unexpected")[];
export type OrganisationProblem = (typeof ORGANISATION_PROBLEMS)[number];

/** Reads what the address of a page says; anybody can write there, so only what is known counts. */
export function toOrganisationProblem(value: unknown): OrganisationProblem | undefined {
  return ORGANISATION_PROBLEMS.find((problem) => problem === value);
}
