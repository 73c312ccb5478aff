import "server-only";

import { lockApplication } from "@/lib/applications/lock-application";
import { changed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { inTransaction, type Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPES } from "@/lib/oauth/client/client-metadata";
import type { SetClientAuthentication } from "./client-authentication.schema";

/**
 * Changes how an application proves who it is, what it may exchange for a token, where it publishes its keys and how
 * long its tokens live. Keys come from one place: an address is refused while registered keys are live, and with
 * another address, or none, the keys that were found at the old one are revoked. An edit that changes nothing leaves no
 * audit event. Throws AppError `conflict` with the field `jwksUri`, and `not_found`.
 */
export async function setClientAuthentication(
  { actor, now }: VerbContext,
  { applicationId, grantTypes, methods, jwksUri, tokenTtlSeconds }: SetClientAuthentication,
): Promise<void> {
  await inTransaction(async (tx) => {
    await lockApplication(tx, applicationId);
    const { registeredKeys, ...before } = await readSettings(tx, applicationId);
    const changes = changed(before, { grantTypes, authenticationMethods: methods, jwksUri, tokenTtlSeconds });
    if (Object.keys(changes).length === 0) return;
    if (changes.jwksUri !== undefined) {
      if (jwksUri !== null && registeredKeys > 0) {
        throw new AppError("conflict", "invalid", { fieldErrors: { jwksUri: "keys_are_registered" } });
      }
      await tx.applicationKey.updateMany({
        where: { applicationId, source: "published", revokedAt: null },
        data: { revokedAt: now() },
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
      targetId: applicationId,
      changes,
    });
  });
}

/** The settings of an application that is locked, in the words of the audit log, and how many keys staff registered. */
async function readSettings(tx: Transaction, applicationId: string) {
  const { grantTypes, tokenEndpointAuthMethods, _count, ...settings } = await tx.application.findUniqueOrThrow({
    where: { id: applicationId },
    select: {
      grantTypes: true,
      tokenEndpointAuthMethods: true,
      jwksUri: true,
      tokenTtlSeconds: true,
      _count: { select: { keys: { where: { source: "registered", revokedAt: null } } } },
    },
  });
  return {
    ...settings,
    // In the order of the form: another one means nothing and is no change.
    grantTypes: GRANT_TYPES.filter((grant) => grantTypes.includes(grant)),
    authenticationMethods: CLIENT_AUTHENTICATION_METHODS.filter((method) => tokenEndpointAuthMethods.includes(method)),
    registeredKeys: _count.keys,
  };
}
