import "server-only";

import { database } from "@/lib/db/client";
import type { Config } from "@/lib/env/config";
import { findRelyingParty } from "./passkeys/relying-party";
import type { OfferedFactors, OwnSecondFactors } from "./second-factor.types";

/** Returns what a member shows after the password. */
export async function getOwnSecondFactors(staffMemberId: string): Promise<OwnSecondFactors> {
  const member = await database().staffMember.findUniqueOrThrow({
    where: { id: staffMemberId },
    select: {
      secondFactorsResetAt: true,
      passkeys: {
        select: { id: true, name: true, createdAt: true, lastUsedAt: true },
        orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      },
      authenticatorApp: { select: { addedAt: true, lastUsedAt: true } },
      recoveryCodes: { select: { createdAt: true, usedAt: true } },
    },
  });
  const { passkeys, authenticatorApp, recoveryCodes, secondFactorsResetAt: resetAt } = member;
  const addedAt = authenticatorApp?.addedAt ?? null;
  const [oneCode] = recoveryCodes;
  const left = recoveryCodes.filter(({ usedAt }) => usedAt === null).length;
  return {
    passkeys,
    app: addedAt === null ? null : { addedAt, lastUsedAt: authenticatorApp?.lastUsedAt ?? null },
    recoveryCodes: oneCode === undefined ? null : { left, createdAt: oneCode.createdAt },
    resetAt,
  };
}

/** Returns what a member can be asked for after the password. Passkeys work under the host they were made for only. */
export async function getOfferedFactors(
  staffMemberId: string,
  config: Pick<Config, "publicUrl">,
): Promise<OfferedFactors> {
  const { passkeys, app } = await getOwnSecondFactors(staffMemberId);
  const hasPasskey = passkeys.length > 0 && findRelyingParty(config) !== undefined;
  return { hasPasskey, hasApp: app !== null };
}
