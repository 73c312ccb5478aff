import "server-only";

import { type AuditAddress, type AuditFilter, toAuditFilter } from "./audit-log.schema";
import { toInvolved } from "./involved";
import { type InvolvedChoice, type InvolvedParty, resolveInvolved } from "./resolve-involved";

/** What an address of the log stands for. */
export type AuditView = {
  /** The address as links say it: whoever is involved by kind and id. */
  address: AuditAddress;
  filter: AuditFilter;
  involved: InvolvedParty | undefined;
  /** Those that a text may mean, which involves nobody until one of them is chosen. */
  choices: InvolvedChoice[] | undefined;
};

/** Finds out whom an address speaks of and which days, for a reader in `zone`. */
export async function getAuditView(asked: AuditAddress, clock: { now: Date; zone: string }): Promise<AuditView> {
  if (asked.involving === undefined) {
    return { address: asked, filter: toAuditFilter(asked, clock), involved: undefined, choices: undefined };
  }
  const { party, choices } = await resolveInvolved(asked.involving);
  const address = party === undefined ? asked : { ...asked, involving: toInvolved(party) };
  return { address, filter: toAuditFilter(address, clock), involved: party, choices };
}
