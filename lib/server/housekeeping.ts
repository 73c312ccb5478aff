import "server-only";

import { countExpiredActivity, maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { EXPIRED_PICK_UP_LINKS } from "@/lib/applications/pick-up/expired-pick-up-links";
import { purgeDeletedApplications } from "@/lib/applications/purge-deleted-applications";
import { extendAuditChain } from "@/lib/audit/chain/extend-audit-chain";
import { countExpired, type DueRows, deleteExpired, type ExpiredRows } from "@/lib/db/retention/expired-rows";
import type { Config } from "@/lib/env/config";
import { EXPIRED_ASSERTIONS } from "@/lib/machine/client/assertion-register";
import { EXPIRED_IDEMPOTENCY_KEYS } from "@/lib/machine/external/idempotency";
import { log } from "@/lib/observability/logger";
import { addToCounter, incrementCounter, setGauge } from "@/lib/observability/metrics/metrics";
import { purgeDeletedRooms } from "@/lib/rooms/purge-deleted-rooms";
import {
  EXPIRED_ORGANISATION_SIGN_INS,
  EXPIRED_PASSKEY_CHALLENGES,
  EXPIRED_PENDING_SIGN_INS,
  EXPIRED_STAFF_LINKS,
  EXPIRED_STAFF_SESSIONS,
} from "@/lib/staff/expired-sign-in-rows";
import { type Clock, DAY_MS, MINUTE_MS } from "@/lib/time";
import { EXPIRED_REVOCATIONS } from "@/lib/tokens/revoked-tokens";
import { countActivity } from "@/lib/usage/count-activity";
import { EXPIRED_USAGE } from "@/lib/usage/expired-usage";

/** A job that keeps tables from growing without an end. It deletes a slice, or all there is, and says how much that was. */
type Purge = {
  tables: readonly string[];
  run(now: Date, config: Config): Promise<number>;
  /** Says what would go, and changes nothing. Rows that only go along with others are not counted. */
  due(now: Date, config: Config): Promise<DueRows[]>;
  /** What goes by its time alone. */
  expired?: readonly ExpiredRows[];
};

function byTime(...expired: readonly ExpiredRows[]) {
  return {
    tables: expired.map(({ table }) => table),
    expired,
    async run(now: Date) {
      let deleted = 0;
      for (const rows of expired) deleted += await deleteExpired(rows, now);
      return deleted;
    },
    due: (now: Date) => Promise.all(expired.map((rows) => countExpired(rows, now))),
  };
}

/** Every table that gets rows from traffic, and the job that deletes them. docs/operations.md says when. */
export const PURGES = {
  staff_sessions: byTime(EXPIRED_STAFF_SESSIONS),
  staff_links: byTime(EXPIRED_STAFF_LINKS),
  pick_up_links: byTime(EXPIRED_PICK_UP_LINKS),
  organisation_sign_ins: byTime(EXPIRED_ORGANISATION_SIGN_INS),
  pending_sign_ins: byTime(EXPIRED_PENDING_SIGN_INS),
  passkey_challenges: byTime(EXPIRED_PASSKEY_CHALLENGES),
  assertions: byTime(EXPIRED_ASSERTIONS),
  revoked_tokens: byTime(EXPIRED_REVOCATIONS),
  idempotency_keys: byTime(EXPIRED_IDEMPOTENCY_KEYS),
  activity: {
    tables: ["activity"],
    run: (now, { activityRetentionDays: retentionDays }) => maintainPartitions({ now, retentionDays }),
    due: async (now, { activityRetentionDays: retentionDays }) => [await countExpiredActivity({ now, retentionDays })],
  },
  usage: byTime(...EXPIRED_USAGE),
  deleted_rooms: {
    tables: ["rooms", "room_accesses", "room_attendees"],
    run: (now, { roomRetentionDays }) => purgeDeletedRooms(now, roomRetentionDays),
    due: async (now, { roomRetentionDays }) => [
      await countExpired({ table: "rooms", column: "deleted_at", keptMs: roomRetentionDays * DAY_MS }, now),
    ],
  },
  deleted_applications: {
    tables: [
      "applications",
      "application_secrets",
      "application_keys",
      "application_domains",
      "application_person_rules",
    ],
    run: () => purgeDeletedApplications(),
    due: async (now) => [await countExpired({ table: "applications", column: "deleted_at", keptMs: 0 }, now)],
  },
} as const satisfies Record<string, Purge>;

/** Everything that is done once a minute. */
const JOBS = {
  ...PURGES,
  usage_counts: {
    /** Once an hour, or twice, rows are looked for that came late. */
    run: async (now: Date) => {
      await countActivity(now, { isWide: now.getUTCMinutes() < 2 });
      return 0;
    },
  },
  audit_chain: {
    run: async (now: Date) => {
      await extendAuditChain(now);
      return 0;
    },
  },
};

/** Of one job in one round; what is left then waits for the next. */
const SLICES_AT_ONCE = 50;

/**
 * Starts to run every purge, the counting of calls and the chain of the audit log, once a minute, whether there is traffic or not; several instances may. `close` stops it and
 * resolves when none is under way.
 */
export function startHousekeeping(
  config: Config,
  {
    now = () => new Date(),
    purges = JOBS,
  }: { now?: Clock; purges?: Readonly<Record<string, Pick<Purge, "run">>> } = {},
): { close(): Promise<void> } {
  let isClosed = false;
  let round: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    // A round that takes longer than a minute is not joined by another.
    round ??= runPurges(purges, { config, now, isStopped: () => isClosed }).finally(() => {
      round = undefined;
    });
  }, MINUTE_MS);
  timer.unref();
  return {
    async close() {
      isClosed = true;
      clearInterval(timer);
      await round;
    },
  };
}

/**
 * Runs each purge until nothing is left for it, or `slicesMax` slices are done, one after the other. One that fails holds up
 * none of the others. Returns how much each has deleted; undefined for one that failed.
 */
export async function runPurges(
  purges: Readonly<Record<string, Pick<Purge, "run">>>,
  {
    config,
    now,
    isStopped = () => false,
    slicesMax = SLICES_AT_ONCE,
  }: { config: Config; now: Clock; isStopped?: () => boolean; slicesMax?: number },
): Promise<Map<string, number | undefined>> {
  const done = new Map<string, number | undefined>();
  for (const [job, { run }] of Object.entries(purges)) {
    try {
      let sum = 0;
      for (let slice = 0; slice < slicesMax && !isStopped(); slice += 1) {
        const deleted = await run(now(), config);
        addToCounter("vestibule_housekeeping_deleted_total", deleted, { task: job });
        if (deleted === 0) break;
        sum += deleted;
      }
      done.set(job, sum);
      setGauge("vestibule_housekeeping_success_timestamp_seconds", now().getTime() / 1_000, { task: job });
    } catch (err) {
      done.set(job, undefined);
      incrementCounter("vestibule_housekeeping_failed_total", { task: job });
      log.error({ event: "purge_failed", job, err }, "A job of the housekeeping failed");
    }
  }
  return done;
}
