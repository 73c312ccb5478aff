import "server-only";

import type { Transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { StaffRole } from "@/lib/permissions";

export type LockedMember = {
  id: string;
  email: string;
  role: StaffRole;
  isActive: boolean;
  joinedAt: Date | null;
  /** Signs in through an identity provider. */
  isExternal: boolean;
  /** Nobody else could let staff in. */
  isLastAdministrator: boolean;
};

/**
 * Keeps other writers of the member waiting until the transaction ends, and all who want to take an administrator away:
 * what is true of the last one stays true. Administrators are locked first and in one order, so that two transactions
 * never wait for each other. Who only refers to a member goes on, unless the caller is about to delete them
 * (`isDeleted`): that needs a stronger lock, and to take it after the weaker one is how two transactions deadlock.
 * Throws AppError `not_found`.
 */
export async function lockStaffMember(
  tx: Pick<Transaction, "$queryRaw" | "staffMember">,
  staffId: string,
  { isDeleted = false }: { isDeleted?: boolean } = {},
): Promise<LockedMember> {
  const administrators = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM staff_members WHERE role = 'administrator' AND is_active ORDER BY id FOR NO KEY UPDATE`;
  if (isDeleted) await tx.$queryRaw`SELECT id FROM staff_members WHERE id = ${staffId}::uuid FOR UPDATE`;
  else await lockStaffMemberOnly(tx, staffId);
  const member = await tx.staffMember.findUnique({
    where: { id: staffId },
    select: {
      id: true,
      email: true,
      role: true,
      isActive: true,
      joinedAt: true,
      _count: { select: { identities: true } },
    },
  });
  if (member === null) throw new AppError("not_found", "not_found");
  const { _count, ...rest } = member;
  const isAdministrator = administrators.some(({ id }) => id === staffId);
  return {
    ...rest,
    isExternal: _count.identities > 0,
    isLastAdministrator: isAdministrator && administrators.length === 1,
  };
}

/**
 * Keeps other writers of the member waiting until the transaction ends, without the other administrators: for what takes
 * nobody's place away. Whoever writes to the sessions or links of a member locks the member first, by this or by
 * `lockStaffMember`: in the other order two of them can wait for each other.
 */
export async function lockStaffMemberOnly(tx: Pick<Transaction, "$queryRaw">, staffId: string): Promise<void> {
  await tx.$queryRaw`SELECT id FROM staff_members WHERE id = ${staffId}::uuid FOR NO KEY UPDATE`;
}

/** Throws AppError `conflict` / `own_account`: what takes rights away is done by somebody else, who then still has theirs. */
export function refuseOwnAccount(staffId: string, actor: { id: string }): void {
  if (staffId === actor.id) throw new AppError("conflict", "own_account");
}
