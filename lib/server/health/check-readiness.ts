import "server-only";

import { database } from "@/lib/db/client";
import { findWriteObstacle } from "@/lib/db/write-obstacle";
import { log } from "@/lib/observability/logger";

const LIMIT_MS = 2_000;

/**
 * Tells whether this process can do its work now: the database answers within 2 s, and would take what is written. Never
 * throws.
 */
export async function checkReadiness(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("The database did not answer in time.")), LIMIT_MS);
    });
    const obstacle = await Promise.race([findWriteObstacle(database()), late]);
    if (obstacle === undefined) return true;
    log.warn({ event: "not_ready", detail: obstacle }, "not ready");
    return false;
  } catch (err) {
    log.warn({ event: "not_ready", err }, "not ready");
    return false;
  } finally {
    clearTimeout(timer);
  }
}
