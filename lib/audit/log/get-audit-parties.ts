import "server-only";

import type { AuditTargetKind } from "@/lib/audit/audit-event";
import type { AuditAddress } from "./audit-log.schema";
import type { AuditParty, AuditPartyKind } from "./audit-log.types";
import { getAuditNames } from "./audit-names";

/** Who is named by an address as one part of events. One without an id is all of its kind. */
export type AuditParties = Record<"actor" | "target" | "person", AuditParty | null>;

/** Finds the names of whoever an address says acted, what it was about, and for whom it was. */
export async function getAuditParties({ actor, target, person }: AuditAddress): Promise<AuditParties> {
  const keys = [actor, target, person && `person:${person}`].map((text) => (text === undefined ? null : toKey(text)));
  const names = await getAuditNames(keys.flatMap((key) => (key !== null && isNamed(key) ? [key] : [])));
  const [actorParty = null, targetParty = null, personParty = null] = keys.map((key) => {
    const known = key !== null && isNamed(key) ? names(key.kind, key.id) : undefined;
    return key === null ? null : { ...key, name: known?.name ?? null, exists: known?.exists ?? false };
  });
  return { actor: actorParty, target: targetParty, person: personParty };
}

type Key = { kind: AuditPartyKind; id: string | null };

function toKey(text: string): Key {
  const [kind, id = null] = text.split(":");
  return { kind: (kind === "staff" ? "staff_member" : kind) as AuditPartyKind, id };
}

function isNamed(key: Key): key is { kind: AuditTargetKind; id: string } {
  return key.id !== null && key.kind !== "system" && key.kind !== "pick_up_link";
}
