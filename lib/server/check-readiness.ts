import "server-only";

import { database } from "@/lib/db/client";
import { log } from "@/lib/observability/logger";

const LIMIT_MS = 2_000;

/** Tells whether this process can do its work now: the database answers a query within 2 s. Never throws. */
export async function checkReadiness(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("The database did not answer in time.")), LIMIT_MS);
    });
    await Promise.race([database().$queryRaw`SELECT 1`, late]);
    return true;
  } catch (err) {
    log.warn({ event: "not_ready", err }, "not ready");
    return false;
  } finally {
    clearTimeout(timer);
  }
}
