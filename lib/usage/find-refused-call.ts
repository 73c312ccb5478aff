import "server-only";

import { database } from "@/lib/db/client";
import { CALL_KINDS, type RefusedCall } from "./usage.types";

/**
 * Finds the call that was refused under this request id, as an application's developers read it in `X-Request-Id`. Calls
 * are stored a few seconds later, the last ones of each application, and only those that can be put down to one.
 */
export async function findRefusedCall(requestId: string): Promise<RefusedCall | undefined> {
  const row = await database().refusedCall.findFirst({
    where: { requestId, application: { deletedAt: null } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    select: {
      at: true,
      kind: true,
      reason: true,
      isProven: true,
      ip: true,
      application: { select: { id: true, name: true } },
    },
  });
  const kind = CALL_KINDS.find((known) => known === row?.kind);
  return row === null || kind === undefined ? undefined : { ...row, kind };
}
