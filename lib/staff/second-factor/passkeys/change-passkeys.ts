import "server-only";

import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type VerifiedRegistrationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { changed, created, removed } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import { database, inTransaction } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { lockStaffMemberOnly } from "@/lib/staff/lock-staff-member";
import type { AddedFactor } from "@/lib/staff/second-factor/second-factor.types";
import { afterRemoving, beforeAdding, refuseOrganisation } from "@/lib/staff/second-factor/second-factor-rules";
import type { SessionContext } from "@/lib/staff/sessions/staff-session.types";
import type { AddPasskey, RenamePasskey } from "./passkey.schema";
import { makeChallenge, PASSKEY_CHALLENGE_MINUTES, type PasskeyQuestion, takeChallenge } from "./passkey-challenge";
import { findRelyingParty, type RelyingParty } from "./relying-party";

export const PASSKEYS_MAX = 20;
/** COSE: Ed25519, ES256 and RS256, which is what passkeys and security keys sign with. */
const ALGORITHMS = [-8, -7, -257];

/**
 * Returns what a browser needs to make a passkey for the actor. Throws AppError `conflict` / `second_factor_external`,
 * and `passkeys_need_name` where PUBLIC_URL has an address in place of a name.
 */
export async function offerPasskey(ctx: SessionContext): Promise<PublicKeyCredentialCreationOptionsJSON> {
  refuseOrganisation(ctx);
  const { session, config, now } = ctx;
  const { id, email, name } = session.staff;
  const party = requireRelyingParty(config);
  const known = await database().staffPasskey.findMany({
    where: { staffMemberId: id },
    select: { credentialId: true, transports: true },
  });
  const challenge = await makeChallenge({ purpose: "registration", sessionId: session.sessionId }, now());
  return generateRegistrationOptions({
    rpName: "Vestibule",
    rpID: party.id,
    userName: email,
    userDisplayName: name,
    // The id of the row and nothing that says who it is: passkeys show it to whoever holds them.
    userID: new Uint8Array(Buffer.from(id.replaceAll("-", ""), "hex")),
    challenge: new Uint8Array(Buffer.from(challenge, "base64url")),
    timeout: PASSKEY_CHALLENGE_MINUTES * 60_000,
    attestationType: "none",
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/**
 * Adds the passkey that a browser has made for what `offerPasskey` has asked in this session, once. Throws AppError
 * `invalid` / `passkey_refused` for any other answer, `conflict` / `passkey_taken` for one that somebody has already,
 * `passkeys_too_many` beyond twenty, and what `offerPasskey` and `beforeAdding` throw.
 */
export async function addPasskey(ctx: SessionContext, { name, registration }: AddPasskey): Promise<AddedFactor> {
  refuseOrganisation(ctx);
  const { actor, config, now, session } = ctx;
  const party = requireRelyingParty(config);
  const question = { purpose: "registration", sessionId: session.sessionId } as const;
  const credential = await verifyRegistration(party, registration, question, now());
  if (credential === undefined) throw new AppError("invalid", "passkey_refused");
  const { id: staffMemberId } = actor;
  return inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, staffMemberId);
    if ((await tx.staffPasskey.count({ where: { staffMemberId } })) >= PASSKEYS_MAX) {
      throw new AppError("conflict", "passkeys_too_many");
    }
    const added = await beforeAdding(tx, ctx);
    const { count } = await tx.staffPasskey.createMany({
      data: [
        {
          staffMemberId,
          credentialId: credential.id,
          publicKey: Buffer.from(credential.publicKey).toString("base64url"),
          counter: credential.counter,
          transports: registration.response.transports ?? [],
          name,
          createdAt: now(),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) throw new AppError("conflict", "passkey_taken");
    await recordAuditEvent(tx, actor, {
      action: "staff.passkey_added",
      targetId: staffMemberId,
      changes: created({ passkeyName: name }),
    });
    return added;
  });
}

/** Calls a passkey of the actor something else. Throws AppError `not_found`. */
export async function renamePasskey({ actor }: SessionContext, { passkeyId, name }: RenamePasskey): Promise<void> {
  await inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, actor.id);
    const where = { id: passkeyId, staffMemberId: actor.id };
    const passkey = await tx.staffPasskey.findUnique({ where, select: { name: true } });
    if (passkey === null) throw new AppError("not_found", "not_found");
    if (passkey.name === name) return;
    await tx.staffPasskey.update({ where, data: { name }, select: { id: true } });
    await recordAuditEvent(tx, actor, {
      action: "staff.passkey_renamed",
      targetId: actor.id,
      changes: changed({ passkeyName: passkey.name }, { passkeyName: name }),
    });
  });
}

/**
 * Removes a passkey of the actor. Throws AppError `not_found`, and `conflict` / `second_factor_last` when it was the last
 * second factor and the portal requires one.
 */
export async function removePasskey(ctx: SessionContext, passkeyId: string): Promise<void> {
  const { actor } = ctx;
  await inTransaction(async (tx) => {
    await lockStaffMemberOnly(tx, actor.id);
    const where = { id: passkeyId, staffMemberId: actor.id };
    const passkey = await tx.staffPasskey.findUnique({ where, select: { name: true } });
    if (passkey === null) throw new AppError("not_found", "not_found");
    await tx.staffPasskey.delete({ where, select: { id: true } });
    await afterRemoving(tx, ctx);
    await recordAuditEvent(tx, actor, {
      action: "staff.passkey_removed",
      targetId: actor.id,
      changes: removed({ passkeyName: passkey.name }),
    });
  });
}

type NewCredential = NonNullable<VerifiedRegistrationResponse["registrationInfo"]>["credential"];

async function verifyRegistration(
  party: RelyingParty,
  registration: AddPasskey["registration"],
  question: PasskeyQuestion,
  now: Date,
): Promise<NewCredential | undefined> {
  try {
    const { response, ...rest } = registration;
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        ...rest,
        response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: (challenge) => takeChallenge(question, { challenge, now }),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return registrationInfo?.credential;
  } catch {
    // The library throws for whatever does not fit; why is of no use to anybody but who forges.
    return undefined;
  }
}

function requireRelyingParty(config: Pick<Config, "publicUrl">): RelyingParty {
  const party = findRelyingParty(config);
  if (party === undefined) throw new AppError("conflict", "passkeys_need_name");
  return party;
}
