import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import type { StaffActor } from "@/lib/audit/actor";
import type { AuditChange, AuditChanges, AuditValue } from "@/lib/audit/audit-event";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { SetClientAuthentication } from "./client-authentication.schema";

const FIELDS = ["grantTypes", "authenticationMethods", "jwksUri", "tokenTtlSeconds"] as const;
type Settings = Record<(typeof FIELDS)[number], AuditValue> & { jwksUri: string | null };

/**
 * Changes how an application proves who it is, what it may exchange for a token, where it publishes its keys and how
 * long its tokens live. Keys come from one place: an address is refused while registered keys are live, and with another
 * address, or none, the keys that were found at the old one end. An edit that changes nothing leaves no audit event.
 * Throws AppError `conflict` with the field `jwksUri`, and `not_found`.
 */
export async function setClientAuthentication(
  input: SetClientAuthentication,
  actor: StaffActor,
  now: () => Date = () => new Date(),
): Promise<void> {
  const { applicationId, grantTypes, methods, jwksUri, tokenTtlSeconds } = input;
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const { registeredKeys, ...before } = await readSettings(tx, applicationId);
    const after: Settings = { grantTypes, authenticationMethods: methods, jwksUri, tokenTtlSeconds };
    const changes = compare(before, after);
    if (Object.keys(changes).length === 0) return;
    if (changes.jwksUri !== undefined) {
      if (jwksUri !== null && registeredKeys > 0) {
        throw new AppError("conflict", "invalid", { fieldErrors: { jwksUri: "keys_are_registered" } });
      }
      await tx.applicationKey.updateMany({
        where: { applicationId, source: "published", endedAt: null },
        data: { endedAt: now() },
      });
    }
    await tx.application.update({
      where: { id: applicationId },
      data: {
        grantTypes,
        tokenEndpointAuthMethods: methods,
        jwksUri,
        tokenTtlSeconds,
        ...(changes.jwksUri === undefined ? {} : { jwksFetchedAt: null }),
      },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "application.authentication_changed",
      targetKind: "application",
      targetId: applicationId,
      changes,
    });
  });
}

async function readSettings(tx: Transaction, applicationId: string): Promise<Settings & { registeredKeys: number }> {
  const row = await tx.application.findUnique({
    where: { id: applicationId },
    select: {
      grantTypes: true,
      tokenEndpointAuthMethods: true,
      jwksUri: true,
      tokenTtlSeconds: true,
      _count: { select: { keys: { where: { source: "registered", endedAt: null } } } },
    },
  });
  if (row === null) throw new AppError("not_found", "not_found");
  const { tokenEndpointAuthMethods: authenticationMethods, _count, ...settings } = row;
  return { ...settings, authenticationMethods, registeredKeys: _count.keys };
}

function compare(before: Settings, after: Settings): AuditChanges<"application.authentication_changed"> {
  const changes: { [Field in (typeof FIELDS)[number]]?: AuditChange } = {};
  for (const field of FIELDS) {
    if (comparable(before[field]) !== comparable(after[field])) {
      changes[field] = { before: before[field], after: after[field] };
    }
  }
  return changes;
}

/** Lists are sets here: their order means nothing. */
function comparable(value: AuditValue): string {
  return JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
}
