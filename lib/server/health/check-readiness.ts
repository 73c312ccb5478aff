import "server-only";

import { statfs } from "node:fs/promises";
import { database } from "@/lib/db/client";
import { readAppliedMigrations } from "@/lib/db/migrations";
import { findWriteObstacle, type WriteObstacle } from "@/lib/db/write-obstacle";
import { log } from "@/lib/observability/logger";
import { setGauge } from "@/lib/observability/metrics/metrics";
import type { Clock } from "@/lib/time";

/** Why this process cannot do its work now. docs/operations.md says what to do about each. */
export type ReadinessObstacle =
  | "database_away"
  | WriteObstacle
  | "migrations_missing"
  | "clock_off"
  | "no_signing_key"
  | "disk_full";

export type ReadinessParts = {
  now: Clock;
  /** The migrations without which this version cannot work. Further ones may be there: of a newer version. */
  migrations: readonly string[];
  /** Rejects when no token can be signed. */
  trySigning(): Promise<unknown>;
  /** Where this process writes files of its own; undefined when it writes none. */
  dataDirectory: string | undefined;
  /** For tests: bytes that can still be written in a directory. */
  freeBytes?: (directory: string) => Promise<number>;
};

const LIMIT_MS = 2_000;
/** What instances may differ by; what is revoked allows for as much (docs/operations.md). */
const CLOCK_TOLERANCE_MS = 5_000;
/** PostgreSQL writes its journal in files of 16 MiB, and makes the next one before it needs it. */
const FREE_BYTES_MIN = 64 * 1024 * 1024;

/**
 * Tells what keeps this process from doing its work now, or undefined when nothing does: the database answers within
 * 2 s, takes what is written, has the migrations and the same time; a key can sign; there is room in the data directory.
 * What it finds goes to the log. Never throws.
 */
export async function checkReadiness(parts: ReadinessParts): Promise<ReadinessObstacle | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const found: { obstacle?: ReadinessObstacle | undefined; err?: unknown } = {};
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("The database did not answer in time.")), LIMIT_MS);
    });
    found.obstacle = await Promise.race([findObstacle(parts), late]);
  } catch (err) {
    found.obstacle = "database_away";
    found.err = err;
  } finally {
    clearTimeout(timer);
  }
  const { obstacle, err } = found;
  setGauge("vestibule_ready", obstacle === undefined ? 1 : 0);
  if (obstacle !== undefined)
    log.warn({ event: "not_ready", detail: obstacle, ...(err === undefined ? {} : { err }) }, "not ready");
  return obstacle;
}

async function findObstacle(parts: ReadinessParts): Promise<ReadinessObstacle | undefined> {
  return (
    (await findWriteObstacle(database())) ??
    (await lacksMigrations(parts)) ??
    (await isClockOff(parts)) ??
    (await cannotSign(parts)) ??
    (await isDiskFull(parts))
  );
}

async function lacksMigrations({ migrations }: ReadinessParts): Promise<ReadinessObstacle | undefined> {
  const applied = new Set(await readAppliedMigrations((sql) => database().$queryRawUnsafe(sql)));
  return migrations.every((name) => applied.has(name)) ? undefined : "migrations_missing";
}

/** However long the answer took, its time is between the moments before and after. */
async function isClockOff({ now }: ReadinessParts): Promise<ReadinessObstacle | undefined> {
  const before = now().getTime();
  const [there] = await database().$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const after = now().getTime();
  const at = there?.now.getTime() ?? Number.NaN;
  return at >= before - CLOCK_TOLERANCE_MS && at <= after + CLOCK_TOLERANCE_MS ? undefined : "clock_off";
}

async function cannotSign({ trySigning }: ReadinessParts): Promise<ReadinessObstacle | undefined> {
  return trySigning().then(
    () => undefined,
    (err: unknown) => {
      log.error({ event: "signing_keys_unreadable", err }, "No token can be signed");
      return "no_signing_key";
    },
  );
}

async function isDiskFull({ dataDirectory, freeBytes = readFreeBytes }: ReadinessParts) {
  if (dataDirectory === undefined) return undefined;
  // In one that is gone nothing can be written either.
  return (await freeBytes(dataDirectory).catch(() => 0)) >= FREE_BYTES_MIN ? undefined : "disk_full";
}

/** What an account without privileges may still use. */
async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
