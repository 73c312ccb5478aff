import "server-only";

import type { UsesByAddress } from "@/lib/activity/log/list-secret-uses-by-address";

/** One address that used the old secret, the new one, or both. */
type Caller = {
  address: string | null;
  oldRequests: number;
  newRequests: number;
  hasMoved: boolean;
};

export type RotationProgress = {
  /** Those that have not moved first, then the busiest. */
  callers: Caller[];
  moved: number;
  /** Whether nothing that is known speaks for keeping the old one. */
  haveAllMoved: boolean;
  lookedUntil: Date | null;
};

/**
 * Works out how far a rotation is. An address has moved when its last request was one of the new secret. Behind an
 * address that is not known there may be anybody: there, any use of the old one counts. As long as not all of the time
 * was looked at, nobody can say that all have moved.
 */
export function toRotationProgress(
  { uses, lookedUntil }: UsesByAddress,
  { oldId, newId }: { oldId: string; newId: string },
): RotationProgress {
  const ofSecret = (id: string) =>
    new Map(uses.filter(({ secretId }) => secretId === id).map((use) => [use.address, use]));
  const [oldUses, newUses] = [ofSecret(oldId), ofSecret(newId)];
  const callers = [...new Set([...oldUses.keys(), ...newUses.keys()])].map((address): Caller => {
    const [before, after] = [oldUses.get(address), newUses.get(address)];
    const isLater = after !== undefined && before !== undefined && address !== null && after.lastAt > before.lastAt;
    return {
      address,
      oldRequests: before?.requests ?? 0,
      newRequests: after?.requests ?? 0,
      hasMoved: before === undefined || isLater,
    };
  });
  const requestsOf = ({ oldRequests, newRequests }: Caller) => oldRequests + newRequests;
  callers.sort((one, other) => Number(one.hasMoved) - Number(other.hasMoved) || requestsOf(other) - requestsOf(one));
  const moved = callers.filter(({ hasMoved }) => hasMoved).length;
  const haveAllMoved = callers.length > 0 && moved === callers.length && lookedUntil === null;
  return { callers, moved, haveAllMoved, lookedUntil };
}
