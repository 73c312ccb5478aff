import "server-only";

import type { Config } from "@/lib/env/config";
import { redisAddress } from "@/lib/env/services/redis-address";
import { setSharedCounts } from "@/lib/http/counters/shared-counts";
import { log } from "@/lib/observability/logger";
import { setGauge } from "@/lib/observability/metrics/metrics";
import { connectRedis } from "./redis-connection";

/**
 * Lets all limits that are made from now on be counted together with other processes, where `REDIS_URL` says so. Does
 * not fail when Redis is away: the limits then count in this process, and are shared once it is there.
 */
export async function openSharedLimits(
  { redisUrl, authSecret, publicUrl }: Pick<Config, "redisUrl" | "authSecret" | "publicUrl">,
  options: Partial<Parameters<typeof connectRedis>[1]> = {},
): Promise<{ close(): Promise<void> }> {
  if (redisUrl === undefined) return { close: async () => {} };
  const connection = await connectRedis(redisAddress(redisUrl), {
    installation: { secret: authSecret, name: publicUrl },
    onLost(err) {
      setGauge("vestibule_rate_limits_shared", 0);
      log.warn({ event: "limits_not_shared", err }, "Redis does not answer: limits count in this process alone");
    },
    onRegained() {
      setGauge("vestibule_rate_limits_shared", 1);
      log.info({ event: "limits_shared" }, "Redis answers: limits are shared");
    },
    ...options,
  });
  setGauge("vestibule_rate_limits_shared", 1);
  await connection.tried;
  setSharedCounts(connection);
  return {
    async close() {
      setSharedCounts(undefined);
      await connection.close();
    },
  };
}
