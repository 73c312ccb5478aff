import "server-only";

import { HOUR_MS } from "@/lib/time";
import { type CallKind, OK } from "./usage.types";

/** One call of an application, as the request that answers it tells of it. */
export type CountedCall = {
  kind: CallKind;
  /** `ok`, or the reason code of the refusal. Never anything that the caller sent. */
  outcome: string;
  clientId: string;
  /** Whether the caller had a secret, a key or a token of ours. If not, `clientId` is only what it called itself. */
  isProven: boolean;
  credentialId?: string | undefined;
  personId?: string | undefined;
  at: Date;
  ip: string;
  requestId: string;
};

/** Calls of one hour that have everything in common. */
export type CallCount = {
  hour: Date;
  clientId: string;
  credentialId: string;
  personId: string;
  kind: CallKind;
  outcome: string;
  count: number;
  lastAt: Date;
};

export type RefusalSample = Pick<CountedCall, "clientId" | "kind" | "isProven" | "at" | "ip" | "requestId"> & {
  reason: string;
  personId: string | null;
};

export type UsageBatch = {
  counts: readonly CallCount[];
  refusals: readonly RefusalSample[];
  /** Calls that found no place and are lost. */
  lost: number;
};

export type UsageCollector = {
  add(call: CountedCall): void;
  /** Takes everything out. */
  take(): UsageBatch;
  /** Puts back what could not be stored: its counts are added to what came in since. */
  putBack(batch: UsageBatch): void;
  isEmpty(): boolean;
};

export type UsageLimits = {
  /** Counts kept apart. Beyond it calls are counted without their person. */
  counts: number;
  /** Names that callers gave themselves and have not proved. Beyond it their calls are not counted. */
  unprovenClients: number;
  /** Samples of one application, by what it has proved. */
  provenRefusals: number;
  unprovenRefusals: number;
  /** Samples of all applications. */
  refusals: number;
};

export const USAGE_LIMITS: UsageLimits = {
  counts: 5_000,
  unprovenClients: 100,
  provenRefusals: 20,
  unprovenRefusals: 2,
  refusals: 400,
};

/** Stands for "no credential" and "no person": a part of a primary key cannot be empty. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

/** A claimed name must fit the column and hold nothing that the database refuses, or it would hold up everything else. */
const CLIENT_ID = /^[\x21-\x7e]{1,64}$/;

/**
 * Adds up calls in memory until they are stored. It is bounded whatever callers do: with many people the person is
 * dropped from the count before the call is, refusals are sampled, and names that nobody has proved get little room.
 */
export function createUsageCollector(limits: UsageLimits = USAGE_LIMITS): UsageCollector {
  let counts = new Map<string, CallCount>();
  let refusals = new Map<string, RefusalSample[]>();
  let unproven = new Set<string>();
  let samples = 0;
  let lost = 0;

  function count(entry: CallCount): void {
    if (merge(entry, limits.counts)) return;
    // Half as much again for the coarse counts, which are few: one for each application, credential and outcome.
    if (!merge({ ...entry, personId: NOBODY }, limits.counts * 1.5)) lost += entry.count;
  }

  function merge(entry: CallCount, room: number): boolean {
    const key = keyOf(entry);
    const known = counts.get(key);
    if (known === undefined) {
      if (counts.size >= room) return false;
      counts.set(key, { ...entry });
      return true;
    }
    known.count += entry.count;
    if (entry.lastAt > known.lastAt) known.lastAt = entry.lastAt;
    return true;
  }

  function sample(refusal: RefusalSample): void {
    const key = `${refusal.isProven} ${refusal.clientId}`;
    const kept = refusals.get(key) ?? [];
    const room = refusal.isProven ? limits.provenRefusals : limits.unprovenRefusals;
    if (kept.length >= room) {
      // The newest say most about what is wrong now.
      kept.shift();
      samples -= 1;
    }
    if (samples >= limits.refusals) return;
    kept.push(refusal);
    refusals.set(key, kept);
    samples += 1;
  }

  function hasRoomForUnproven(clientId: string): boolean {
    if (!CLIENT_ID.test(clientId)) return false;
    if (unproven.has(clientId)) return true;
    if (unproven.size >= limits.unprovenClients) return false;
    unproven.add(clientId);
    return true;
  }

  return {
    add(call) {
      if (!call.isProven && !hasRoomForUnproven(call.clientId)) return;
      const { kind, outcome, clientId, credentialId = NOBODY, personId = NOBODY, at: lastAt } = call;
      const hour = new Date(Math.floor(lastAt.getTime() / HOUR_MS) * HOUR_MS);
      count({ hour, clientId, credentialId, personId, kind, outcome, count: 1, lastAt });
      if (outcome === OK) return;
      const { isProven, at, ip, requestId } = call;
      sample({ clientId, kind, reason: outcome, isProven, personId: call.personId ?? null, at, ip, requestId });
    },
    take() {
      const batch = { counts: [...counts.values()], refusals: [...refusals.values()].flat(), lost };
      counts = new Map();
      refusals = new Map();
      unproven = new Set();
      samples = 0;
      lost = 0;
      return batch;
    },
    putBack(batch) {
      const newer = this.take();
      lost = batch.lost + newer.lost;
      for (const entry of [...batch.counts, ...newer.counts]) count(entry);
      for (const refusal of [...batch.refusals, ...newer.refusals]) sample(refusal);
    },
    isEmpty: () => counts.size === 0 && lost === 0,
  };
}

function keyOf({ hour, clientId, credentialId, personId, kind, outcome }: CallCount): string {
  return `${hour.getTime()} ${credentialId} ${personId} ${kind} ${outcome} ${clientId}`;
}
