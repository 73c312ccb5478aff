import "server-only";

import { maintainPartitions } from "@/lib/activity/partitions/maintain-partitions";
import { purgePickUpLinks } from "@/lib/applications/pick-up/purge-pick-up-links";
import { purgeDeletedApplications } from "@/lib/applications/purge-deleted-applications";
import { extendAuditChain } from "@/lib/audit/chain/extend-audit-chain";
import type { Config } from "@/lib/env/config";
import { purgeExpiredAssertions } from "@/lib/machine/client/assertion-register";
import { purgeIdempotencyKeys } from "@/lib/machine/external/idempotency";
import { log } from "@/lib/observability/logger";
import { addToCounter, incrementCounter, setGauge } from "@/lib/observability/metrics/metrics";
import { purgeDeletedRooms } from "@/lib/rooms/purge-deleted-rooms";
import {
  purgeOrganisationSignIns,
  purgePasskeyChallenges,
  purgePendingSignIns,
  purgeStaffLinks,
  purgeStaffSessions,
} from "@/lib/staff/purge-sign-in-rows";
import { type Clock, MINUTE_MS } from "@/lib/time";
import { purgeRevokedTokens } from "@/lib/tokens/revoked-tokens";
import { countActivity } from "@/lib/usage/count-activity";
import { purgeUsage } from "@/lib/usage/purge-usage";

/** A job that keeps tables from growing without an end. It deletes a slice, or all there is, and says how much that was. */
type Purge = { tables: readonly string[]; run(now: Date, config: Config): Promise<number> };

/** Every table that gets rows from traffic, and the job that deletes them. docs/operations.md says when. */
export const PURGES = {
  staff_sessions: { tables: ["staff_sessions"], run: purgeStaffSessions },
  staff_links: { tables: ["staff_links"], run: purgeStaffLinks },
  pick_up_links: { tables: ["pick_up_links"], run: purgePickUpLinks },
  organisation_sign_ins: { tables: ["organisation_sign_ins"], run: purgeOrganisationSignIns },
  pending_sign_ins: { tables: ["pending_sign_ins"], run: purgePendingSignIns },
  passkey_challenges: { tables: ["passkey_challenges"], run: purgePasskeyChallenges },
  assertions: { tables: ["assertion_jtis"], run: purgeExpiredAssertions },
  revoked_tokens: { tables: ["revoked_tokens"], run: purgeRevokedTokens },
  idempotency_keys: { tables: ["idempotency_keys"], run: purgeIdempotencyKeys },
  activity: {
    tables: ["activity"],
    run: (now, { activityRetentionDays: retentionDays }) => maintainPartitions({ now, retentionDays }),
  },
  usage: { tables: ["usage_hourly", "usage_daily"], run: purgeUsage },
  deleted_rooms: {
    tables: ["rooms", "room_accesses", "room_attendees"],
    run: (now, { roomRetentionDays }) => purgeDeletedRooms(now, roomRetentionDays),
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
  let round: Promise<void> | undefined;
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

/** Runs each purge until nothing is left for it, one after the other. One that fails holds up none of the others. */
export async function runPurges(
  purges: Readonly<Record<string, Pick<Purge, "run">>>,
  { config, now, isStopped = () => false }: { config: Config; now: Clock; isStopped?: () => boolean },
): Promise<void> {
  for (const [job, { run }] of Object.entries(purges)) {
    try {
      for (let slice = 0; slice < SLICES_AT_ONCE && !isStopped(); slice += 1) {
        const deleted = await run(now(), config);
        addToCounter("vestibule_housekeeping_deleted_total", deleted, { task: job });
        if (deleted === 0) break;
      }
      setGauge("vestibule_housekeeping_success_timestamp_seconds", now().getTime() / 1_000, { task: job });
    } catch (err) {
      incrementCounter("vestibule_housekeeping_failed_total", { task: job });
      log.error({ event: "purge_failed", job, err }, "A job of the housekeeping failed");
    }
  }
}
